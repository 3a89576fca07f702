package dev.cajal.tensor;

import static dev.cajal.tensor.Complaint.require;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Functions that put the same elements elsewhere. Negative axes and positions count from the end.
 */
public sealed interface Movement permits Tensor {

  private Tensor x() {
    return (Tensor) this;
  }

  /** The elements, in their row-by-row order, in another shape. */
  default Tensor reshape(Shape shape) {
    return shape.equals(x().shape()) ? x() : Tensor.of(new Op.Reshape(shape), x());
  }

  /** As {@link #reshape(Shape)}; one size may be -1, which becomes whatever is left. */
  default Tensor reshape(Object... sizes) {
    Object[] known =
        sizes.length == 1 && sizes[0] instanceof int[] numbers
            ? IntStream.of(numbers).boxed().toArray()
            : sizes.clone();
    int open =
        IntStream.range(0, known.length).filter(i -> isOpen(known[i])).findFirst().orElse(-1);
    if (open < 0) {
      return reshape(Shape.of(known));
    }
    known[open] = 1;
    require(
        !Shape.of(known).elements().is(0),
        "reshape",
        () -> "%s has no elements, so any size would do for -1: name it".formatted(x().brief()));
    Shape others = Shape.of(known);
    Size left =
        x().shape()
            .elements()
            .over(others.elements())
            .orElseThrow(() ->
                Complaint.of(
                    "reshape",
                    "%s has %s elements, which do not divide by %s"
                        .formatted(x().brief(), x().shape().elements(), others.elements())));
    return reshape(others.with(open, left));
  }

  private static boolean isOpen(Object size) {
    return size instanceof Number number && number.longValue() == -1;
  }

  /** All elements in one row. */
  default Tensor flatten() {
    return reshape(new Shape(List.of(x().shape().elements())));
  }

  /** The axes {@code from} to {@code to}, both included, made one. */
  default Tensor flatten(int from, int to) {
    int first = x().axis("flatten", from);
    int last = x().axis("flatten", to);
    require(
        first <= last,
        "flatten",
        () -> "axes %d to %d of %s are the wrong way round".formatted(from, to, x().brief()));
    Shape shape = x().shape();
    Shape merged = new Shape(List.of(shape.part(first, last + 1).elements()));
    return reshape(shape.part(0, first).then(merged).then(shape.part(last + 1, shape.rank())));
  }

  /** A further axis of size 1. */
  default Tensor insertAxis(int axis) {
    int rank = x().rank();
    require(
        axis >= -rank - 1 && axis <= rank,
        "insertAxis",
        () ->
            "%s takes a further axis at %d to %d, not at %d"
                .formatted(x().brief(), -rank - 1, rank, axis));
    return reshape(x().shape().insert(axis, Size.ONE));
  }

  /** Without an axis of size 1. */
  default Tensor removeAxis(int axis) {
    int removed = x().axis("removeAxis", axis);
    require(
        x().size(removed).is(1),
        "removeAxis",
        () ->
            "axis %d of %s has %s elements, not one"
                .formatted(axis, x().brief(), x().size(removed)));
    return reshape(x().shape().without(List.of(removed)));
  }

  /** The last two axes exchanged: of a matrix, its transpose. */
  default Tensor transpose() {
    require(x().rank() >= 2, "transpose", () -> x().brief() + " has no two axes to exchange");
    return transpose(exchanged(x().rank() - 2, x().rank() - 1));
  }

  /** Axis i of the result is axis {@code order[i]} of x. */
  default Tensor transpose(int... order) {
    List<Integer> positive =
        IntStream.of(order).mapToObj(axis -> x().axis("transpose", axis)).toList();
    return positive.equals(x().shape().axes()) ? x() : Tensor.of(new Op.Transpose(positive), x());
  }

  private int[] exchanged(int a, int b) {
    return IntStream.range(0, x().rank()).map(i -> i == a ? b : i == b ? a : i).toArray();
  }

  /** An axis taken out and put in at another place. */
  default Tensor moveAxis(int from, int to) {
    int moved = x().axis("moveAxis", from);
    var order = new ArrayList<>(x().shape().axes().stream().filter(axis -> axis != moved).toList());
    order.add(x().axis("moveAxis", to), moved);
    return transpose(order.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Repeated along its axes of size 1, and along new ones in front, until it has the shape. */
  default Tensor expand(Shape shape) {
    return shape.equals(x().shape()) ? x() : Tensor.of(new Op.Expand(shape), x());
  }

  /**
   * The sum that undoes an {@link #expand}: over new axes in front, and over those that had size 1.
   */
  default Tensor sumTo(Shape shape) {
    require(
        Shape.broadcast(x().shape(), shape).filter(x().shape()::equals).isPresent(),
        "sumTo",
        () -> "%s is not what %s expands to".formatted(x().brief(), shape));
    int added = x().rank() - shape.rank();
    int[] summed =
        IntStream.range(0, x().rank())
            .filter(
                axis -> axis < added || (shape.size(axis - added).is(1) && !x().size(axis).is(1)))
            .toArray();
    return (summed.length == 0 ? x() : x().sum(summed)).reshape(shape);
  }

  /** The elements from {@code from} to {@code to} (exclusive) along an axis. */
  default Tensor slice(int axis, long from, long to) {
    return slice(axis, from, to, 1);
  }

  /** Every {@code step}th element from {@code from} to {@code to} (exclusive) along an axis. */
  default Tensor slice(int axis, long from, long to, long step) {
    int along = x().axis("slice", axis);
    Size size = x().size(along);
    if (!size.isNumber() && from < 0 && to < 0) {
      return last(along, -from).slice(along, 0, to - from, step);
    }
    long first = counted(size, from);
    long end = counted(size, to);
    require(
        first >= 0 && first <= end && step >= 1 && (!size.isNumber() || end <= size.number()),
        "slice",
        () ->
            "%d to %d in steps of %d is not within axis %d of %s%s"
                .formatted(
                    from,
                    to,
                    step,
                    axis,
                    x().brief(),
                    size.isNumber() || to >= 0
                        ? ""
                        : ": what is left of %s has no name; give it as an input of its own"
                            .formatted(size)));
    return cut(along, Size.of(first), step, Size.of(Math.ceilDiv(end - first, step)));
  }

  private long counted(Size size, long position) {
    return position < 0 && size.isNumber() ? position + size.number() : position;
  }

  /**
   * {@code size} elements along an axis, from {@code start} in steps: the primitive that the slices
   * are made of.
   */
  default Tensor cut(int axis, Size start, long step, Size size) {
    int along = x().axis("cut", axis);
    return step == 1 && start.is(0) && size.equals(x().size(along))
        ? x()
        : Tensor.of(new Op.Slice(along, start, step, size), x());
  }

  /** The last elements of an axis, also where its size is a symbol. */
  default Tensor last(int axis, long count) {
    int along = x().axis("last", axis);
    Size size = x().size(along);
    return size.isNumber()
        ? slice(along, size.number() - count, size.number())
        : flip(along).slice(along, 0, count).flip(along);
  }

  /** The element at a position of an axis, which vanishes. */
  default Tensor at(int axis, long position) {
    int along = x().axis("at", axis);
    Tensor element = position == -1 ? last(along, 1) : slice(along, position, position + 1);
    return element.removeAxis(along);
  }

  /**
   * Put into an axis of {@code size} zeros at {@code start}, in steps: the adjoint of {@link #cut}.
   */
  default Tensor place(int axis, Size start, long step, Size size) {
    int along = x().axis("place", axis);
    return step == 1 && start.is(0) && size.equals(x().size(along))
        ? x()
        : Tensor.of(new Op.Pad(along, start, step, size), x());
  }

  /** Zeros added before and after an axis. */
  default Tensor pad(int axis, long before, long after) {
    int along = x().axis("pad", axis);
    require(
        before >= 0 && after >= 0 && (x().size(along).isNumber() || before + after == 0),
        "pad",
        () ->
            "axis %d of %s can't be padded by %d and %d"
                .formatted(axis, x().brief(), before, after));
    return before + after == 0
        ? x()
        : place(along, Size.of(before), 1, Size.of(before + x().size(along).number() + after));
  }

  /** The opposite order along axes. */
  default Tensor flip(int... axes) {
    return Tensor.of(new Op.Flip(x().axes("flip", axes)), x());
  }

  /** {@code y[…, j…, …] = x[…, index[j…], …]}: the axis is replaced by those of the i32 index. */
  default Tensor gather(int axis, Tensor index) {
    return Tensor.of(new Op.Gather(x().axis("gather", axis)), x(), index);
  }

  /**
   * x added into {@code size} zeros along an axis, each element where the i32 index says: the
   * adjoint of {@link #gather}. The axes of the index are those of x from {@code axis} on.
   */
  default Tensor scatterAdd(int axis, Tensor index, Size size) {
    // The axis is one of the result's.
    int rank = x().rank() - index.rank() + 1;
    return Tensor.of(new Op.ScatterAdd(axis < 0 ? axis + rank : axis, size), x(), index);
  }

  /**
   * For i32 labels: a new last axis of {@code classes} elements, 1 where the index is the label,
   * else 0, as f32.
   */
  default Tensor oneHot(int classes) {
    require(
        x().dtype() == DType.I32,
        "oneHot",
        () -> "labels %s are %s: they must be i32".formatted(x().brief(), x().dtype()));
    require(classes >= 0, "oneHot", () -> "%d classes for %s".formatted(classes, x().brief()));
    Tensor index = Tensor.iota(x().shape().insert(x().rank(), Size.of(classes)), x().rank());
    return x().insertAxis(-1).equalTo(index).cast(DType.F32);
  }
}
