package dev.cajal.train;

import dev.cajal.tensor.Array;
import java.util.List;

/** What came of training a model, whose parameters are those of the best epoch. */
public final class Trained {
  private final Compiled compiled;
  private final List<Event.Epoch> history;
  private final int bestEpoch;

  Trained(Compiled compiled, List<Event.Epoch> history, int bestEpoch) {
    this.compiled = compiled;
    this.history = history;
    this.bestEpoch = bestEpoch;
  }

  /** The epochs, in order. */
  public List<Event.Epoch> history() {
    return history;
  }

  /** The number of the epoch whose parameters the model has. */
  public int bestEpoch() {
    return bestEpoch;
  }

  /** The mean loss over some samples. */
  public double loss(Samples samples) {
    compiled.require("given", samples);
    return compiled.loss(samples);
  }

  /** What the model gives for some inputs, whose first axis is that of samples. */
  public Array predict(Array inputs) {
    return compiled.predict(inputs);
  }
}
