package dev.cajal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Loss;
import dev.cajal.nn.Losses;
import dev.cajal.nn.Parameters;
import dev.cajal.nn.Sequential;
import dev.cajal.optim.Learner;
import dev.cajal.optim.Optimizers.Adam;
import dev.cajal.optim.Optimizers.Sgd;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Parameter;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RateFinderTest {
  private static double lossAfter(double rate) {
    Layer model = Sequential.ofSizes(Activation.TANH, 2, 32, 3);
    return Trainer.of(model, Losses.crossEntropy())
        .optimizer(new Adam(rate))
        .epochs(20)
        .fit(KeptRun.spirals(300))
        .history()
        .getLast()
        .loss();
  }

  @Test
  void theRateThatIsFoundLearnsBetterThanTenTimesLessAndHundredTimesMore() {
    Layer model = Sequential.ofSizes(Activation.TANH, 2, 32, 3);
    Trainer trainer = Trainer.of(model, Losses.crossEntropy());
    RateFinder found = RateFinder.of(trainer, Adam::new, KeptRun.spirals(300));
    assertThat(found.rate()).isBetween(1e-3, 1.0);
    double loss = lossAfter(found.rate());
    assertThat(loss).isLessThan(lossAfter(found.rate() / 10));
    assertThat(loss).isLessThan(lossAfter(found.rate() * 100));
  }

  @Test
  void theModelIsLeftAsItWas() {
    Layer model = Sequential.ofSizes(Activation.RELU, 2, 16, 3);
    List<Array> before =
        Parameters.of(model).initialise(4).all().stream().map(it -> it.array().copy()).toList();
    RateFinder.of(Trainer.of(model, Losses.crossEntropy()), Sgd::new, KeptRun.spirals(100));
    assertThat(Parameters.of(model).all().stream().map(Parameter::array)).isEqualTo(before);
  }

  @Test
  void whatIsFrozenIsNotLearnedFromEither() {
    Layer model = Sequential.ofSizes(Activation.TANH, 2, 8, 3);
    Trainer trainer =
        Trainer.of(model, Losses.crossEntropy())
            .learner(Learner.of(new Adam(1)).freeze(path -> true));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RateFinder.of(trainer, Adam::new, KeptRun.spirals(100)))
        .withMessageContaining("no parameter to learn");
  }

  @Test
  void ratesGrowEvenlyOnALogarithmicScale() {
    Layer model = Sequential.ofSizes(Activation.TANH, 2, 8, 3);
    RateFinder found =
        RateFinder.of(Trainer.of(model, Losses.crossEntropy()), Adam::new, KeptRun.spirals(100));
    List<RateFinder.Point> points = found.points();
    assertThat(points.getFirst().rate()).isEqualTo(1e-7);
    assertThat(points.get(20).rate() / points.get(19).rate())
        .isEqualTo(points.get(10).rate() / points.get(9).rate(), within(1e-9));
    assertThat(found.toString()).contains("try a rate of");
  }

  @Test
  void noiseAtTinyRatesIsNotTakenForLearning() {
    for (int seed = 0; seed < 6; seed++) {
      var random = new SplittableRandom(seed);
      var x = new float[200];
      var y = new float[200];
      for (int i = 0; i < 200; i++) {
        x[i] = (float) random.nextGaussian();
        y[i] = (float) (Math.sin(2 * x[i]) + random.nextGaussian(0, 0.5));
      }
      Batch samples = Samples.of(Array.of(x, 200, 1), Array.of(y, 200, 1));
      Layer model = Sequential.ofSizes(Activation.TANH, 1, 16, 1);
      Trainer trainer = Trainer.of(model, Losses.meanSquaredError()).batch(10).seed(seed);

      assertThat(RateFinder.of(trainer, Adam::new, samples).rate()).isBetween(1e-4, 1.0);
    }
  }

  @Test
  void aLossThatMayBeNegativeHasTheSameRate() {
    Loss less = (y, t) -> Losses.crossEntropy().each(y, t).minus(100);
    double usual = rate(Losses.crossEntropy());

    assertThat(rate(less)).isEqualTo(usual, within(usual));
  }

  private static double rate(Loss loss) {
    Layer model = Sequential.ofSizes(Activation.TANH, 2, 32, 3);
    return RateFinder.of(Trainer.of(model, loss), Adam::new, KeptRun.spirals(300)).rate();
  }
}
