package dev.cajal.nn;

import dev.cajal.tensor.Tensor;

/** Each output is the largest of some weighted sums of the inputs (Goodfellow et al., 2013). */
public record Maxout(Dense pieces, int count) implements Layer {

  public Maxout(int inputs, int outputs, int count) {
    this(new Dense(inputs, Math.multiplyExact(outputs, count)), count);
  }

  @Override
  public Tensor apply(Tensor x) {
    return pieces.apply(x).maxout(count);
  }
}
