package dev.cajal.compile.schedule;

import dev.cajal.tensor.DType;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Takes movement out of an expression: reshapes, transposes, expansions, slices and flips become
 * {@link View}s in whoever reads them, and only where no strides can express one is it copied. What
 * remains are {@link Node}s.
 */
public final class Lowering {
  /** Reductions of everything are done in two steps from this many elements on. */
  private static final int LONG_SUM = 1 << 14;

  private record Key(Task task, List<Operand> operands) {}

  private final Map<Tensor, Operand> lowered = new HashMap<>();
  private final Map<Key, Node> known = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();

  private Lowering() {}

  /**
   * The nodes of an expression, inputs before what uses them.
   *
   * @param nodes all that is computed or given
   * @param values the nodes that have the elements of each tensor asked for, row by row
   */
  public record Lowered(List<Node> nodes, Map<Tensor, Node> values) {}

  /**
   * Lowers what some outputs depend on.
   *
   * @param placeholders views of what is given from outside, for the body of a loop
   */
  public static Lowered of(Collection<Tensor> outputs, Map<Tensor, View> placeholders) {
    var lowering = new Lowering();
    placeholders.forEach(
        (leaf, view) -> lowering.lowered.put(leaf, Operand.of(lowering.given(leaf, view))));
    for (Tensor node : Graph.of(outputs, placeholders::containsKey).nodes()) {
      if (!lowering.lowered.containsKey(node)) {
        requireCountable(node);
        lowering.lowered.put(node, lowering.lower(node));
      }
    }
    Map<Tensor, Node> values = new LinkedHashMap<>();
    outputs.forEach(output -> values.put(output, lowering.owned(lowering.get(output))));
    return new Lowered(List.copyOf(lowering.nodes), values);
  }

  private static void requireCountable(Tensor node) {
    BigInteger elements = BigInteger.ONE;
    for (int size : node.shape().numbers()) {
      elements = elements.multiply(BigInteger.valueOf(size));
    }
    if (elements.bitLength() > 31) {
      throw new IllegalArgumentException(
          "program: %s has %d numbers, and no array can hold more than %d"
              .formatted(node.brief(), elements, Integer.MAX_VALUE));
    }
  }

  private Operand get(Tensor tensor) {
    return Objects.requireNonNull(lowered.get(tensor));
  }

  private Operand lower(Tensor y) {
    List<Operand> in = y.inputs().stream().map(this::get).toList();
    return switch (y.op()) {
      case Op.Input _, Op.Param _ -> Operand.of(given(y, View.whole(sizes(y))));
      case Op.Constant(var value) when value.length() == 1 ->
          literal(y, value.item()).moved(new Op.Reshape(y.shape())).orElseThrow();
      case Op.Constant _ -> Operand.of(given(y, View.whole(sizes(y))));
      case Op.Iota(_, var axis, _) -> range(y, axis);
      case Op.SizeOf _, Op.Training _, Op.StopGradient _, Op.Assign _ ->
          throw new AssertionError(y.op());

      case Op.Map1 _, Op.Map2 _, Op.Compare _, Op.Select _, Op.Cast _ ->
          node(y, new Task.Map(y.op()), in);

      case Op.Sum(var axes) -> reduce(y, in.getFirst(), axes, true);
      case Op.Max(var axes) -> reduce(y, in.getFirst(), axes, false);

      case Op.Reshape _, Op.Transpose _, Op.Expand _, Op.Slice _, Op.Flip _ ->
          moved(in.getFirst(), y.op());

      case Op.MatMul _ -> node(y, new Task.Call(y.op()), in.stream().map(this::steady).toList());
      case Op.Pad _, Op.Concat _ -> node(y, new Task.Call(y.op()), in);
      case Op.Scan _ ->
          node(
              y, new Task.Call(y.op()), in.stream().map(x -> inMemory(x) ? x : copied(x)).toList());
      case Op.Random _,
          Op.ArgMax _,
          Op.Gather _,
          Op.ScatterAdd _,
          Op.Conv _,
          Op.ConvTranspose _,
          Op.ConvKernel _,
          Op.ArgMaxPool _ ->
          node(y, new Task.Call(y.op()), in.stream().map(this::contiguous).toList());
      case Op.Last _, Op.Each _ -> node(y, new Task.Result(y.op()), in);
    };
  }

  static List<Integer> sizes(Tensor tensor) {
    return IntStream.of(tensor.shape().numbers()).boxed().toList();
  }

  private Node given(Tensor leaf, View layout) {
    return add(new Node(new Task.Given(leaf), List.of(), leaf.dtype(), layout, name(leaf)));
  }

  private Operand literal(Tensor y, double value) {
    Node node =
        known.computeIfAbsent(
            new Key(new Task.Literal(value), List.of(Operand.of(dtypeOf(y.dtype())))),
            _ ->
                add(
                    new Node(
                        new Task.Literal(value),
                        List.of(),
                        y.dtype(),
                        View.whole(List.of()),
                        Double.toString(value))));
    return Operand.of(node);
  }

  private final Map<DType, Node> dtypes = new HashMap<>();

  /** A node that stands for a dtype in keys. */
  private Node dtypeOf(DType dtype) {
    return dtypes.computeIfAbsent(
        dtype,
        _ -> new Node(new Task.Range(), List.of(), dtype, View.whole(List.of()), dtype.name()));
  }

  /** The index along an axis: a view of the numbers 0, 1, … */
  private Operand range(Tensor y, int axis) {
    List<Integer> sizes = sizes(y);
    int size = sizes.get(axis);
    Node node =
        add(new Node(new Task.Range(), List.of(), y.dtype(), View.whole(List.of(size)), "range"));
    var aligned = new ArrayList<>(Collections.nCopies(sizes.size(), 1));
    aligned.set(axis, size);
    var shape = Shape.of(aligned.toArray());
    return Operand.of(node)
        .moved(new Op.Reshape(shape))
        .flatMap(operand -> operand.moved(new Op.Expand(y.shape())))
        .orElseThrow();
  }

  private Operand node(Tensor y, Task task, List<Operand> in) {
    boolean distinct = task instanceof Task.Call(var op) && op instanceof Op.Scan;
    if (distinct) {
      return Operand.of(add(made(y, task, in)));
    }
    return Operand.of(known.computeIfAbsent(new Key(task, in), _ -> add(made(y, task, in))));
  }

  private static Node made(Tensor y, Task task, List<Operand> in) {
    return new Node(task, in, y.dtype(), View.whole(sizes(y)), name(y));
  }

  private Node add(Node node) {
    nodes.add(node);
    return node;
  }

  private static String name(Tensor tensor) {
    return tensor.name().orElse(tensor.op().label());
  }

  private Operand moved(Operand x, Op movement) {
    return x.moved(movement).orElseGet(() -> copied(x).moved(movement).orElseThrow());
  }

  /** The elements of a view row by row, in memory of their own. */
  private Operand copied(Operand x) {
    return Operand.of(
        known.computeIfAbsent(
            new Key(new Task.Copy(), List.of(x)),
            _ ->
                add(
                    new Node(
                        new Task.Copy(),
                        List.of(x),
                        x.node().dtype(),
                        View.whole(x.view().sizes()),
                        x.node().name()))));
  }

  /** A node that has just these elements as its own. */
  private Node owned(Operand x) {
    return x.isLinear() && !x.node().isLeaf() ? x.node() : copied(x).node();
  }

  /** The operand itself if it lies row by row in memory, else a copy that does. */
  private Operand contiguous(Operand x) {
    return x.view().isContiguous() && inMemory(x) ? x : copied(x);
  }

  private static boolean inMemory(Operand x) {
    return !(x.node().task() instanceof Task.Literal) && !(x.node().task() instanceof Task.Range);
  }

  /**
   * An operand of a matrix product: neighbours in a row or in a column are neighbours in memory.
   */
  private Operand steady(Operand x) {
    List<Integer> strides = x.view().strides();
    List<Integer> sizes = x.view().sizes();
    int rank = strides.size();
    boolean steady =
        strides.get(rank - 1) == 1
            || strides.get(rank - 2) == 1
            || sizes.get(rank - 1) == 1
            || sizes.get(rank - 2) == 1;
    return steady && inMemory(x) ? x : copied(x);
  }

  /** A reduction as steps, from the last run of neighbouring axes to the first. */
  private Operand reduce(Tensor y, Operand x, List<Integer> axes, boolean isSum) {
    Operand left = x;
    List<Integer> open = new ArrayList<>(axes);
    while (!open.isEmpty()) {
      int last = open.removeLast();
      int first = last;
      while (!open.isEmpty() && open.getLast() == first - 1) {
        first = open.removeLast();
      }
      left = reduced(y, left, first, last + 1, isSum);
    }
    return moved(left, new Op.Reshape(y.shape()));
  }

  private Operand reduced(Tensor y, Operand x, int from, int to, boolean isSum) {
    List<Integer> sizes = x.view().sizes();
    int before = View.product(sizes.subList(0, from));
    int reduced = View.product(sizes.subList(from, to));
    int after = View.product(sizes.subList(to, sizes.size()));
    if (before == 1 && after == 1 && reduced >= LONG_SUM) {
      int rows = rows(reduced);
      if (rows > 1) {
        Operand matrix = moved(x, new Op.Reshape(Shape.of(rows, reduced / rows)));
        Operand partial = reduced(y, matrix, 1, 2, isSum);
        return reduced(y, partial, 0, 1, isSum);
      }
    }
    var kept = new ArrayList<>(sizes.subList(0, from));
    kept.addAll(sizes.subList(to, sizes.size()));
    if (reduced == 1) {
      return moved(x, new Op.Reshape(Shape.of(kept.toArray())));
    }
    if (reduced == 0) {
      return nothing(y, isSum, kept);
    }
    Task task = new Task.Reduce(isSum, before, reduced, after);
    return Operand.of(
        known.computeIfAbsent(
            new Key(task, List.of(x)),
            _ -> add(new Node(task, List.of(x), y.dtype(), View.whole(kept), name(y)))));
  }

  /** What is reduced from nothing. */
  private Operand nothing(Tensor y, boolean isSum, List<Integer> sizes) {
    double least = y.dtype() == DType.I32 ? Integer.MIN_VALUE : Double.NEGATIVE_INFINITY;
    return moved(literal(y, isSum ? 0 : least), new Op.Expand(Shape.of(sizes.toArray())));
  }

  /** In how many rows a long sum is taken: what divides it and leaves rows of some thousands. */
  private static int rows(int elements) {
    for (int rows = elements / 4096; rows > 1; rows--) {
      if (elements % rows == 0) {
        return rows;
      }
    }
    return 1;
  }
}
