package dev.cajal.bench.network;

import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.util.List;

/** Layer normalisation over the last axis, with a gain and a bias (Ba, Kiros and Hinton, 2016). */
record Norm(Parameter gain, Parameter bias) implements Network {
  private static final double EPSILON = 1e-5;

  static Norm of(String name, int width) {
    return new Norm(Weights.ones(name + ".gain", width), Weights.zeros(name + ".bias", width));
  }

  @Override
  public Tensor apply(Tensor x) {
    return x.layerNorm(EPSILON).times(gain.value()).plus(bias.value());
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(gain, bias);
  }
}
