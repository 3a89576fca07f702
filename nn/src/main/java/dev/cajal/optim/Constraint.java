package dev.cajal.optim;

import dev.cajal.tensor.Tensor;
import java.util.stream.IntStream;

/** What parameters must be after each step. */
@FunctionalInterface
public interface Constraint {

  /** The nearest value that is allowed. */
  Tensor apply(Tensor value);

  /**
   * The weights that go into each unit have a length of at most {@code most} (Srebro, 2005). A
   * matrix is {@code [units, inputs]}, a kernel {@code [window…, inputs, units]}; biases are let
   * be. The kernel of a transposed convolution is {@code [window…, outputs, inputs]}: of it, those
   * are limited that go out from each input. What is short enough stays what it is, to the bit.
   */
  static Constraint maxNorm(double most) {
    if (!(most > 0)) {
      throw new IllegalArgumentException("the largest norm is positive, not " + most);
    }
    return new Named.Limit(
        "weights of norm %s at most".formatted(most),
        w -> {
          if (w.rank() < 2) {
            return w;
          }
          int[] axes = w.rank() == 2 ? new int[] {1} : IntStream.range(0, w.rank() - 1).toArray();
          Tensor length = w.square().sumKeeping(axes).sqrt();
          Tensor shortened = w.times(length.maximum(most).reciprocal().times(most));
          return Tensor.where(length.greaterThan(most), shortened, w);
        });
  }
}
