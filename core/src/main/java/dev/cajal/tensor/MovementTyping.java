package dev.cajal.tensor;

import static dev.cajal.tensor.Complaint.require;

import java.util.List;

/** The shapes of the operations that put elements elsewhere; see {@link Typing}. */
final class MovementTyping {
  private MovementTyping() {}

  static Typing reshape(Tensor x, Shape shape) {
    Size from = x.shape().elements();
    Size to = shape.elements();
    require(
        from.equals(to),
        "reshape",
        () -> "%s has %s elements, %s has %s".formatted(x.brief(), from, shape, to));
    return new Typing(shape, x.dtype());
  }

  static Typing transpose(Tensor x, List<Integer> order) {
    var sorted = order.stream().sorted().toList();
    require(
        sorted.equals(x.shape().axes()),
        "transpose",
        () ->
            "order %s of %s must name each of its %d axes once"
                .formatted(order, x.brief(), x.shape().rank()));
    return new Typing(new Shape(order.stream().map(x.shape()::size).toList()), x.dtype());
  }

  static Typing expand(Tensor x, Shape shape) {
    boolean fits = Shape.broadcast(x.shape(), shape).filter(shape::equals).isPresent();
    require(
        fits,
        "expand",
        () ->
            "%s does not broadcast to %s: only axes of size 1 and new ones in front are repeated"
                .formatted(x.brief(), shape));
    return new Typing(shape, x.dtype());
  }

  /**
   * The shape of x with {@code result} on an axis, where {@code inner} steps lie in {@code outer}.
   */
  static Typing cut(
      Op op, Tensor x, int axis, Size outer, Size start, long step, Size inner, Size result) {
    require(step >= 1, op.label(), () -> "step %d of %s is less than 1".formatted(step, x.brief()));
    require(
        isInside(outer, start, step, inner),
        op.label(),
        () ->
            "%s elements from %s in steps of %d leave axis %d of %s: it has %s"
                .formatted(inner, start, step, axis, x.brief(), outer));
    return new Typing(x.shape().with(axis, result), x.dtype());
  }

  /** Whether steps stay within an axis, as far as the sizes are known. */
  private static boolean isInside(Size outer, Size start, long step, Size count) {
    if (!outer.isNumber() || !start.isNumber() || !count.isNumber()) {
      return true;
    }
    return count.is(0)
        ? start.number() <= outer.number()
        : count.number() - 1 <= Math.floorDiv(outer.number() - 1 - start.number(), step);
  }

  /** As {@link #cut} for a node that exists, with its sizes bound to numbers. */
  static void requireInside(Tensor node, int axis, Size outer, Size start, long step, Size count) {
    require(
        isInside(outer, start, step, count),
        node.op().label(),
        () ->
            "%s elements from %s in steps of %d leave axis %d of %s, which now has %s"
                .formatted(count, start, step, axis, node.inputs().getFirst().brief(), outer));
  }

  static Typing concat(List<Tensor> in, int axis) {
    Tensor first = in.getFirst();
    first.shape().axis(axis);
    Size total = Size.ZERO;
    for (Tensor x : in) {
      require(
          x.shape().rank() == first.shape().rank()
              && x.shape().with(axis, Size.ONE).equals(first.shape().with(axis, Size.ONE)),
          "concat",
          () -> "%s and %s differ in more than axis %d".formatted(first.brief(), x.brief(), axis));
      require(
          x.dtype() == first.dtype(),
          "concat",
          () ->
              "dtypes differ: %s is %s, %s is %s"
                  .formatted(first.brief(), first.dtype(), x.brief(), x.dtype()));
      Size before = total;
      total =
          total
              .plus(x.shape().size(axis))
              .orElseThrow(() ->
                  Complaint.of(
                      "concat",
                      "%s + %s on axis %d has no name of its own: use numbers for them"
                          .formatted(before, x.shape().size(axis), axis)));
    }
    return new Typing(first.shape().with(axis, total), first.dtype());
  }

  static Typing gather(Tensor x, Tensor index, int axis) {
    requireIndex("gather", index);
    x.shape().axis(axis);
    Shape shape = x.shape();
    return new Typing(
        shape.part(0, axis).then(index.shape()).then(shape.part(axis + 1, shape.rank())),
        x.dtype());
  }

  static Typing scatterAdd(Tensor x, Tensor index, int axis, Size size) {
    requireIndex("scatterAdd", index);
    Typing.requireNumbers("scatterAdd", x);
    int end = axis + index.shape().rank();
    require(
        axis >= 0 && end <= x.shape().rank() && x.shape().part(axis, end).equals(index.shape()),
        "scatterAdd",
        () ->
            "the axes of %s from %d on are not those of the index %s"
                .formatted(x.brief(), axis, index.brief()));
    Shape shape = x.shape();
    return new Typing(
        shape.part(0, axis).then(new Shape(List.of(size))).then(shape.part(end, shape.rank())),
        x.dtype());
  }

  private static void requireIndex(String what, Tensor index) {
    require(
        index.dtype() == DType.I32,
        what,
        () -> "the index %s is %s: it takes i32".formatted(index.brief(), index.dtype()));
  }
}
