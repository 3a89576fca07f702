package dev.cajal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cajal.CajalException;
import dev.cajal.nn.Activation;
import dev.cajal.nn.BatchNorm;
import dev.cajal.nn.Dense;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Losses;
import dev.cajal.nn.Parameters;
import dev.cajal.nn.Sequential;
import dev.cajal.optim.Optimizers.Sgd;
import dev.cajal.optim.Update;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NonFiniteTest {
  /** y = 1 for x = 1, twenty times. */
  private static Batch ones() {
    var ones = new float[20];
    Arrays.fill(ones, 1);
    return Samples.of(Array.of(ones, 20, 1), Array.of(ones, 20, 1));
  }

  private static Dense dense(float weight) {
    var dense = new Dense(1, 1);
    dense.weight().set(Array.of(new float[] {weight}, 1, 1));
    return dense;
  }

  private static void assertFails(Layer model, double rate, String message) {
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() ->
            Trainer.of(model, Losses.meanSquaredError())
                .optimizer(new Sgd(rate))
                .batch(5)
                .epochs(3)
                .fit(ones()))
        .withMessageContaining(message);
  }

  /** The loss is (log(w + b) - 1)², of which a step at w = 10 takes w and b far below zero. */
  @Test
  void theFirstOperationThatIsWrongIsNamedWithItsInput() {
    Layer model = Sequential.of(dense(10), x -> x.log());
    assertFails(
        model, 100, "the loss became NaN at step 2, in epoch 1; first wrong, at step 2: log(");
    assertFails(Sequential.of(dense(10), x -> x.log()), 100, " after layers.0 is NaN, of ");
  }

  /** √0 is 0, and its derivative is infinite: the loss is finite all along. */
  @Test
  void aGradientThatIsWrongIsFoundBehindAFiniteLoss() {
    assertFails(
        Sequential.of(dense(0), x -> x.sqrt()),
        0.1,
        "the loss became Infinity at step 2, in epoch 1; first wrong, at step 1: ");
    assertFails(Sequential.of(dense(0), x -> x.sqrt()), 0.1, "in what is learned, near layers.0");
  }

  @Test
  void aParameterThatTheLastStepSpoilsIsNoticed() {
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() ->
            Trainer.of(Sequential.of(dense(0), x -> x.sqrt()), Losses.meanSquaredError())
                .optimizer(new Sgd(0.1))
                .batch(20)
                .epochs(1)
                .fit(ones()))
        .withMessageContaining(
            "is no longer finite at step 1, in epoch 1; first wrong, at step 1: ");
  }

  /** Twice as large with each step, until f32 has no such number. */
  @Test
  void aLossThatRunsAwayIsFoundAtTheStepItDoes() {
    var losses = new ArrayList<Double>();
    Layer model = dense(2);
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() ->
            Trainer.of(model, Losses.meanSquaredError())
                .optimizer(new Sgd(100))
                .batch(20)
                .epochs(100)
                .telling(event -> {
                  if (event instanceof Event.Step step) {
                    losses.add(step.loss());
                  }
                })
                .fit(ones()))
        .withMessageMatching("(?s)the loss became Infinity at step \\d+.*first wrong, at step .*");
    assertThat(losses).allMatch(Double::isFinite);
    // The best epoch was the first, after whose step the loss was large already, but finite.
    assertThat(Parameters.of(model).all().stream().map(Parameter::array))
        .allMatch(array -> Double.isFinite(array.at(0)));
  }

  @Test
  void severalBatchesInAStepAreLookedAtOneByOne() {
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() ->
            Trainer.of(
                    Sequential.of(
                        new Dense(1, 4, Activation.RELU), new Dense(4, 1), x -> x.times(0).log()),
                    Losses.meanSquaredError())
                .batch(2)
                .accumulate(3)
                .fit(ones()))
        .withMessageContaining("first wrong, at step 1: log(")
        .withMessageContaining("is -Infinity");
  }

  /** The logarithm is infinite where nobody looks; what runs away is the cube. */
  @Test
  void whatIsInfiniteOnPurposeIsNotBlamed() {
    var both = Array.of(new float[] {1, -1}, 2, 1);
    Layer model =
        Sequential.of(
            dense(2), x -> x.relu().log().where(x.greaterThan(0), 0).plus(x.times(x).times(x)));
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() ->
            Trainer.of(model, Losses.meanSquaredError())
                .optimizer(new Sgd(100))
                .fit(Samples.of(both, both)))
        .withMessageContaining("first wrong")
        .withMessageNotContaining("log(");
  }

  @Test
  void whatTheOptimizerSpoilsIsNamed() {
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() ->
            Trainer.of(dense(2), Losses.meanSquaredError())
                .optimizer((w, g, _) -> Update.to(w.value().minus(g.negated().sqrt())))
                .batch(20)
                .fit(ones()))
        .withMessageContaining("first wrong, at step 1: sqrt(");
  }

  @Test
  void toLookChangesNoRunningStatistics() {
    var norm = new BatchNorm(1);
    Layer model = Sequential.of(norm, dense(10), x -> x.times(0).minus(1).log());
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> Trainer.of(model, Losses.meanSquaredError()).fit(ones()));
    assertThat(norm.runningMean().array()).isEqualTo(Array.of(new float[1]));
    assertThat(norm.runningVariance().array()).isEqualTo(Array.of(new float[] {1}));
  }
}
