package dev.cajal.nn;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.function.BinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.IntPredicate;

/** Losses that are a formula of output and target, by what the targets are. */
final class LossOf {
  private LossOf() {}

  /** Element by element, and the mean over the last axis if it is not the only one. */
  record Numbers(String name, BinaryOperator<Tensor> element, DoublePredicate fits, String wanted)
      implements Loss {

    Numbers(String name, BinaryOperator<Tensor> element) {
      this(name, element, Double::isFinite, "a finite number");
    }

    @Override
    public Tensor each(Tensor y, Tensor t) {
      requireSameShape(y, t);
      Tensor elements = element.apply(y, t.cast(y.dtype()));
      return y.rank() < 2 ? elements : elements.mean(-1);
    }

    @Override
    public void check(Array target, Shape output, IntPredicate counts) {
      requireEach(target, counts, fits, wanted);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** A number for each row, of an output and a target of the same shape. */
  record Rows(String name, BinaryOperator<Tensor> row) implements Loss {

    @Override
    public Tensor each(Tensor y, Tensor t) {
      requireSameShape(y, t);
      return row.apply(y, t);
    }

    @Override
    public void check(Array target, Shape output, IntPredicate counts) {
      requireEach(target, counts, Double::isFinite, "a finite number");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** A number for each row, of an output and the row's class, which becomes a one among zeros. */
  record Labels(String name, BinaryOperator<Tensor> row) implements Loss {

    @Override
    public Tensor each(Tensor y, Tensor t) {
      return row.apply(y, Classes.distributions("loss", y, t));
    }

    @Override
    public void check(Array target, Shape output, IntPredicate counts) {
      Classes.check(target, output, counts);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static void requireSameShape(Tensor y, Tensor t) {
    if (!y.shape().equals(t.shape())) {
      throw new IllegalArgumentException(
          "loss: the output %s and the target %s differ in shape".formatted(y.brief(), t.brief()));
    }
  }

  static void requireEach(Array target, IntPredicate counts, DoublePredicate fits, String wanted) {
    int rows = target.shape().rank() == 0 ? 1 : target.shape().numbers()[0];
    int width = rows == 0 ? 1 : target.length() / rows;
    for (int i = 0; i < target.length(); i++) {
      if (counts.test(i) && !fits.test(target.at(i))) {
        String number = target.dtype() == DType.I32 ? "" + (int) target.at(i) : "" + target.at(i);
        throw new IllegalArgumentException(
            "row %d: a target is %s, not %s".formatted(i / Math.max(1, width), wanted, number));
      }
    }
  }
}
