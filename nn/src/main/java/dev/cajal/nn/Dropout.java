package dev.cajal.nn;

import dev.cajal.tensor.Tensor;

/**
 * In training, zeroes elements with a probability, and scales the others up by as much (Srivastava
 * et al., 2014); otherwise does nothing.
 */
public record Dropout(double rate, Dice dice) implements Layer {

  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("dropout: a rate is from 0 to below 1, not " + rate);
    }
  }

  public Dropout(double rate) {
    this(rate, new Dice());
  }

  @Override
  public Tensor apply(Tensor x) {
    return rate == 0 ? x : x.dropout(rate, dice.next());
  }
}
