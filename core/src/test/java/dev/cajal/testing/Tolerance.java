package dev.cajal.testing;

import dev.cajal.engine.reference.Evaluation;
import dev.cajal.engine.reference.Reference;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Comparison;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Distribution;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the nodes of an expression are worth by the reference interpreter, and how far from that an
 * engine that computes in the dtypes of the nodes may be: a running error analysis (Wilkinson,
 * 1960; Higham, 2002, §3.3).
 *
 * <p>Each node's error is what its inputs' errors become, by intervals, and the roundings of its
 * own operation, by {@link Rounding}. Where a comparison, a floor or an argMax could go either way,
 * both ways are within the error; where nothing can be said (a division by what may be 0, an
 * overflow), it is infinite.
 */
public final class Tolerance {
  /** A compiler may take another way to the same number, by algebra. */
  private static final double SLACK = 2;

  private final Bindings context;
  private final Map<Tensor, Enclosure> known = new HashMap<>();
  private final Map<Tensor, LoopTolerance> loops = new HashMap<>();

  /** Of nothing yet, for some sizes, seed and mode. */
  Tolerance(Bindings bindings) {
    this.context = new Bindings(Map.of(), bindings.settle(), bindings.seed(), bindings.training());
  }

  /** Of outputs and of everything they are computed from. */
  public static Tolerance of(Collection<Tensor> outputs, Bindings bindings) {
    var tolerance = new Tolerance(bindings);
    tolerance.walk(
        Graph.of(outputs, bindings.values()::containsKey), Reference.run(outputs, bindings));
    return tolerance;
  }

  Enclosure of(Tensor node) {
    Enclosure enclosure = known.get(node);
    if (enclosure == null) {
      throw new IllegalArgumentException(node.brief() + " is not part of what was evaluated");
    }
    return enclosure;
  }

  boolean has(Tensor node) {
    return known.containsKey(node);
  }

  /** Takes in a leaf with its value. */
  Enclosure give(Tensor leaf, Array value) {
    Enclosure enclosure = leaf(leaf, value.shape().numbers(), value.toDoubles());
    known.put(leaf, enclosure);
    return enclosure;
  }

  /**
   * Takes in what a node needs beyond what is known; the numbers of inputs must have been given.
   */
  Enclosure add(Tensor node) {
    Graph graph = Graph.of(List.of(node), known::containsKey);
    Bindings bindings = context;
    for (Tensor each : graph.nodes()) {
      Enclosure before = known.get(each);
      if (before != null) {
        bindings = bindings.with(each, array(each, before));
      }
    }
    walk(graph, Reference.run(List.of(node), bindings));
    return of(node);
  }

  /** The first number of a node that is not as the reference says, nor within what is allowed. */
  Optional<RandomGraph.Mistake> mistake(String name, Tensor node, Array found) {
    Enclosure x = of(node);
    if (found.dtype() != node.dtype() || !Arrays.equals(found.shape().numbers(), x.sizes())) {
      String where =
          "%s is %s %s instead of %s %s"
              .formatted(name, found.dtype(), found.shape(), node.dtype(), Shape.of(x.sizes()));
      return Optional.of(new RandomGraph.Mistake(where, 0, 0, 0, Optional.empty()));
    }
    for (int i = 0; i < x.values().length; i++) {
      double allowed = SLACK * x.errors()[i];
      if (!(Enclosure.distance(x.values()[i], found.at(i)) <= allowed)) {
        String where = "%s at %d of %s %s".formatted(name, i, node.dtype(), found.shape());
        return Optional.of(
            new RandomGraph.Mistake(where, x.values()[i], found.at(i), allowed, Optional.empty()));
      }
    }
    return Optional.empty();
  }

  static Array array(Tensor node, Enclosure x) {
    return Array.wrap(x.values(), Shape.of(x.sizes()))
        .as(node.dtype().isFloat() ? DType.F64 : node.dtype(), Shape.of(x.sizes()));
  }

  /** Takes in the nodes of a graph that aren't known, with the values of an evaluation. */
  void walk(Graph graph, Evaluation evaluation) {
    Map<Tensor, Set<Tensor>> read = graph.readFromLoops();
    for (Tensor node : graph.nodes()) {
      if (!known.containsKey(node) && !(node.op() instanceof Op.Scan)) {
        Array value = evaluation.value(node);
        int[] sizes = value.shape().numbers();
        double[] errors =
            switch (node.op()) {
              case Op.Last(var carry) -> loop(node, read, evaluation).last(carry);
              case Op.Each(var inner) -> loop(node, read, evaluation).each(inner);
              default -> errors(node, sizes, value.toDoubles());
            };
        known.put(node, new Enclosure(sizes, value.toDoubles(), errors));
      }
    }
    loops.clear();
  }

  /** The loop that a node reads from. */
  private LoopTolerance loop(Tensor reader, Map<Tensor, Set<Tensor>> read, Evaluation evaluation) {
    Tensor loop = reader.inputs().getFirst();
    return loops.computeIfAbsent(
        loop,
        _ ->
            LoopTolerance.of(
                loop, read.getOrDefault(loop, Set.of()), evaluation.steps(reader), this));
  }

  private static Enclosure leaf(Tensor node, int[] sizes, double[] values) {
    var errors = new double[values.length];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = Enclosure.rounded(node.dtype(), 0.5, values[i], 0);
    }
    return new Enclosure(sizes, values, errors);
  }

  private double[] errors(Tensor node, int[] sizes, double[] y) {
    List<Enclosure> in = node.inputs().stream().map(this::of).toList();
    var again = new Again(node, context.sizes());
    return switch (node.op()) {
      case Op.Input _, Op.Param _, Op.Constant _, Op.Iota _, Op.SizeOf _, Op.Training _ ->
          leaf(node, sizes, y).errors();
      case Op.Random(var distribution, _, var dtype, _) -> random(distribution, dtype, y);

      case Op.Map1(var f) -> MapTolerance.map1(f, again, y, in.getFirst());
      case Op.Map2(var f) -> MapTolerance.map2(f, node.dtype(), y, in.getFirst(), in.getLast());
      case Op.Compare(var relation) -> compare(relation, node, y);
      case Op.Select _ -> MapTolerance.select(y, in.get(0), in.get(1), in.get(2));
      case Op.Cast _ -> MapTolerance.cast(again, y, in.getFirst());

      case Op.Sum _ -> SumTolerance.sum(again, y, in.getFirst(), terms(in.getFirst(), y));
      case Op.Max _ -> IndexTolerance.max(again, y, in.getFirst());
      case Op.ArgMax(var axis) -> IndexTolerance.argMax(y, in.getFirst(), axis);

      case Op.Reshape _, Op.StopGradient _, Op.Assign _ -> in.getFirst().errors();
      case Op.Transpose _, Op.Expand _, Op.Slice _, Op.Pad _, Op.Flip _ ->
          again.on(in.getFirst().errors());
      case Op.Concat _ -> again.on(in.stream().map(Enclosure::errors).toArray(double[][]::new));
      case Op.Gather(var axis) -> IndexTolerance.gather(y, in.getFirst(), in.getLast(), axis);
      case Op.ScatterAdd(var axis, _) ->
          IndexTolerance.scatterAdd(node.dtype(), y, sizes, in.getFirst(), in.getLast(), axis);

      case Op.MatMul _, Op.Conv _, Op.ConvTranspose _, Op.ConvKernel _ ->
          SumTolerance.products(again, y, in.getFirst(), in.getLast(), products(node.op(), in));
      case Op.ArgMaxPool(var window) -> IndexTolerance.argMaxPool(y, sizes, window, in.getFirst());

      case Op.Scan _, Op.Last _, Op.Each _ -> throw new AssertionError(node);
    };
  }

  /** How many elements of x there are for each of y. */
  private static long terms(Enclosure x, double[] y) {
    return y.length == 0 ? 0 : x.values().length / y.length;
  }

  /** How many products an element is the sum of, at most. */
  private static long products(Op op, List<Enclosure> in) {
    int[] x = in.getFirst().sizes();
    int[] y = in.getLast().sizes();
    int last = y.length - 1;
    long elements = Arrays.stream(y).asLongStream().reduce(1, (a, b) -> a * b);
    return switch (op) {
      case Op.MatMul _ -> x[last];
      case Op.ConvTranspose(_, var groups, _) ->
          elements / Math.max(1, (long) y[last - 1] * groups);
      default -> elements / Math.max(1, y[last]);
    };
  }

  private static double[] random(Distribution distribution, DType dtype, double[] y) {
    var errors = new double[y.length];
    for (int i = 0; i < errors.length; i++) {
      errors[i] =
          switch (distribution) {
            case UNIFORM -> 0;
            case NORMAL -> Enclosure.rounded(dtype, 4, y[i], 0);
          };
    }
    return errors;
  }

  private double[] compare(Comparison relation, Tensor node, double[] holds) {
    Tensor x = node.inputs().getFirst();
    Tensor y = node.inputs().getLast();
    if (x.equals(y)) {
      return new double[holds.length];
    }
    double[] errors = MapTolerance.compare(relation, holds, of(x), of(y));
    return relation == Comparison.EQUAL
        ? LargestTolerance.of(x, y, this, context.sizes(), errors)
        : errors;
  }

  /** Takes in what is known of a node already. */
  void give(Tensor node, Enclosure enclosure) {
    known.put(node, enclosure);
  }

  /** Nothing known yet, in the same context: for a step of a loop. */
  Tolerance inside() {
    return new Tolerance(context);
  }

  Map<String, Long> sizes() {
    return context.sizes();
  }
}
