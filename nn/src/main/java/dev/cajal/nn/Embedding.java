package dev.cajal.nn;

import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;

/**
 * A vector for each of some things, by their numbers: x {@code [any…]} to {@code [any…, width]}.
 */
public record Embedding(Parameter weight) implements Layer {

  public Embedding(int count, int width) {
    this(Parameter.of(Init.normal(1), count, width));
  }

  @Override
  public Tensor apply(Tensor x) {
    return weight.value().gather(0, x);
  }
}
