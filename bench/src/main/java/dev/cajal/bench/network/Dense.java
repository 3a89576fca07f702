package dev.cajal.bench.network;

import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.util.List;

/** {@code x·weightᵀ + bias}: x {@code [batch…, inputs]}, weight {@code [outputs, inputs]}. */
record Dense(Parameter weight, Parameter bias) implements Network {

  /** As PyTorch begins: uniform within {@code ±1/√inputs}. */
  static Dense of(String name, int inputs, int outputs) {
    double bound = 1 / Math.sqrt(inputs);
    return new Dense(
        Weights.uniform(name + ".weight", bound, outputs, inputs),
        Weights.uniform(name + ".bias", bound, outputs));
  }

  @Override
  public Tensor apply(Tensor x) {
    return x.matmul(weight.value().transpose()).plus(bias.value());
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight, bias);
  }
}
