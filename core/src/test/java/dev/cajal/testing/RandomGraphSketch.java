package dev.cajal.testing;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A random graph in the making: the nodes there are, what they are worth, and which sizes are in
 * use. A node is taken in only if its numbers are neither huge nor in doubt, so that what is built
 * on it means something.
 */
final class RandomGraphSketch {
  private static final long ELEMENTS = 4500;
  private static final long PRODUCTS = 80_000;
  private static final int[] LARGE = {5, 7, 8, 13, 16, 17, 31, 33, 64, 65};
  private static final int[] LARGER = {65, 100, 127, 128, 129, 257, 300};
  private static final double HUGE = 1000;

  final Choices choices;
  final RandomGraphLeaves leaves;

  /** How much larger than others: large enough to be divided among threads and into blocks. */
  private final int scale;

  private final List<Size> palette = new ArrayList<>();
  private final Map<String, Long> symbols = new HashMap<>();
  private final List<Tensor> pool = new ArrayList<>();
  private final Map<Parameter, Tensor> assigned = new HashMap<>();
  private final Tolerance known;

  RandomGraphSketch(Choices choices) {
    this.choices = choices;
    this.scale = choices.size() == Choices.LARGEST && choices.oneIn(2) ? 12 : 1;
    for (int i = 0; i < 3; i++) {
      palette.add(Size.of(sizeOfAxis()));
    }
    if (choices.oneIn(4)) {
      symbols.put("batch", (long) sizeOfAxis());
      palette.add(Size.symbol("batch"));
      palette.add(Size.symbol("batch"));
    }
    if (choices.oneIn(12)) {
      symbols.put("time", (long) choices.between(1, 7));
      palette.add(Size.symbol("time"));
    }
    long seed = choices.between(0, Integer.MAX_VALUE - 1);
    Bindings context = new Bindings(Map.of(), symbols, seed, choices.oneIn(3));
    this.known = new Tolerance(context);
    this.leaves = new RandomGraphLeaves(choices, context);
  }

  /** Mostly small; large ones are those around which vectors and tiles end. */
  private int sizeOfAxis() {
    int size = Math.max(choices.solidSize(), Math.max(choices.solidSize(), choices.solidSize()));
    int[] large = scale > 1 && choices.oneIn(2) ? LARGER : LARGE;
    return choices.oneIn(40) ? 0 : size < 5 ? size : large[choices.between(0, large.length - 1)];
  }

  // Shapes.

  Size size() {
    return palette.get(choices.between(0, palette.size() - 1));
  }

  /** The size of an axis that needs no symbol, such as a parameter's. */
  Size knownSize() {
    return palette.get(choices.between(0, 2));
  }

  Shape shape(int leastRank, int greatestRank) {
    Shape shape = Shape.SCALAR;
    for (int rank = choices.between(leastRank, greatestRank); rank > 0; rank--) {
      shape = shape.insert(0, choices.oneIn(5) ? Size.ONE : size());
    }
    while (count(shape) > scale * ELEMENTS) {
      shape = shape.with(choices.between(0, shape.rank() - 1), Size.ONE);
    }
    return shape;
  }

  long number(Size size) {
    return size.bind(symbols).number();
  }

  long count(Shape shape) {
    return number(shape.elements());
  }

  /** A shape that broadcasts to another: some axes in front left out, some made 1. */
  Shape reduced(Shape shape) {
    int dropped = choices.oneIn(2) ? choices.between(0, shape.rank()) : 0;
    Shape reduced = shape.part(dropped, shape.rank());
    for (int axis = 0; axis < reduced.rank(); axis++) {
      reduced = choices.oneIn(3) ? reduced.with(axis, Size.ONE) : reduced;
    }
    return reduced;
  }

  /** An axis of x; x must have one. */
  int axis(Tensor x) {
    return choices.between(0, x.rank() - 1);
  }

  // Nodes.

  List<Tensor> pool() {
    return pool;
  }

  /** The numbers of all symbols. */
  Map<String, Long> symbols() {
    return symbols;
  }

  Tolerance known() {
    return known;
  }

  /** One of the nodes, rather a late one, so that there are chains. */
  Optional<Tensor> any(Predicate<Tensor> wanted) {
    List<Tensor> fitting = pool.stream().filter(wanted).toList();
    if (fitting.isEmpty()) {
      return Optional.empty();
    }
    int last = fitting.size() - 1;
    int at = choices.between(0, last);
    return Optional.of(fitting.get(choices.oneIn(3) ? at : Math.max(at, choices.between(0, last))));
  }

  /** An f32 node with so many axes, a new leaf if there is none. */
  Tensor floats(int leastRank, int greatestRank) {
    return any(x -> x.dtype() == DType.F32 && x.rank() >= leastRank && x.rank() <= greatestRank)
        .orElseGet(() -> leaf(shape(leastRank, greatestRank)));
  }

  Tensor floats() {
    return floats(0, 4);
  }

  /** An f32 node of a shape, there already or a new leaf. */
  Tensor like(Shape shape) {
    return any(x -> x.dtype() == DType.F32 && x.shape().equals(shape) && !choices.oneIn(4))
        .orElseGet(() -> leaf(shape));
  }

  /** An f32 node that broadcasts with x without growing too large. */
  Tensor partner(Tensor x) {
    return any(y ->
            y.dtype() == x.dtype()
                && Shape.broadcast(x.shape(), y.shape())
                    .filter(shape -> count(shape) <= scale * ELEMENTS)
                    .isPresent()
                && !choices.oneIn(3))
        .orElseGet(() -> leaf(reduced(x.shape())).cast(x.dtype()));
  }

  Tensor flags(Shape shape) {
    return any(x -> x.dtype() == DType.BOOL && x.shape().equals(shape))
        .orElseGet(() -> given(leaves.flags(shape)));
  }

  Tensor leaf(Shape shape) {
    return given(leaves.floats(shape));
  }

  /** Indices of an axis with so many elements. */
  Tensor index(Shape shape, Size below) {
    return given(leaves.index(shape, below));
  }

  /** A parameter's leaf, for weights. */
  Tensor weight(Object... sizes) {
    return given(leaves.parameter(Shape.of(sizes)));
  }

  private Tensor given(Tensor leaf) {
    Array value = leaves.value(leaf);
    known.give(leaf, value);
    pool.add(leaf);
    return leaf;
  }

  /** Marks a parameter as one that is assigned to; false if it was before. */
  boolean assign(Parameter parameter, Tensor value) {
    return assigned.putIfAbsent(parameter, value) == null;
  }

  Map<Parameter, Tensor> assigned() {
    return assigned;
  }

  /** Takes in what a production makes, if it can be made and its numbers mean something. */
  boolean offer(Supplier<Tensor> production) {
    try {
      Tensor node = production.get();
      if (known.has(node) || !isSmall(node) || !isSound(known.add(node), node.dtype())) {
        return false;
      }
      pool.add(node);
      return true;
    } catch (IllegalArgumentException refused) {
      // Not all that is drawn fits together.
      return false;
    }
  }

  /** Whether the work that a node makes is little enough for the plain loops of the reference. */
  boolean isSmall(Tensor node) {
    long work = 0;
    for (Tensor each : Graph.of(List.of(node), known::has).nodes()) {
      long elements = count(each.shape());
      work +=
          switch (each.op()) {
            case Op.MatMul _ -> elements * number(each.inputs().getFirst().size(-1));
            case Op.Conv _, Op.ConvTranspose _, Op.ConvKernel _ ->
                elements * Math.max(1, count(each.inputs().getLast().shape()));
            case Op.ArgMax(var axis) when number(each.inputs().getFirst().size(axis)) == 0 ->
                throw new IllegalArgumentException("nothing is the largest");
            case Op.Scan(var body) -> number(body.steps()) * 500;
            default -> elements > scale * ELEMENTS ? scale * PRODUCTS + 1 : 0;
          };
    }
    return work <= scale * PRODUCTS;
  }

  private boolean isSound(Enclosure x, DType dtype) {
    int doubtful = 0;
    for (int i = 0; i < x.values().length; i++) {
      double value = x.values()[i];
      double most = dtype.isFloat() ? 1e-3 * Math.max(1e-3, Math.abs(value)) : 0;
      boolean fine = Math.abs(value) <= HUGE && x.errors()[i] <= most;
      doubtful += fine ? 0 : 1;
    }
    // Infinities, NaN and numbers in doubt are wanted too, but seldom.
    return doubtful == 0 || choices.oneIn(25);
  }
}
