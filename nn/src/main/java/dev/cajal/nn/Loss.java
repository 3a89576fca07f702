package dev.cajal.nn;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.function.IntPredicate;

/**
 * How far outputs are from what they should be: a number for each sample (or for each place of one,
 * such as a token), and their mean.
 */
public interface Loss {

  /**
   * The loss of each sample, or of each place of one: its shape is that of the output's first axes.
   * A label that is no class goes unnoticed here, where there are no numbers yet: {@link #check}
   * refuses it.
   */
  Tensor each(Tensor output, Tensor target);

  /**
   * How much each sample, or place of one, counts by itself, such as its class's weight; as {@link
   * #each}, without a gradient. Usually 1.
   */
  default Tensor weights(Tensor output, Tensor target) {
    Tensor each = each(output, target);
    return Tensor.full(each.shape(), each.dtype(), 1);
  }

  /**
   * How much each counts by itself, times a weight that it is given: of the shape of {@link #each},
   * or of its first axes, and then for all places of a sample.
   */
  default Tensor weights(Tensor output, Tensor target, Tensor weight) {
    Tensor own = weights(output, target);
    return own.times(spread(weight, own));
  }

  /** The mean over all samples, which is what a network learns to make small. */
  default Tensor mean(Tensor output, Tensor target) {
    return each(output, target).sum().over(weights(output, target).sum());
  }

  /**
   * The mean over samples that count as much as {@code weight} says: those with weight 0, or false,
   * such as padding, as if they were not there. It has the shape of {@link #each}, or of its first
   * axes. Without any weight the loss is 0.
   */
  default Tensor mean(Tensor output, Tensor target, Tensor weight) {
    Tensor w = spread(weight, each(output, target));
    Tensor counts = w.equalTo(0).not();
    // Not a product alone: what does not count may be infinite or NaN, and so may its gradient.
    Tensor seen = output.where(alongRows(counts, output), 0);
    Tensor sum = each(seen, target).where(counts, 0).times(w).sum();
    Tensor all = weights(seen, target, w).sum();
    return sum.over(Tensor.where(all.equalTo(0), Tensor.scalar(all.dtype(), 1), all));
  }

  /** A weight for each place, of weights for what places are in. */
  private static Tensor spread(Tensor weight, Tensor each) {
    int rank = weight.rank();
    if (rank > each.rank() || !weight.shape().equals(each.shape().part(0, rank))) {
      throw new IllegalArgumentException(
          "loss: the weight %s is neither of the shape %s of what it is for, nor of its first axes"
              .formatted(weight.brief(), each.shape()));
    }
    return alongRows(weight.cast(each.dtype()), each).expand(each.shape());
  }

  private static Tensor alongRows(Tensor ofRows, Tensor wider) {
    Tensor wide = ofRows;
    while (wide.rank() < wider.rank()) {
      wide = wide.insertAxis(wide.rank());
    }
    return wide;
  }

  /**
   * Refuses targets that it can't take, naming the first row at fault.
   *
   * @param output the shape of what the network gives, for one sample or for all of them
   * @param counts whether the number of the targets at a position counts; others may be anything
   * @throws IllegalArgumentException for such targets
   */
  default void check(Array target, Shape output, IntPredicate counts) {}

  /** Refuses targets that it can't take, all of which count. */
  default void check(Array target, Shape output) {
    check(target, output, _ -> true);
  }
}
