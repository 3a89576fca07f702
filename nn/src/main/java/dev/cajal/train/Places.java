package dev.cajal.train;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Outputs and targets place by place: samples, or tokens of them, those left out that count
 * nothing.
 *
 * @param y outputs {@code [places, …]}
 * @param t targets {@code [places, …]}
 */
record Places(Array y, Array t) {

  static Places of(Array outputs, Batch samples) {
    Array targets = samples.y();
    boolean areLabels =
        targets.dtype() == DType.I32 && targets.shape().rank() == outputs.shape().rank() - 1;
    int axes = areLabels ? targets.shape().rank() : Math.max(1, targets.shape().rank() - 1);
    var all = new Places(flat(outputs, axes), flat(targets, axes));
    return samples.weight().map(all::counted).orElse(all);
  }

  /** All places of some parts. */
  static Places join(List<Places> parts) {
    return new Places(
        Array.join(parts.stream().map(Places::y).toList()),
        Array.join(parts.stream().map(Places::t).toList()));
  }

  /** With the first axes as one. */
  private static Array flat(Array array, int axes) {
    Shape shape = array.shape();
    return Array.wrap(
        array.data(),
        Shape.of(shape.part(0, axes).elements()).then(shape.part(axes, shape.rank())));
  }

  /** A weight may be that of all places of a sample. */
  private Places counted(Array weight) {
    int each = y.rowCount() / Math.max(1, weight.length());
    int[] those =
        IntStream.range(0, y.rowCount()).filter(place -> weight.at(place / each) != 0).toArray();
    return new Places(y.rows(those), t.rows(those));
  }
}
