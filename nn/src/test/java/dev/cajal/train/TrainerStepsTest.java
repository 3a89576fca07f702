package dev.cajal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Activation;
import dev.cajal.nn.BatchNorm;
import dev.cajal.nn.Dense;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Losses;
import dev.cajal.nn.Parameters;
import dev.cajal.nn.Sequential;
import dev.cajal.optim.Learner;
import dev.cajal.optim.Optimizers.Adam;
import dev.cajal.optim.Optimizers.Sgd;
import dev.cajal.optim.Plateau;
import dev.cajal.tensor.Array;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many steps there are, from what, and how they are measured. */
class TrainerStepsTest {
  private static final Batch SAMPLES = KeptRun.spirals(100);

  private static Layer classifier() {
    return Sequential.ofSizes(Activation.TANH, 2, 16, 3);
  }

  private static Trainer trainer(Layer model) {
    return Trainer.of(model, Losses.crossEntropy()).optimizer(new Adam(0.01));
  }

  private static List<double[]> after(Layer model) {
    return Parameters.of(model).all().stream().map(it -> it.array().toDoubles()).toList();
  }

  /** 100 samples: three times thirty and ten, or steps of two, two and one batch. */
  @Test
  void severalBatchesAreAsOneLargeOne() {
    Layer large = classifier();
    trainer(large).batch(40).epochs(5).fit(SAMPLES);
    Layer several = classifier();
    trainer(several).batch(20).accumulate(2).epochs(5).fit(SAMPLES);
    for (int i = 0; i < after(large).size(); i++) {
      assertThat(after(several).get(i)).containsExactly(after(large).get(i), within(1e-4));
    }
  }

  /** A batch of which nothing counts among others changes nothing. */
  @Test
  void severalBatchesWeighAsMuchAsTheirSamples() {
    var weights = new float[100];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % 3;
    }
    Batch weighted = SAMPLES.weighted(Array.of(weights));
    Layer large = classifier();
    trainer(large).optimizer(new Sgd(0.1)).batch(100).epochs(3).fit(weighted);
    Layer several = classifier();
    trainer(several).optimizer(new Sgd(0.1)).batch(7).accumulate(15).epochs(3).fit(weighted);
    for (int i = 0; i < after(large).size(); i++) {
      assertThat(after(several).get(i)).containsExactly(after(large).get(i), within(1e-5));
    }
  }

  @Test
  void stepsMayEndInTheMiddleOfAnEpoch() {
    var steps = new ArrayList<Event.Step>();
    Trained trained =
        trainer(classifier())
            .batch(30)
            .steps(10)
            .telling(event -> {
              if (event instanceof Event.Step step) {
                steps.add(step);
              }
            })
            .fit(SAMPLES, SAMPLES);
    assertThat(steps).hasSize(10);
    assertThat(steps.stream().map(Event.Step::samples))
        .containsExactly(30, 60, 90, 100, 30, 60, 90, 100, 30, 60);
    assertThat(trained.history()).hasSize(3);
    assertThat(trained.history().getLast().step()).isEqualTo(10);
    assertThat(trained.ending()).isEqualTo(Ending.DONE);
  }

  @Test
  void metricsAreOfAllValidationSamplesAtOnce() {
    Batch many = KeptRun.spirals(700);
    Trained trained =
        trainer(classifier())
            .epochs(3)
            .metrics(Metric.accuracy(), Metric.macroF1(), Metric.logLoss(), Metric.topK(2))
            .fit(SAMPLES, many);
    int[] labels = many.y().toInts();
    Array scores = trained.predict(many.x());
    ConfusionMatrix matrix = ConfusionMatrix.of(labels, Metrics.predictions(scores), 3);
    var metrics = trained.test(many).metrics();
    assertThat(metrics.sequencedKeySet()).containsExactly("accuracy", "f1", "log-loss", "top2");
    assertThat(metrics)
        .containsEntry("accuracy", matrix.accuracy())
        .containsEntry("f1", matrix.macroF1())
        .containsEntry("top2", Metrics.topK(scores, labels, 2));
    assertThat(metrics.get("log-loss")).isCloseTo(trained.loss(many), within(1e-5));
    assertThat(trained.history().get(trained.bestEpoch() - 1).metrics()).isEqualTo(metrics);
  }

  /** Sequences of two places, of which the second of each is padding with no label. */
  @Test
  void placesThatDoNotCountAreInNoMetric() {
    var x = Array.of(new float[] {1, 0, 9, 9, 0, 1, -9, 9}, 2, 2, 2);
    var y = Array.of(new int[] {0, -1, 1, 77}, 2, 2);
    var weight = Array.of(new float[] {1, 0, 1, 0}, 2, 2);
    Batch samples = Samples.of(x, y).weighted(weight);
    Trained trained =
        trainer(new Dense(2, 2))
            .optimizer(new Sgd(1))
            .epochs(30)
            .metrics(Metric.accuracy())
            .fit(samples, samples);
    assertThat(trained.test(samples).metrics()).containsEntry("accuracy", 1.0);
    assertThat(trained.loss(samples)).isBetween(0.0, 0.2);
  }

  /**
   * It would spoil what is learned from the row even where that counts nothing: 0 times NaN is NaN.
   */
  @Test
  void inputsThatAreNoNumbersAreRefused() {
    var x = Array.of(new float[] {1, 0, 2, Float.NaN, 0, 1}, 3, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> trainer(new Dense(2, 2)).fit(Samples.of(x, Array.of(new int[] {0, 1, 1}))))
        .withMessage("trainer: training inputs: row 1 has NaN");
  }

  /** Three sequences of two places; the second sequence counts nothing. */
  @Test
  void aWeightMayBeThatOfAWholeSequence() {
    var x = Array.of(new float[] {1, 0, 0, 1, 1, 0, 1, 0, 0, 1, 1, 0}, 3, 2, 2);
    var y = Array.of(new int[] {0, 1, 1, 1, 1, 0}, 3, 2);
    Batch samples = Samples.of(x, y).weighted(Array.of(new float[] {1, 0, 2}));
    Trained trained =
        trainer(new Dense(2, 2))
            .optimizer(new Sgd(1))
            .epochs(40)
            .metrics(Metric.accuracy())
            .fit(samples, samples);
    assertThat(trained.test(samples).metrics()).containsEntry("accuracy", 1.0);
  }

  @Test
  void weightsThatMakeNoSenseAreRefused() {
    Batch samples = KeptRun.spirals(3);
    assertWeightsRefused(samples, "row 1 has -1.0", 1, -1, 1);
    assertWeightsRefused(samples, "row 2 has NaN", 1, 1, Float.NaN);
    assertWeightsRefused(samples, "training weights are all 0", 0, 0, 0);
  }

  private static void assertWeightsRefused(Batch samples, String message, float... weights) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer(classifier()).fit(samples.weighted(Array.of(weights))))
        .withMessageContaining(message);
  }

  @Test
  void theBestEpochMayBeThatOfAMetric() {
    Batch validation = KeptRun.spirals(90);
    Trained trained =
        trainer(classifier())
            .optimizer(new Adam(0.1))
            .epochs(30)
            .best(Metric.accuracy())
            .fit(SAMPLES.part(0, 30), validation);
    List<Double> values =
        trained.history().stream().map(epoch -> epoch.metrics().get("accuracy")).toList();
    int best = values.indexOf(values.stream().max(Double::compare).orElseThrow());
    assertThat(trained.bestEpoch()).isEqualTo(best + 1);
    assertThat(trained.test(validation).metrics()).containsEntry("accuracy", values.get(best));
  }

  @Test
  void aPlateauLowersThePace() {
    var paces = new ArrayList<Double>();
    trainer(classifier())
        .optimizer(new Sgd(0))
        .plateau(Plateau.of(1, 0.5))
        .batch(100)
        .epochs(6)
        .telling(event -> {
          if (event instanceof Event.Step step) {
            paces.add(step.pace());
          }
        })
        .fit(SAMPLES, SAMPLES);
    // The loss stays what it is: after two epochs that are no better, half.
    assertThat(paces).containsExactly(1.0, 1.0, 1.0, 0.5, 0.5, 0.25);
  }

  @Test
  void runningStatisticsOfFrozenLayersStay() {
    var norm = new BatchNorm(2);
    var free = new BatchNorm(2);
    Layer model = Sequential.of(norm, new Dense(2, 3), new Dense(3, 2), free, new Dense(2, 3));
    trainer(model)
        .learner(Learner.of(new Adam(0.01)).freeze(path -> path.startsWith("layers.0.")))
        .epochs(1)
        .fit(SAMPLES);
    assertThat(norm.runningMean().array()).isEqualTo(Array.of(new float[2]));
    assertThat(norm.runningVariance().array()).isEqualTo(Array.of(new float[] {1, 1}));
    assertThat(free.runningVariance().array()).isNotEqualTo(Array.of(new float[] {1, 1}));
  }

  @Test
  void aTrainerIsNotChangedByItsSettings() {
    Trainer one = trainer(classifier()).epochs(1);
    Trainer five = one.epochs(5);
    assertThat(one.fit(SAMPLES).history()).hasSize(1);
    assertThat(five.fit(SAMPLES).history()).hasSize(5);
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    Trainer trainer = trainer(classifier());
    assertThatIllegalArgumentException().isThrownBy(() -> trainer.accumulate(0));
    assertThatIllegalArgumentException().isThrownBy(() -> trainer.steps(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.metrics(Metric.accuracy(), Metric.accuracy()))
        .withMessageContaining("two metrics are called");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.best(Metric.accuracy()).fit(SAMPLES))
        .withMessageContaining("that of validation samples, and there are none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.resume(SAMPLES))
        .withMessageContaining("in which folder");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.metrics(Metric.r2()).fit(SAMPLES, SAMPLES))
        .withMessageStartingWith("r2: ");
  }
}
