package dev.cajal.nn;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.Locale;
import java.util.function.IntPredicate;

/** Targets that are classes: numbers of them, or distributions over them. */
final class Classes {
  private Classes() {}

  /** How many classes an output {@code [rows…, classes]} tells apart. */
  static int count(String what, Shape output) {
    if (output.rank() == 0 || !output.size(-1).isNumber()) {
      throw new IllegalArgumentException(
          "%s: the last axis of the output %s is not a number of classes".formatted(what, output));
    }
    return Math.toIntExact(output.size(-1).number());
  }

  /** As distributions {@code [rows…, classes]}, whatever the targets are. */
  static Tensor distributions(String what, Tensor y, Tensor t) {
    int classes = count(what, y.shape());
    if (t.dtype() == DType.I32 && t.shape().equals(y.shape().part(0, y.rank() - 1))) {
      return t.oneHot(classes).cast(y.dtype());
    }
    if (t.dtype().isFloat() && t.shape().equals(y.shape())) {
      return t.cast(y.dtype());
    }
    throw new IllegalArgumentException(
        "%s: for the output %s a target is %s i32 (the number of a class), or %s %s (a distribution), not %s %s"
            .formatted(
                what,
                y.brief(),
                y.shape().part(0, y.rank() - 1),
                y.shape(),
                y.dtype(),
                t.brief(),
                t.dtype()));
  }

  /** Refuses numbers that are no class, and what is no distribution. */
  static void check(Array target, Shape output, IntPredicate counts) {
    int classes = count("loss", output);
    if (target.dtype() == DType.I32) {
      LossOf.requireEach(
          target,
          counts,
          label -> label >= 0 && label < classes,
          "one of %d classes, 0 to %d".formatted(classes, classes - 1));
      return;
    }
    LossOf.requireEach(target, counts, p -> p >= 0 && p <= 1, "a probability");
    for (int row = 0; row * classes < target.length(); row++) {
      double sum = 0;
      for (int i = 0; i < classes; i++) {
        sum += target.at(row * classes + i);
      }
      if (counts.test(row * classes) && !(Math.abs(sum - 1) <= 1e-3)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "row %d: the probabilities of a target add up to %.4f, not to 1",
                row,
                sum));
      }
    }
  }
}
