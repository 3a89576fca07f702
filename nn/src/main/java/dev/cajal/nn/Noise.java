package dev.cajal.nn;

import dev.cajal.tensor.Tensor;

/** In training, adds normal noise of a deviation; otherwise does nothing (Bishop, 1995). */
public record Noise(double deviation, Dice dice) implements Layer {

  public Noise {
    Require.notNegative("noise: the deviation", deviation);
  }

  public Noise(double deviation) {
    this(deviation, new Dice());
  }

  @Override
  public Tensor apply(Tensor x) {
    Tensor noise = Tensor.normal(dice.next(), x.shape().sizes().toArray()).times(deviation);
    return Tensor.where(Tensor.training(), x.plus(noise), x);
  }
}
