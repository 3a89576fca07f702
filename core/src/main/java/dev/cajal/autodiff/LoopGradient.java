package dev.cajal.autodiff;

import dev.cajal.tensor.Body;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Recurrence;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Back-propagation through time: the gradient of a loop is a loop in the opposite direction.
 *
 * <p>Its step is the gradient of the forward step. It carries the gradient of the carries, and for
 * each captured tensor the sum of what has flowed to it so far. Its sequences are the gradients of
 * the values that were read from the forward loop, and those values of the forward steps that the
 * derivatives need, which the forward loop keeps by {@link Op.Each}: nothing is computed twice.
 */
final class LoopGradient {
  private final Tensor loop;
  private final Body body;
  private final Map<Op, Tensor> gathered;

  /** The placeholders of the forward step that take a gradient. */
  private final List<Tensor> carries;

  private final List<Tensor> sequences;
  private final List<Tensor> captured;

  /**
   * Stand-ins for the gradients that come into a step: of its carries from the step after it, and
   * of what is read.
   */
  private final Map<Tensor, Tensor> incoming = new LinkedHashMap<>();

  private final Map<Tensor, Tensor> reading = new LinkedHashMap<>();

  private LoopGradient(Tensor loop, Body body, Map<Op, Tensor> gathered, Set<Tensor> active) {
    this.loop = loop;
    this.body = body;
    this.gathered = gathered;
    // A carry may take a gradient from what is captured even if its beginning doesn't.
    this.carries = body.carries().stream().filter(carry -> carry.dtype().isFloat()).toList();
    this.sequences = active(body.sequences(), body.carries().size(), active);
    this.captured =
        active(body.captured(), body.carries().size() + body.sequences().size(), active);
    carries.forEach(carry -> incoming.put(carry, standIn(carry, "carry")));
    for (Op op : gathered.keySet()) {
      if (op instanceof Op.Each(var inner)) {
        reading.put(inner, standIn(inner, "output"));
      }
    }
  }

  /**
   * What flows to the inputs of a loop.
   *
   * @param gathered the gradients of what is read from the loop, by the operation that reads it
   * @param active the tensors whose gradient matters
   */
  static List<Tensor> of(Tensor loop, Body body, Map<Op, Tensor> gathered, Set<Tensor> active) {
    return new LoopGradient(loop, body, gathered, active).flows();
  }

  private List<Tensor> active(List<Tensor> placeholders, int from, Set<Tensor> active) {
    var some = new ArrayList<Tensor>();
    for (int i = 0; i < placeholders.size(); i++) {
      if (active.contains(loop.inputs().get(from + i)) && placeholders.get(i).dtype().isFloat()) {
        some.add(placeholders.get(i));
      }
    }
    return some;
  }

  private static Tensor standIn(Tensor value, String otherwise) {
    return Tensor.of(
        new Op.Input("∂" + value.name().orElse(otherwise), value.shape(), value.dtype()));
  }

  private List<Tensor> flows() {
    var ends = new LinkedHashSet<>(body.next());
    ends.addAll(reading.keySet());
    Graph forward = Graph.of(ends);
    List<Tensor> wanted = Stream.of(carries, captured, sequences).flatMap(List::stream).toList();
    List<Tensor> gradients = stepGradients(forward, wanted);
    Recurrence.Result result = backward(gradients, kept(forward, gradients));

    Map<Tensor, Tensor> flows = new HashMap<>();
    put(flows, Stream.concat(carries.stream(), captured.stream()).toList(), result.last());
    put(flows, sequences, result.outputs());
    return body.placeholders().stream()
        .map(placeholder -> flows.getOrDefault(placeholder, Derivatives.NOTHING))
        .toList();
  }

  /** The gradients of one step, over the nodes of the forward step and the stand-ins. */
  private List<Tensor> stepGradients(Graph forward, List<Tensor> wanted) {
    var back = new Backward(forward, wanted);
    for (int i = 0; i < body.next().size(); i++) {
      Tensor standIn = incoming.get(body.carries().get(i));
      if (standIn != null) {
        back.seed(body.next().get(i), standIn);
      }
    }
    reading.forEach(back::seed);
    back.run();
    return wanted.stream().map(back::gradient).toList();
  }

  /**
   * The values of the forward step that the gradients are computed from, each with the sequence
   * that brings it: where the walk from the gradients first meets the forward step.
   */
  private Map<Tensor, Tensor> kept(Graph forward, List<Tensor> gradients) {
    Set<Tensor> varying =
        forward.dependents(
            Stream.concat(body.carries().stream(), body.sequences().stream()).toList());
    Map<Tensor, Tensor> kept = new LinkedHashMap<>();
    for (Tensor node : Graph.of(gradients, node -> isValue(node, varying)).nodes()) {
      if (isValue(node, varying)) {
        kept.put(node, sequenceOf(node));
      }
    }
    return kept;
  }

  /**
   * Whether a node is a value of the forward step: one of its nodes, or read from a loop inside it.
   */
  private static boolean isValue(Tensor node, Set<Tensor> varying) {
    return switch (node.op()) {
      case Op.Scan _ -> false;
      case Op.Last _, Op.Each _ ->
          varying.contains(node) || varying.contains(node.inputs().getFirst());
      default -> varying.contains(node);
    };
  }

  private Tensor sequenceOf(Tensor inner) {
    int sequence = body.sequences().indexOf(inner);
    if (sequence >= 0) {
      return loop.inputs().get(body.carries().size() + sequence);
    }
    Tensor values = Tensor.of(new Op.Each(inner), loop);
    return inner.name().map(values::named).orElse(values);
  }

  /**
   * The loop that goes back: its carries are the carries' gradients and the captured tensors' sums
   * so far.
   */
  private Recurrence.Result backward(List<Tensor> gradients, Map<Tensor, Tensor> kept) {
    // Numbers are written anew inside the loop, as anything older would be brought in from outside.
    List<Tensor> constants =
        Graph.of(gradients, kept::containsKey).nodes().stream()
            .filter(node -> node.op() instanceof Op.Constant || node.op() instanceof Op.Iota)
            .toList();
    List<Tensor> initial = new ArrayList<>();
    carries.forEach(carry -> initial.add(last(carry)));
    captured.forEach(tensor -> initial.add(zeros(tensor)));
    List<Tensor> over = new ArrayList<>();
    reading.keySet().forEach(inner -> over.add(gathered.get(new Op.Each(inner))));
    over.addAll(kept.values());
    var time = new Recurrence(body.steps(), over, body.direction().opposite(), Optional.empty());
    return time.run(
        initial,
        (before, slices) -> {
          Map<Tensor, Tensor> now = outside();
          constants.forEach(constant -> now.put(constant, Tensor.of(constant.op())));
          put(now, incoming.values(), before);
          put(now, reading.values(), slices);
          put(now, kept.keySet(), slices.subList(reading.size(), slices.size()));
          List<Tensor> step = Graph.replace(gradients, now);
          List<Tensor> after = new ArrayList<>(step.subList(0, carries.size()));
          for (int i = carries.size(); i < before.size(); i++) {
            after.add(before.get(i).plus(step.get(i)));
          }
          return new Recurrence.Step(after, step.subList(before.size(), step.size()));
        });
  }

  /** The gradient of a carry after the last step. */
  private Tensor last(Tensor carry) {
    Tensor g = gathered.getOrDefault(new Op.Last(body.carries().indexOf(carry)), zeros(carry));
    return g.named("∂" + carry.name().orElse("carry"));
  }

  private static Tensor zeros(Tensor like) {
    return Tensor.full(like.shape(), like.dtype(), 0).named("∂" + like.name().orElse("captured"));
  }

  /** The captured tensors as the backward step sees them: those outside. */
  private Map<Tensor, Tensor> outside() {
    Map<Tensor, Tensor> outside = new HashMap<>();
    int from = body.carries().size() + body.sequences().size();
    put(outside, body.captured(), loop.inputs().subList(from, loop.inputs().size()));
    return outside;
  }

  private static void put(Map<Tensor, Tensor> map, Iterable<Tensor> keys, List<Tensor> values) {
    int i = 0;
    for (Tensor key : keys) {
      map.put(key, values.get(i++));
    }
  }
}
