package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Node;
import dev.cajal.compile.schedule.Operand;
import dev.cajal.compile.schedule.Schedule;
import dev.cajal.compile.schedule.Step;
import dev.cajal.compile.schedule.Task;
import dev.cajal.compile.schedule.View;
import dev.cajal.tensor.Body;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the kernels of a loop's body once a step. Sequences are read and results written where they
 * are: their places move on from step to step. A carry is a leaf of the body that is updated.
 */
final class ScanKernel implements Kernel {
  /** From so many steps on it pays to prepare what stays the same. */
  private static final int MANY = 4;

  private final Frame outside;
  private final Frame inside;
  private final Sequence kernels;
  private final int steps;
  private final boolean forward;
  private final Carry[] carries;
  private final Given[] given;
  private final Taken[] taken;

  /** Stacks that are the same as others. */
  private final Node[][] same;

  /** A carry: its memory, what it starts as, and where its last value goes. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Carry(Object memory, ViewCopy start, Node[] ends) {}

  /** What is read from outside, and how far it moves in a step. */
  private record Given(Spot inside, Spot from, int offset, int stride) {}

  /** What is written outside, and how far it moves in a step. */
  private record Taken(Spot inside, Spot to, int stride) {}

  ScanKernel(Step.Called step, Frame frame, Engine engine) {
    this.outside = frame;
    Body body = ((Op.Scan) ((Task.Call) step.node().task()).op()).body();
    this.steps = (int) body.steps().number();
    this.forward = body.direction() == Body.Direction.FORWARD;
    List<Node> stacks =
        step.results().stream().filter(node -> read(node) instanceof Op.Each).toList();
    List<Tensor> each = stacks.stream().map(node -> ((Op.Each) read(node)).inner()).toList();
    Map<Tensor, Tensor> updates = new LinkedHashMap<>();
    for (int i = 0; i < body.carries().size(); i++) {
      updates.put(body.carries().get(i), body.next().get(i));
    }
    Schedule schedule = Schedule.of(each, updates, views(body, step.node().operands()));
    this.inside = new Frame(schedule, frame.scratch());
    this.carries = carries(body, schedule, step);
    this.given = given(body, schedule, step.node().operands());
    Map<Node, Taken> written = new LinkedHashMap<>();
    Map<Node, Node> firsts = new LinkedHashMap<>();
    var copied = new ArrayList<Node[]>();
    for (int i = 0; i < stacks.size(); i++) {
      Node node = schedule.outputs().get(i);
      Node stack = stacks.get(i);
      var mine = new Taken(inside.spot(node), outside.spot(stack), node.elements());
      written.putIfAbsent(node, mine);
      Node first = firsts.putIfAbsent(node, stack);
      if (first != null) {
        copied.add(new Node[] {first, stack});
      }
    }
    this.taken = written.values().toArray(Taken[]::new);
    this.same = copied.toArray(Node[][]::new);
    this.kernels = Sequence.of(schedule, inside, engine);
  }

  private static Op read(Node result) {
    return ((Task.Result) result.task()).read();
  }

  /** How the body sees what it is given. */
  private static Map<Tensor, View> views(Body body, List<Operand> operands) {
    Map<Tensor, View> views = new LinkedHashMap<>();
    int first = body.carries().size();
    int last = first + body.sequences().size();
    for (int i = 0; i < operands.size(); i++) {
      View view = operands.get(i).view();
      View seen = i < first ? View.whole(view.sizes()) : i < last ? step(view) : view.at(0);
      views.put(body.placeholders().get(i), seen);
    }
    return views;
  }

  private Carry[] carries(Body body, Schedule schedule, Step.Called step) {
    var all = new ArrayList<Carry>();
    for (int i = 0; i < body.carries().size(); i++) {
      int carry = i;
      Node leaf = leaf(schedule, body.carries().get(i));
      Operand from = step.node().operands().get(i);
      Object memory = Frame.allocate(leaf.dtype(), leaf.elements());
      inside.set(leaf, memory, 0);
      Node[] ends =
          step.results().stream()
              .filter(node -> read(node) instanceof Op.Last(var its) && its == carry)
              .toArray(Node[]::new);
      all.add(
          new Carry(memory, new ViewCopy(outside, from, View.whole(from.view().sizes())), ends));
    }
    return all.toArray(Carry[]::new);
  }

  private Given[] given(Body body, Schedule schedule, List<Operand> operands) {
    var all = new ArrayList<Given>();
    int first = body.carries().size();
    int last = first + body.sequences().size();
    for (int i = first; i < operands.size(); i++) {
      Operand from = operands.get(i);
      int stride = i < last ? from.view().strides().getFirst() : 0;
      Node leaf = leaf(schedule, body.placeholders().get(i));
      if (stride == 0 && steps >= MANY) {
        inside.fix(leaf);
      }
      int offset = from.view().offset();
      all.add(new Given(inside.spot(leaf), outside.spot(from.node()), offset, stride));
    }
    return all.toArray(Given[]::new);
  }

  private static Node leaf(Schedule schedule, Tensor placeholder) {
    return schedule.given().stream()
        .filter(node -> ((Task.Given) node.task()).leaf().equals(placeholder))
        .findFirst()
        .orElseThrow();
  }

  /** One step of a sequence, wherever it begins. */
  private static View step(View sequence) {
    int rank = sequence.sizes().size();
    return new View(0, sequence.sizes().subList(1, rank), sequence.strides().subList(1, rank));
  }

  @Override
  public Optional<Kernel.Repeated> body() {
    return Optional.of(new Kernel.Repeated(kernels, steps));
  }

  @Override
  public void measure(boolean on) {
    kernels.measure(on);
  }

  @Override
  public void run() {
    inside.seed(outside.seed());
    for (Carry carry : carries) {
      carry.start.run(carry.memory, 0);
    }
    for (int done = 0; done < steps; done++) {
      int t = forward ? done : steps - 1 - done;
      for (Given its : given) {
        its.inside.set(its.from.array(), its.from.start() + its.offset + t * its.stride);
      }
      for (Taken its : taken) {
        its.inside.set(its.to.array(), its.to.start() + t * its.stride);
      }
      if (done == 0) {
        kernels.begin();
      }
      kernels.run();
    }
    for (Carry carry : carries) {
      for (Node end : carry.ends) {
        System.arraycopy(carry.memory, 0, outside.array(end), outside.start(end), end.elements());
      }
    }
    for (Node[] pair : same) {
      System.arraycopy(
          outside.array(pair[0]),
          outside.start(pair[0]),
          outside.array(pair[1]),
          outside.start(pair[1]),
          pair[0].elements());
    }
  }
}
