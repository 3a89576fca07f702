package dev.cajal.train;

import dev.cajal.json.Json;
import dev.cajal.json.JsonObject;
import dev.cajal.nn.SavedModel;
import dev.cajal.tensor.Array;
import java.util.List;
import java.util.Map;

/** What came of training a model, whose parameters are those of the best epoch. */
public final class Trained {
  private final Trainer settings;
  private final Programs programs;
  private final List<Event.Epoch> history;
  private final int bestEpoch;
  private final Ending ending;

  Trained(
      Trainer settings,
      Programs programs,
      List<Event.Epoch> history,
      int bestEpoch,
      Ending ending) {
    this.settings = settings;
    this.programs = programs;
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
    programs.requirements().require("given", samples);
    return programs.judge(samples, List.of()).loss();
  }

  /** The mean loss and the metrics of the training over some samples, such as those of a test. */
  public Scores test(Samples samples) {
    programs.requirements().require("given", samples);
    return programs.judge(samples, settings.metrics());
  }

  /** The model as plain data, to be kept or served. */
  public SavedModel model() {
    programs.namePaths();
    JsonObject made =
        JsonObject.empty()
            .with("seed", Json.number(settings.seed()))
            .with("batch", Json.number(settings.batch()))
            .with("loss", settings.loss().toString())
            .with("learner", settings.learner().toString())
            .with("epochs", Json.number(history.size()))
            .with("best", Json.number(bestEpoch));
    return settings
        .described()
        .apply(SavedModel.of(Map.of("y", programs.output())).with("training", made));
  }

  /** What the model gives for some inputs, whose first axis is that of samples. */
  public Array predict(Array inputs) {
    return programs.predict(inputs);
  }
}
