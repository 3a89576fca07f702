package dev.cajal.nn;

import dev.cajal.tensor.Tensor;

/** In training, adds normal noise of a deviation; otherwise does nothing (Bishop, 1995). */
public record Noise(double deviation, Dice dice) implements Layer {

  public Noise(double deviation) {
    this(deviation, new Dice());
    if (!(deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("noise: a deviation is not negative; it is " + deviation);
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    Tensor noise = Tensor.normal(dice.stream(), x.shape().sizes().toArray()).times(deviation);
    return Tensor.where(Tensor.training(), x.plus(noise), x);
  }
}
