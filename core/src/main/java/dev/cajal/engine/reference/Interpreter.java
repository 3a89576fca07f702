package dev.cajal.engine.reference;

import static java.util.Objects.requireNonNull;

import dev.cajal.random.RandomStream;
import dev.cajal.tensor.Body;
import dev.cajal.tensor.Distribution;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Computes the nodes of a graph one after the other and keeps the value of each. */
final class Interpreter {

  /** What is the same for the graph and for the bodies of its loops. */
  record Run(Map<String, Long> sizes, long seed, boolean training, boolean keepsSteps) {}

  /**
   * What a loop leaves behind: its carries, what is read from it, and if wanted all of each step.
   */
  record Loop(List<Block> last, Map<Tensor, Block> each, List<Interpreter> steps) {}

  private final Run run;
  private final Map<Tensor, Block> values = new HashMap<>();
  private final Map<Tensor, Loop> loops = new HashMap<>();

  Interpreter(Run run) {
    this.run = run;
  }

  Map<Tensor, Block> values() {
    return values;
  }

  Map<Tensor, Loop> loops() {
    return loops;
  }

  void give(Tensor node, Block value) {
    values.put(node, value);
  }

  /** Computes what the outputs need and doesn't have a value. */
  void compute(Graph graph) {
    for (Tensor input : graph.inputs()) {
      if (!values.containsKey(input)) {
        throw new IllegalArgumentException("no value is given for the input " + input.brief());
      }
    }
    Map<Tensor, Set<Tensor>> demanded = graph.readFromLoops();
    for (Tensor node : graph.nodes()) {
      if (node.op() instanceof Op.Scan(var body)) {
        loops.put(node, loop(body, inputs(node), demanded.getOrDefault(node, Set.of())));
      } else if (!values.containsKey(node)) {
        values.put(node, compute(node));
      }
    }
  }

  private List<Block> inputs(Tensor node) {
    return node.inputs().stream().map(this::value).toList();
  }

  /** The value of a node whose turn has been. */
  private Block value(Tensor node) {
    return requireNonNull(values.get(node));
  }

  private Loop loopOf(Tensor reader) {
    return requireNonNull(loops.get(reader.inputs().getFirst()));
  }

  private int[] sizes(Tensor node) {
    return sizes(node.shape());
  }

  private int[] sizes(Shape shape) {
    Shape bound = shape.bind(run.sizes);
    if (!bound.isNumeric()) {
      throw new IllegalArgumentException(
          "no number is given for the sizes of %s: bind them with size(name, number)"
              .formatted(bound));
    }
    if (bound.elements().number() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%s has %s elements, more than an array holds".formatted(bound, bound.elements()));
    }
    return bound.numbers();
  }

  private Block compute(Tensor node) {
    node.checkWith(run.sizes);
    int[] sizes = sizes(node);
    // A loop is no value of its own: what reads from it finds it in loops.
    List<Block> in =
        node.op() instanceof Op.Last || node.op() instanceof Op.Each ? List.of() : inputs(node);
    return switch (node.op()) {
      case Op.Input _, Op.Scan _ -> throw new AssertionError(node);
      case Op.Param(var parameter) -> Block.of(parameter.array());
      case Op.Constant(var value) -> Block.of(value);
      case Op.Iota(_, var axis, _) -> Block.of(sizes, index -> index[axis]);
      case Op.Random(var distribution, _, _, var stream) -> random(distribution, stream, sizes);
      case Op.SizeOf(var size, _) -> Block.of(sizes, _ -> sizes(Shape.of(size))[0]);
      case Op.Training _ -> Block.of(sizes, _ -> run.training ? 1 : 0);

      case Op.Map1(var f) -> Elementwise.map1(f, node.dtype(), in.getFirst());
      case Op.Map2(var f) -> Elementwise.map2(f, node.dtype(), in.getFirst(), in.getLast());
      case Op.Compare(var relation) -> Elementwise.compare(relation, in.getFirst(), in.getLast());
      case Op.Select _ -> Elementwise.select(in.get(0), in.get(1), in.get(2));
      case Op.Cast(var dtype) -> Elementwise.cast(dtype, in.getFirst());

      case Op.Sum(var axes) -> Reducing.sum(node.dtype(), in.getFirst(), axes);
      case Op.Max(var axes) -> Reducing.max(node.dtype(), in.getFirst(), axes);
      case Op.ArgMax(var axis) -> Reducing.argMax(in.getFirst(), axis);

      case Op.Reshape _ -> new Block(sizes, in.getFirst().values());
      case Op.Transpose(var order) -> Moving.transpose(in.getFirst(), sizes, order);
      case Op.Expand _ -> Moving.expand(in.getFirst(), sizes);
      case Op.Slice(var axis, var start, var step, _) ->
          Moving.slice(in.getFirst(), sizes, axis, number(start), Math.toIntExact(step));
      case Op.Pad(var axis, var start, var step, _) ->
          Moving.pad(in.getFirst(), sizes, axis, number(start), Math.toIntExact(step));
      case Op.Concat(var axis) -> Moving.concat(in, sizes, axis);
      case Op.Flip(var axes) -> Moving.flip(in.getFirst(), axes);
      case Op.Gather(var axis) ->
          Moving.gather(
              "gather from " + node.inputs().getFirst().brief(),
              in.getFirst(),
              in.getLast(),
              sizes,
              axis);
      case Op.ScatterAdd(var axis, _) ->
          Moving.scatterAdd(
              "scatterAdd of " + node.inputs().getFirst().brief(),
              node.dtype(),
              in.getFirst(),
              in.getLast(),
              sizes,
              axis);

      case Op.MatMul _ -> Sliding.matmul(in.getFirst(), in.getLast(), sizes);
      case Op.Conv(var window, var groups) ->
          Sliding.conv(window, groups, in.getFirst(), in.getLast(), sizes);
      case Op.ConvTranspose(var window, var groups, _) ->
          Sliding.convTranspose(window, groups, in.getFirst(), in.getLast(), sizes);
      case Op.ConvKernel(var window, var groups) ->
          Sliding.convKernel(window, groups, in.getFirst(), in.getLast(), sizes);
      case Op.ArgMaxPool(var window) -> Sliding.argMaxPool(window, in.getFirst(), sizes);

      case Op.Last(var carry) -> loopOf(node).last.get(carry);
      case Op.Each(var inner) -> requireNonNull(loopOf(node).each.get(inner));

      case Op.StopGradient _, Op.Assign _ -> in.getFirst();
    };
  }

  private int number(Size size) {
    return sizes(Shape.of(size))[0];
  }

  private Block random(Distribution distribution, long stream, int[] sizes) {
    var numbers = new RandomStream(run.seed, stream);
    Block block = Block.zeros(sizes);
    for (int i = 0; i < block.values().length; i++) {
      block.values()[i] =
          switch (distribution) {
            case UNIFORM -> numbers.uniform(i);
            case NORMAL -> numbers.normal(i);
          };
    }
    return block;
  }

  private Loop loop(Body body, List<Block> in, Set<Tensor> demanded) {
    int steps = number(body.steps());
    int carried = body.carries().size();
    List<Block> carries = new ArrayList<>(in.subList(0, carried));
    Map<Tensor, Block> each = new LinkedHashMap<>();
    demanded.forEach(inner -> each.put(inner, Block.zeros(stacked(steps, sizes(inner)))));
    var results = new LinkedHashSet<>(body.next());
    results.addAll(demanded);
    Graph step = Graph.of(results, body.placeholders()::contains);
    var kept = new ArrayList<Interpreter>();
    for (int done = 0; done < steps; done++) {
      int t = body.direction() == Body.Direction.FORWARD ? done : steps - 1 - done;
      var inside = new Interpreter(run);
      for (int i = 0; i < in.size(); i++) {
        boolean carry = i < carried;
        boolean sequence = !carry && i < carried + body.sequences().size();
        Block value = carry ? carries.get(i) : sequence ? slice(in.get(i), t) : in.get(i);
        inside.give(body.placeholders().get(i), value);
      }
      inside.compute(step);
      each.forEach((inner, stack) -> put(stack, t, inside.value(inner)));
      carries = body.next().stream().map(inside::value).toList();
      if (run.keepsSteps) {
        kept.add(inside);
      }
    }
    boolean forward = body.direction() == Body.Direction.FORWARD;
    return new Loop(carries, each, forward ? kept : kept.reversed());
  }

  private static int[] stacked(int steps, int[] sizes) {
    var more = new int[sizes.length + 1];
    more[0] = steps;
    System.arraycopy(sizes, 0, more, 1, sizes.length);
    return more;
  }

  private static Block slice(Block sequence, int t) {
    int[] sizes = Arrays.copyOfRange(sequence.sizes(), 1, sequence.sizes().length);
    int count = Block.count(sizes);
    return new Block(sizes, Arrays.copyOfRange(sequence.values(), t * count, (t + 1) * count));
  }

  private static void put(Block stack, int t, Block value) {
    int count = value.values().length;
    System.arraycopy(value.values(), 0, stack.values(), t * count, count);
  }
}
