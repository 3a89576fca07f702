package dev.cajal.nn;

import dev.cajal.tensor.Tensor;

/** {@code x + f(x)}: what is learned is the difference (He et al., 2016). */
public record Residual(Layer inner) implements Layer {

  @Override
  public Tensor apply(Tensor x) {
    Tensor y = inner.apply(x);
    if (!y.shape().equals(x.shape())) {
      throw new IllegalArgumentException(
          "residual: what is added to %s is %s".formatted(x.brief(), y.brief()));
    }
    return x.plus(y);
  }
}
