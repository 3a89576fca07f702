package dev.cajal.nn;

import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;

/**
 * {@code γ·(x - μ)/√(σ² + ε) + β} with the mean and variance of each row; x is {@code [any…,
 * width]} (Ba, Kiros and Hinton, 2016).
 */
public record LayerNorm(Parameter scale, Parameter shift, double epsilon) implements Layer {

  public LayerNorm {
    Require.shape("layer norm: the shift", shift, scale.shape());
    Require.positive("layer norm: epsilon", epsilon);
  }

  public LayerNorm(int width) {
    this(width, 1e-5);
  }

  public LayerNorm(int width, double epsilon) {
    this(Parameter.of(Init.ones(), width), Parameter.of(Init.zeros(), width), epsilon);
  }

  @Override
  public Tensor apply(Tensor x) {
    Require.channels("layer norm", x, scale);
    return x.layerNorm(epsilon).times(scale.value()).plus(shift.value());
  }
}
