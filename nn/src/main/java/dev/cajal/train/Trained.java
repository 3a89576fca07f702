package dev.cajal.train;

import dev.cajal.tensor.Array;
import java.util.List;

/** What came of training a model, whose parameters are those of the best epoch. */
public final class Trained {
  private final Programs programs;
  private final List<Metric> metrics;
  private final List<Event.Epoch> history;
  private final int bestEpoch;
  private final Ending ending;

  Trained(
      Programs programs,
      List<Metric> metrics,
      List<Event.Epoch> history,
      int bestEpoch,
      Ending ending) {
    this.programs = programs;
    this.metrics = metrics;
    this.history = List.copyOf(history);
    this.bestEpoch = bestEpoch;
    this.ending = ending;
  }

  /** The epochs, in order. */
  public List<Event.Epoch> history() {
    return history;
  }

  /** The number of the epoch whose parameters the model has; 0 if none was finished. */
  public int bestEpoch() {
    return bestEpoch;
  }

  /** Why it ended. */
  public Ending ending() {
    return ending;
  }

  /** The mean loss over some samples. */
  public double loss(Samples samples) {
    programs.require("given", samples);
    return programs.judge(samples, List.of()).loss();
  }

  /** The mean loss and the metrics of the training over some samples, such as those of a test. */
  public Scores test(Samples samples) {
    programs.require("given", samples);
    return programs.judge(samples, metrics);
  }

  /** What the model gives for some inputs, whose first axis is that of samples. */
  public Array predict(Array inputs) {
    return programs.predict(inputs);
  }
}
