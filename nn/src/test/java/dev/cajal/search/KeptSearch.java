package dev.cajal.search;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Losses;
import dev.cajal.nn.Sequential;
import dev.cajal.optim.Optimizers.Momentum;
import dev.cajal.tensor.Array;
import dev.cajal.train.Batch;
import dev.cajal.train.Samples;
import dev.cajal.train.Trainer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/** A search in a process of its own, which somebody may kill: {@code KeptSearch FOLDER}. */
final class KeptSearch {
  private KeptSearch() {}

  /** The rate may be so large that the loss diverges. */
  static Space space() {
    return Space.of(Dimension.logUniform("rate", 1e-4, 1e3), Dimension.choice("batch", 8, 16));
  }

  static Setting setting(double rate) {
    SequencedMap<String, String> values = new LinkedHashMap<>();
    values.put("rate", "" + rate);
    values.put("batch", "8");
    return new Setting(values);
  }

  static Trainer trainer(Setting setting) {
    return Trainer.of(Sequential.ofSizes(Activation.TANH, 2, 8, 1), Losses.meanSquaredError())
        .optimizer(new Momentum(setting.number("rate")))
        .batch(setting.integer("batch"))
        .savingEvery(Duration.ofMillis(1))
        .threads(1)
        .epochs(6)
        .seed(5);
  }

  /** A plane with a little noise. */
  static Batch samples() {
    int count = 96;
    var random = new SplittableRandom(3);
    var x = new float[2 * count];
    var y = new float[count];
    for (int i = 0; i < count; i++) {
      x[2 * i] = (float) random.nextDouble(-1, 1);
      x[2 * i + 1] = (float) random.nextDouble(-1, 1);
      y[i] = (float) (x[2 * i] - x[2 * i + 1] / 2 + 0.3 + random.nextGaussian(0, 0.02));
    }
    return Samples.of(Array.of(x, count, 2), Array.of(y, count, 1));
  }

  static List<Batch> parts() {
    return samples().split(1, 0.7, 0.3);
  }

  static Search search() {
    return Search.of(space(), KeptSearch::trainer).hyperband(4, 2).seed(4);
  }

  /** Trials without times, which are never the same. */
  static List<Trial> timeless(Results results) {
    return results.trials().stream()
        .map(trial ->
            new Trial(
                trial.number(),
                trial.setting(),
                trial.outcomes().stream().map(KeptSearch::timeless).toList()))
        .toList();
  }

  private static Outcome timeless(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed failed -> failed;
      case Outcome.Scored(double score, OptionalDouble deviation, int epochs, double _) ->
          new Outcome.Scored(score, deviation, epochs, 0);
    };
  }

  public static void main(String[] arguments) {
    List<Batch> parts = parts();
    Results results =
        search()
            .in(Path.of(arguments[0]))
            .telling(trial -> System.out.println("told " + trial.number()))
            .resume(parts.get(0), parts.get(1));
    timeless(results).forEach(System.out::println);
  }
}
