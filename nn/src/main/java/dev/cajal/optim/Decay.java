package dev.cajal.optim;

import dev.cajal.tensor.Tensor;

/** How much of a mean that forgets is not of the zeros that it began with. */
final class Decay {
  private Decay() {}

  /** {@code 1 - βᵗ}; by way of expm1, for β is near 1 and a float has seven digits. */
  static Tensor oneMinusPower(double beta, Tensor t) {
    return beta == 0 ? Tensor.scalar(t.dtype(), 1) : t.times(Math.log(beta)).expm1().negated();
  }
}
