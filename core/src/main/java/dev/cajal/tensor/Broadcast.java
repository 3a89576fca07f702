package dev.cajal.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * NumPy's broadcasting, made visible: the expressions hold an {@link Op.Expand} wherever it
 * happens.
 */
final class Broadcast {
  private Broadcast() {}

  /** The shape that all tensors broadcast to; refused where there is none. */
  static Shape shape(String what, Tensor... tensors) {
    Shape shape = Shape.SCALAR;
    for (Tensor tensor : tensors) {
      shape =
          Shape.broadcast(shape, tensor.shape())
              .orElseThrow(() ->
                  Complaint.of(
                      what,
                      "shapes do not broadcast: "
                          + Arrays.stream(tensors)
                              .map(Tensor::brief)
                              .collect(Collectors.joining(", "))));
    }
    return shape;
  }

  /** {@code op(x, y)} of two tensors that are brought to one shape. */
  static Tensor apply(String what, Op op, Tensor x, Tensor y) {
    String symbol =
        switch (op) {
          case Op.Map2(var f) -> f.symbol();
          case Op.Compare(var relation) -> relation.symbol();
          default -> ",";
        };
    Shape shape =
        Shape.broadcast(x.shape(), y.shape())
            .orElseThrow(() ->
                Complaint.of(
                    what,
                    "shapes do not broadcast: %s %s %s%s"
                        .formatted(x.brief(), symbol, y.brief(), clash(x.shape(), y.shape()))));
    return Tensor.of(op, x.expand(shape), y.expand(shape));
  }

  /** Where two shapes clash first, from the end. */
  private static String clash(Shape x, Shape y) {
    for (int axis = -1; axis >= -Math.max(x.rank(), y.rank()); axis--) {
      Size left = x.aligned(axis);
      Size right = y.aligned(axis);
      if (!left.equals(right) && !left.is(1) && !right.is(1)) {
        return ": axis %d: %s ≠ %s".formatted(axis, left, right);
      }
    }
    return "";
  }
}
