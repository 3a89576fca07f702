package dev.cajal.nn;

import dev.cajal.tensor.Tensor;

/** Each sample as a row: {@code [batch, any…]} to {@code [batch, numbers]}. */
public record Flatten() implements Layer {

  @Override
  public Tensor apply(Tensor x) {
    return x.rank() == 2 ? x : x.flatten(1, x.rank() - 1);
  }
}
