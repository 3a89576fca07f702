package dev.cajal.nn;

import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;

/**
 * {@code γ·x/√(mean(x²) + ε)} of each row; x is {@code [any…, width]} (Zhang and Sennrich, 2019).
 */
public record RmsNorm(Parameter scale, double epsilon) implements Layer {

  public RmsNorm {
    Require.positive("RMS norm: epsilon", epsilon);
  }

  public RmsNorm(int width) {
    this(Parameter.of(Init.ones(), width), 1e-6);
  }

  @Override
  public Tensor apply(Tensor x) {
    Require.channels("RMS norm", x, scale);
    Tensor size = x.square().meanKeeping(-1).plus(epsilon).sqrt();
    return x.over(size).times(scale.value());
  }
}
