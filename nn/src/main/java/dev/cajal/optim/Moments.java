package dev.cajal.optim;

import static dev.cajal.optim.Decay.oneMinusPower;

import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;

/**
 * What Adam and its kin keep of a gradient g, {@code m ← β₁·m + (1-β₁)·g} and {@code v ← β₂·v +
 * (1-β₂)·g²}, and in step t {@code m̂ = m/(1-β₁ᵗ)} and {@code v̂ = v/(1-β₂ᵗ)}: what they would be
 * had they not begun with zeros.
 *
 * @param ofM {@code 1/(1-β₁ᵗ)}
 * @param ofV {@code 1/(1-β₂ᵗ)}
 */
record Moments(Tensor m, Tensor v, Tensor ofM, Tensor ofV) {

  static Moments of(Parameter w, Tensor g, State state, double beta1, double beta2) {
    return new Moments(
        state.like("m", w).times(beta1).plus(g.times(1 - beta1)),
        state.like("v", w).times(beta2).plus(g.square().times(1 - beta2)),
        oneMinusPower(beta1, state.step()).reciprocal(),
        oneMinusPower(beta2, state.step()).reciprocal());
  }

  Tensor unbiasedM() {
    return m.times(ofM);
  }

  Tensor unbiasedV() {
    return unbiased(v);
  }

  /** What has stepped into the place of v, as v̂ does. */
  Tensor unbiased(Tensor another) {
    return another.times(ofV);
  }

  Update keptWith(Tensor next) {
    return Update.to(next).keeping("m", m).keeping("v", v);
  }
}
