package dev.cajal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.CajalException;
import dev.cajal.nn.Activation;
import dev.cajal.nn.BatchNorm;
import dev.cajal.nn.Dense;
import dev.cajal.nn.Dropout;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Losses;
import dev.cajal.nn.Parameters;
import dev.cajal.nn.Sequential;
import dev.cajal.optim.Learner;
import dev.cajal.optim.Optimizers.Adam;
import dev.cajal.optim.Optimizers.Sgd;
import dev.cajal.optim.Schedule;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainerTest {

  private static Layer classifier() {
    return Sequential.ofSizes(Activation.TANH, 2, 32, 32, 3);
  }

  private static double accuracy(Trained trained, Batch samples) {
    int[] found = Metrics.predictions(trained.predict(samples.x()));
    return ConfusionMatrix.of(samples.y().toInts(), found, 3).accuracy();
  }

  @Test
  void spiralsAreToldApart() {
    List<Batch> parts = KeptRun.spirals(900).split(3, 0.6, 0.2, 0.2);
    Trained trained =
        Trainer.of(classifier(), Losses.crossEntropy())
            .optimizer(new Adam(0.01))
            .epochs(60)
            .batch(32)
            .seed(1)
            .fit(parts.get(0), parts.get(1));
    assertThat(accuracy(trained, parts.get(2))).isGreaterThan(0.95);
  }

  @Test
  void aLineIsFound() {
    var random = new SplittableRandom(1);
    var x = new float[100];
    var y = new float[100];
    for (int i = 0; i < 100; i++) {
      x[i] = (float) random.nextDouble(-1, 1);
      y[i] = 3 * x[i] - 2;
    }
    var model = new Dense(1, 1);
    Trainer.of(model, Losses.meanSquaredError())
        .optimizer(new Sgd(0.3))
        .epochs(60)
        .fit(Samples.of(Array.of(x, 100, 1), Array.of(y, 100, 1)));
    assertThat(model.weight().array().item()).isCloseTo(3, within(1e-4));
    assertThat(model.bias().orElseThrow().array().item()).isCloseTo(-2, within(1e-4));
  }

  private static List<Array> parametersAfterTenEpochs(long seed, int threads) {
    Layer model =
        Sequential.of(
            new Dense(2, 64, Activation.RELU),
            new BatchNorm(64),
            new Dropout(0.2),
            new Dense(64, 3));
    Trainer.of(model, Losses.crossEntropy())
        .epochs(10)
        .seed(seed)
        .threads(threads)
        .fit(KeptRun.spirals(200));
    return Parameters.of(model).all().stream().map(Parameter::array).toList();
  }

  @Test
  void theSameSeedGivesTheSameBitsOnAnyNumberOfThreads() {
    List<Array> once = parametersAfterTenEpochs(7, 1);
    assertThat(parametersAfterTenEpochs(7, 1)).isEqualTo(once);
    assertThat(parametersAfterTenEpochs(7, 2)).isEqualTo(once);
    assertThat(parametersAfterTenEpochs(8, 1)).isNotEqualTo(once);
  }

  /** With a rate of 0 each epoch sees the same loss: that of all samples, the last few too. */
  @Test
  void everySampleCountsOnceInAnEpoch() {
    Batch samples = KeptRun.spirals(50);
    Trained trained =
        Trainer.of(classifier(), Losses.crossEntropy())
            .optimizer(new Sgd(0))
            .epochs(2)
            .batch(16)
            .fit(samples);
    for (Event.Epoch epoch : trained.history()) {
      assertThat(epoch.loss()).isCloseTo(trained.loss(samples), within(1e-6));
    }
  }

  @Test
  void theParametersOfTheBestEpochAreKept() {
    List<Batch> parts = KeptRun.spirals(200).split(1, 0.2, 0.8);
    Trained trained =
        Trainer.of(Sequential.ofSizes(Activation.RELU, 2, 64, 3), Losses.crossEntropy())
            .optimizer(new Adam(0.5))
            .epochs(200)
            .earlyStopping(3)
            .fit(parts.get(0), parts.get(1));
    List<Double> losses = trained.history().stream().map(Event.Epoch::judged).toList();
    int best =
        IntStream.range(0, losses.size())
            .boxed()
            .min((a, b) -> Double.compare(losses.get(a), losses.get(b)))
            .orElseThrow();
    assertThat(losses.size()).isLessThan(200);
    assertThat(losses).hasSize(best + 1 + 3);
    assertThat(trained.bestEpoch()).isEqualTo(best + 1);
    assertThat(trained.loss(parts.get(1))).isCloseTo(losses.get(best), within(1e-6));
  }

  @Test
  void eventsComeInOrder() {
    var events = new ArrayList<Event>();
    Trainer.of(classifier(), Losses.crossEntropy())
        .epochs(2)
        .telling(events::add)
        .fit(KeptRun.spirals(30));
    events.removeIf(Event.Step.class::isInstance);
    assertThat(events).hasSize(4);
    assertThat(events.get(0))
        .isEqualTo(
            new Event.Began(
                30,
                2 * 32 + 32 + 32 * 32 + 32 + 32 * 3 + 3,
                2,
                2,
                OptionalLong.empty(),
                List.of()));
    assertThat(events.get(1)).isInstanceOf(Event.Epoch.class);
    assertThat(events.get(3)).isInstanceOf(Event.Ended.class);
  }

  @Test
  void theScheduleScalesEachStep() {
    var model = new Dense(1, 1).withoutBias();
    model.weight().set(Array.of(new float[] {0}, 1, 1));
    Batch one = Samples.of(Array.of(new float[] {1, 1, 1}, 3, 1), Array.of(new float[3], 3, 1));
    // The gradient of the mean of y is 1: each step takes away what the schedule says.
    Trainer.of(model, (y, t) -> y.minus(t).mean(-1))
        .optimizer(new Sgd(1))
        .schedule(Schedule.step(1, 0.5))
        .batch(1)
        .epochs(1)
        .fit(one);
    assertThat(model.weight().array().item()).isCloseTo(-1.75, within(1e-6));
  }

  @Test
  void whatIsFrozenStays() {
    Layer model = classifier();
    Parameters parameters = Parameters.of(model).initialise(1);
    Array first = parameters.get("layers.0.weight").array().copy();
    Array last = parameters.get("layers.2.weight").array().copy();
    Trainer.of(model, Losses.crossEntropy())
        .learner(Learner.of(new Adam(0.01)).freeze(path -> path.startsWith("layers.0")))
        .epochs(2)
        .fit(KeptRun.spirals(60));
    assertThat(parameters.get("layers.0.weight").array()).isEqualTo(first);
    assertThat(parameters.get("layers.2.weight").array()).isNotEqualTo(last);
  }

  /** Half of the labels are wrong, and count for nothing. */
  @Test
  void samplesWithoutWeightAreNotLearnedFrom() {
    Batch right = KeptRun.spirals(300);
    int[] labels = right.y().toInts();
    var weights = new float[300];
    for (int i = 0; i < 300; i++) {
      weights[i] = i % 2;
      labels[i] = i % 2 == 1 ? labels[i] : (labels[i] + 1) % 3;
    }
    Batch mixed = Samples.of(right.x(), Array.of(labels)).weighted(Array.of(weights));
    Trained trained =
        Trainer.of(classifier(), Losses.crossEntropy())
            .optimizer(new Adam(0.01))
            .epochs(80)
            .fit(mixed);
    assertThat(accuracy(trained, right)).isGreaterThan(0.9);
  }

  @Test
  void aLossThatIsNoNumberEndsTheRun() {
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() ->
            Trainer.of(new Dense(2, 2), Losses.meanSquaredError())
                .optimizer(new Sgd(1e20))
                .fit(Samples.of(KeptRun.spirals(60).x(), KeptRun.spirals(60).x())))
        .withMessageMatching(
            "the loss became (NaN|Infinity) at step [0-9]+, in epoch 1; first wrong.*");
  }

  @Test
  void mistakesAreRefusedBeforeAnythingIsLearned() {
    Batch samples = KeptRun.spirals(30);
    Trainer trainer =
        Trainer.of(Sequential.ofSizes(Activation.TANH, 2, 4, 2), Losses.crossEntropy());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.fit(samples))
        .withMessage("training: row 2: a target is one of 2 classes, 0 to 1, not 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Samples.of(samples.x(), Array.of(new int[29])))
        .withMessage("samples: 29 targets for 30 inputs");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Trainer.of(classifier(), Losses.crossEntropy())
                .fit(samples, Samples.of(Array.of(new float[3][5]), Array.of(new int[3]))))
        .withMessage("trainer: validation inputs are [3, 5], not [batch, 2]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.epochs(0))
        .withMessage("trainer: 0 epochs");
  }

  @Test
  void parametersThatAreNoComponentsAreRefused() {
    Parameter stray = Parameter.of("stray", Array.of(new float[] {1, 2, 3}));
    record Uses(Dense dense, java.util.function.Supplier<Tensor> hidden) implements Layer {
      @Override
      public Tensor apply(Tensor x) {
        return dense.apply(x).plus(hidden.get());
      }
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Trainer.of(new Uses(new Dense(2, 3), stray::value), Losses.crossEntropy())
                .fit(KeptRun.spirals(30)))
        .withMessageStartingWith(
            "trainer: the model uses parameters that are not among its components: stray [3]");
  }

  @Test
  void aSplitLeavesNobodyOutAndTakesNobodyTwice() {
    Batch samples = KeptRun.spirals(101);
    List<Batch> parts = samples.split(4, 0.6, 0.2, 0.2);
    assertThat(parts).extracting(Samples::size).containsExactly(61, 20, 20);
    var seen = new ArrayList<Float>();
    for (Batch part : parts) {
      for (int i = 0; i < part.size(); i++) {
        seen.add(part.x().toFloats()[2 * i]);
      }
    }
    var all = new ArrayList<Float>();
    for (int i = 0; i < 101; i++) {
      all.add(samples.x().toFloats()[2 * i]);
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(all).isNotEqualTo(all);
    assertThatIllegalArgumentException().isThrownBy(() -> samples.split(4, 0.6, 0.6));
  }
}
