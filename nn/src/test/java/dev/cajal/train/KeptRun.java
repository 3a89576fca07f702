package dev.cajal.train;

import dev.cajal.nn.Activation;
import dev.cajal.nn.BatchNorm;
import dev.cajal.nn.Dense;
import dev.cajal.nn.Dropout;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Losses;
import dev.cajal.nn.Sequential;
import dev.cajal.optim.GradientRule;
import dev.cajal.optim.Learner;
import dev.cajal.optim.Optimizers.Adam;
import dev.cajal.optim.Plateau;
import dev.cajal.optim.Schedule;
import dev.cajal.tensor.Array;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** A run in a process of its own, which somebody may kill: {@code KeptRun FOLDER [EPOCHS]}. */
final class KeptRun {
  private KeptRun() {}

  /** A network with all that has a state: running statistics, dice, an optimizer, a schedule. */
  static Layer model() {
    return Sequential.of(
        new Dense(2, 32, Activation.RELU), new BatchNorm(32), new Dropout(0.2), new Dense(32, 3));
  }

  static Trainer trainer(Layer model) {
    return Trainer.of(model, Losses.crossEntropy())
        .learner(Learner.of(new Adam(0.003)).with(GradientRule.clipNorm(1)))
        .schedule(Schedule.cosine(4000, 0.1).warmUp(100))
        .plateau(Plateau.of(20, 0.7))
        .batch(8)
        .accumulate(2)
        .epochs(40)
        .metrics(Metric.accuracy(), Metric.macroF1())
        .seed(3)
        .savingEvery(Duration.ofMillis(5));
  }

  static List<Batch> samples() {
    return spirals(300).split(1, 0.7, 0.3);
  }

  /** Three arms that wind round each other, with a little noise. */
  static Batch spirals(int count) {
    var random = new SplittableRandom(5);
    var x = new float[2 * count];
    var y = new int[count];
    for (int i = 0; i < count; i++) {
      y[i] = i % 3;
      double along = random.nextDouble();
      double angle = 4 * along + y[i] * 2 * Math.PI / 3 + random.nextGaussian(0, 0.1);
      x[2 * i] = (float) (along * Math.cos(angle));
      x[2 * i + 1] = (float) (along * Math.sin(angle));
    }
    return Samples.of(Array.of(x, count, 2), Array.of(y));
  }

  public static void main(String[] arguments) {
    List<Batch> parts = samples();
    Trainer trainer = trainer(model()).in(Path.of(arguments[0]));
    if (arguments.length > 1) {
      trainer = trainer.epochs(Integer.parseInt(arguments[1]));
    }
    Trained trained =
        trainer
            .telling(Progress.on(System.err))
            .telling(event -> {
              if (!(event instanceof Event.Step)) {
                System.out.println(event);
              }
            })
            .resume(parts.get(0), parts.get(1));
    System.out.println(trained.ending());
  }
}
