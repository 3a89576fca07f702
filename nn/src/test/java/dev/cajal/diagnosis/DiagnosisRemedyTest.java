package dev.cajal.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.cajal.CajalException;
import dev.cajal.diagnosis.Networks.Recipe;
import dev.cajal.nn.Activation;
import dev.cajal.nn.Dense;
import dev.cajal.nn.Init;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Loss;
import dev.cajal.nn.Losses;
import dev.cajal.nn.Sequential;
import dev.cajal.optim.Optimizers.Adam;
import dev.cajal.optim.Optimizers.Sgd;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import dev.cajal.train.Batch;
import dev.cajal.train.Samples;
import dev.cajal.train.Trained;
import dev.cajal.train.Trainer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Networks that are easily taken for ill ones, and ill ones for which the usual advice is wrong.
 */
class DiagnosisRemedyTest {
  private static final Loss CROSS_ENTROPY = Losses.crossEntropy();

  private static Diagnosis diagnosis(
      Layer model, Loss loss, Batch samples, UnaryOperator<Trainer> how) {
    var probe = Probe.of(model, loss, samples);
    Trained trained =
        how.apply(Trainer.of(model, loss)).seed(3).threads(1).telling(probe).fit(samples);
    return Diagnosis.of(trained, probe, samples);
  }

  private static UnaryOperator<Trainer> adam(double rate, int epochs) {
    return trainer -> trainer.optimizer(new Adam(rate)).batch(32).epochs(epochs);
  }

  private static List<Illness> illnesses(Diagnosis diagnosis) {
    return diagnosis.findings().stream().map(Finding::illness).toList();
  }

  private static Finding only(Diagnosis diagnosis) {
    assertThat(diagnosis.findings()).describedAs("%s", diagnosis).hasSize(1);
    return diagnosis.findings().getFirst();
  }

  private static Dense dense(Parameter.Initial weights, int inputs, int units, Activation with) {
    return new Dense(
        Parameter.of(weights, units, inputs), Optional.of(Parameter.of(Init.zeros(), units)), with);
  }

  /** One class in thirty, whose features are a little larger. */
  private static Batch rare(int count) {
    var random = new SplittableRandom(8);
    var x = new float[count][3];
    var y = new int[count];
    for (int i = 0; i < count; i++) {
      y[i] = random.nextInt(30) == 0 ? 1 : 0;
      for (int k = 0; k < 3; k++) {
        x[i][k] = (float) random.nextGaussian(0.7 * y[i], 1);
      }
    }
    return Samples.of(Array.of(x), Array.of(y));
  }

  private static Batch numbers(int count, double noise) {
    var random = new SplittableRandom(9);
    var x = new float[count][1];
    var y = new float[count][1];
    for (int i = 0; i < count; i++) {
      x[i][0] = (float) random.nextDouble(-1, 1);
      y[i][0] = (float) (Math.sin(2 * Math.PI * x[i][0]) + random.nextGaussian(0, noise));
    }
    return Samples.of(Array.of(x), Array.of(y));
  }

  @Test
  void aLastLayerThatBeginsWithZerosLetsGradientsThroughLater() {
    Layer model =
        Sequential.of(
            new Dense(3, 16, Activation.RELU),
            new Dense(16, 16, Activation.RELU),
            dense(Init.zeros(), 16, 4, Activation.IDENTITY));
    Batch samples = DataSet.CHECKERS.draw(800, 1, 1);
    assertThat(illnesses(diagnosis(model, CROSS_ENTROPY, samples, adam(0.01, 60)))).isEmpty();
  }

  @Test
  void whoWeighsRareClassesAsAdvisedIsNotJudgedByFrequentOnes() {
    Layer model = Sequential.ofSizes(Activation.RELU, 3, 16, 2);
    Batch samples = rare(1000);
    assertThat(illnesses(diagnosis(model, CROSS_ENTROPY, samples, adam(0.003, 30))))
        .containsExactly(Illness.CLASSES_NEVER_PREDICTED);
    Layer again = Sequential.ofSizes(Activation.RELU, 3, 16, 2);
    Loss weighted = Losses.crossEntropy().weighted(0.515, 16.7);
    Diagnosis diagnosis = diagnosis(again, weighted, samples, adam(0.003, 30));
    assertThat(illnesses(diagnosis)).describedAs("%s", diagnosis).isEmpty();
  }

  @Test
  void placesThatDoNotCountAreNoPartOfTheBestConstant() {
    // Of eight places six are padding, whose label would be known.
    var x = new float[100][8];
    var y = new int[800];
    var weight = new float[800];
    var random = new SplittableRandom(2);
    for (int i = 0; i < y.length; i++) {
      boolean counts = i % 8 < 2;
      weight[i] = counts ? 1 : 0;
      y[i] = counts ? 1 + random.nextInt(2) : 0;
    }
    Batch samples = Samples.of(Array.of(x), Array.of(y, 100, 8)).weighted(Array.of(weight, 100, 8));
    Layer model = new Places();
    Trained trained =
        Trainer.of(model, CROSS_ENTROPY).optimizer(new Sgd(0.1)).epochs(1).batch(50).fit(samples);
    Constant constant = Constant.of(Outcome.of(trained, CROSS_ENTROPY, samples)).orElseThrow();
    assertThat(constant.loss()).isBetween(0.66, 0.72);
  }

  /** Three logits for each of eight places. */
  record Places(Dense dense) implements Layer {
    Places() {
      this(new Dense(8, 24));
    }

    @Override
    public Tensor apply(Tensor x) {
      return dense.apply(x).reshape(x.shape().sizes().getFirst(), 8, 3);
    }
  }

  @Test
  void aLossThatStillFallsNeedsTimeAndNoLargerNetwork() {
    Layer model = Sequential.ofSizes(Activation.RELU, 2, 64, 64, 3);
    Batch samples = DataSet.SPIRALS.draw(600, 1, 1);
    Finding finding = only(diagnosis(model, CROSS_ENTROPY, samples, adam(0.001, 4)));
    assertThat(finding.illness()).isEqualTo(Illness.UNDER_FITTING);
    assertThat(finding.remedy()).startsWith("train for more epochs");
  }

  @Test
  void aNetworkThatIsLargeEnoughNeedsTimeThoughTheLossIsFlat() {
    Layer model = Sequential.ofSizes(Activation.TANH, 1, 32, 32, 1);
    Batch samples = numbers(300, 0.1);
    Finding finding = only(diagnosis(model, Losses.meanSquaredError(), samples, adam(0.003, 12)));
    assertThat(finding.illness()).isEqualTo(Illness.UNDER_FITTING);
    assertThat(finding.remedy()).startsWith("train for more epochs");
  }

  @Test
  void weightsThatAreRightlySmallMakeNoStepLong() {
    var x = new float[40][];
    var y = new float[40][1];
    for (int i = 0; i < x.length; i++) {
      x[i] = new float[] {i & 1, i >> 1 & 1};
      y[i][0] = (i & 1) ^ (i >> 1 & 1);
    }
    Diagnosis diagnosis =
        diagnosis(
            new Dense(2, 1),
            Losses.binaryCrossEntropyFromLogits(),
            Samples.of(Array.of(x), Array.of(y)),
            adam(0.05, 300));
    assertThat(only(diagnosis).illness()).isEqualTo(Illness.UNDER_FITTING);
    assertThat(only(diagnosis).remedy()).contains("larger");
  }

  /** Prices by square metres. */
  private static Batch houses() {
    var random = new SplittableRandom(4);
    var x = new float[300][2];
    var y = new float[300][1];
    for (int i = 0; i < x.length; i++) {
      x[i][0] = random.nextInt(50, 200);
      x[i][1] = random.nextInt(1, 6);
      y[i][0] = (float) (3 * x[i][0] + 20 * x[i][1] + random.nextGaussian(0, 20));
    }
    return Samples.of(Array.of(x), Array.of(y));
  }

  @Test
  void largeNumbersAreToBeScaledFirst() {
    Layer model = Sequential.ofSizes(Activation.RELU, 2, 16, 1);
    var probe = Probe.of(model, Losses.meanSquaredError(), houses());
    Trainer trainer =
        Trainer.of(model, Losses.meanSquaredError()).optimizer(new Sgd(0.001)).telling(probe);
    try {
      trainer.epochs(10).fit(houses());
    } catch (CajalException _) {
      // It may well break off.
    }
    Finding finding = Diagnosis.of(probe).findings().getFirst();
    assertThat(finding.illness()).isEqualTo(Illness.RATE_TOO_HIGH);
    assertThat(finding.remedy()).isEqualTo("scale the inputs and targets to mean 0 and variance 1");
    assertThat(finding.evidence()).contains("input 0 has a mean of 12");
    assertThat(finding.numbers()).containsKey("deviation of targets");
  }

  @Test
  void whereInputsAreSmallSaturationIsOfTheFirstWeights() {
    Layer model = Sequential.of(dense(Init.normal(8), 2, 16, Activation.TANH), new Dense(16, 3));
    Batch samples = DataSet.BLOBS.draw(400, 1, 1);
    Finding own = only(diagnosis(model, CROSS_ENTROPY, samples, adam(0.01, 30)));
    assertThat(own.illness()).isEqualTo(Illness.SATURATED_TANHS);
    assertThat(own.remedy()).contains("smaller first weights");
    Layer usual = Recipe.of(Activation.TANH, 1, 16).network(2, 3);
    Finding scaled =
        only(diagnosis(usual, CROSS_ENTROPY, Spoilt.scaled(samples, 100), adam(0.01, 30)));
    assertThat(scaled.illness()).isEqualTo(Illness.SATURATED_TANHS);
    assertThat(scaled.remedy()).startsWith("scale the inputs");
  }

  /** Of 64 pixels, some are 0 in all samples, and one may be at another value. */
  private static Batch pixels(int dark, float other) {
    var random = new SplittableRandom(6);
    var x = new float[200][64];
    var y = new int[200];
    for (int i = 0; i < x.length; i++) {
      y[i] = random.nextInt(3);
      for (int k = dark; k < 64; k++) {
        x[i][k] =
            random.nextInt(4) == 0 ? 0 : (float) (random.nextDouble() * (k % 3 == y[i] ? 1 : 0.3));
      }
      x[i][0] = other;
    }
    return Samples.of(Array.of(x), Array.of(y));
  }

  @Test
  void pixelsThatAreNeverLitAreNoMistake() {
    Layer model = Sequential.ofSizes(Activation.RELU, 64, 16, 3);
    for (int dark : new int[] {3, 28}) {
      assertThat(illnesses(diagnosis(model, CROSS_ENTROPY, pixels(dark, 0), adam(0.01, 10))))
          .isEmpty();
    }
    assertThat(illnesses(diagnosis(model, CROSS_ENTROPY, pixels(1, 7.3f), adam(0.01, 10))))
        .containsExactly(Illness.CONSTANT_FEATURES);
  }

  @Test
  void stepsThatAreTooShortAreToldByTheSameSamples() {
    Diagnosis diagnosis =
        diagnosis(
            Sequential.ofSizes(Activation.TANH, 1, 32, 1),
            Losses.meanSquaredError(),
            numbers(600, 0.1),
            adam(1e-5, 20));
    Finding finding = only(diagnosis);
    assertThat(finding.illness()).isEqualTo(Illness.RATE_TOO_LOW);
    assertThat(finding.numbers().get("last loss")).isLessThan(finding.numbers().get("first loss"));
  }

  @Test
  void aProbeMustHaveListenedToTheRun() {
    Batch samples = DataSet.RINGS.draw(100, 1, 1);
    Loss loss = Losses.binaryCrossEntropyFromLogits();
    Layer model = Sequential.ofSizes(Activation.TANH, 2, 8, 1);
    Layer another = Sequential.ofSizes(Activation.TANH, 2, 8, 1);
    var deaf = Probe.of(model, loss, samples);
    var probe = Probe.of(another, loss, samples);
    Trainer trainer = Trainer.of(model, loss).epochs(2).telling(probe);
    Trained trained = trainer.fit(samples);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Diagnosis.of(trained, deaf, samples))
        .withMessageContaining("listened to no run");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Diagnosis.of(trained, probe, samples))
        .withMessageContaining("another model");
    assertThatIllegalStateException()
        .isThrownBy(() -> trainer.fit(samples))
        .withMessageContaining("take another");
  }

  @Test
  void ofNoiseNobodyAsksForALargerNetworkAlone() {
    Layer model = Sequential.ofSizes(Activation.TANH, 1, 8, 1);
    Diagnosis diagnosis =
        diagnosis(model, Losses.meanSquaredError(), numbers(1000, 5), adam(0.005, 40));
    assertThat(only(diagnosis).illness()).isEqualTo(Illness.UNDER_FITTING);
    assertThat(only(diagnosis).remedy()).contains("hardly anything to learn");
  }

  @Test
  void ofAFewSamplesNobodySaysThatTooLittleWasLearned() {
    Layer model = Sequential.ofSizes(Activation.TANH, 1, 1);
    Diagnosis diagnosis =
        diagnosis(model, Losses.meanSquaredError(), numbers(5, 0.1), adam(0.01, 20));
    assertThat(diagnosis.examined()).doesNotContain(Illness.UNDER_FITTING, Illness.OVER_FITTING);
    assertThat(diagnosis.has(Illness.UNDER_FITTING)).isFalse();
  }

  @Test
  void ofManySigmoidsNobodyAsksForOneMore() {
    Layer model = Sequential.ofSizes(Activation.SIGMOID, 2, 16, 16, 16, 16, 16, 3);
    Batch samples = DataSet.BLOBS.draw(120, 1, 1);
    Diagnosis diagnosis = diagnosis(model, CROSS_ENTROPY, samples, adam(0.001, 40));
    assertThat(diagnosis.has(Illness.UNDER_FITTING)).isTrue();
    assertThat(only(diagnosis).remedy()).contains("BatchNorm");
  }

  @Test
  void gradientsThatExplodeLaterAreOfStepsThatAreTooLong() {
    Finding exploding = Finding.of(Illness.EXPLODING_GRADIENTS, "later", Numbers.of("step", 200));
    Finding fast = Finding.of(Illness.RATE_TOO_HIGH, "at once", Numbers.of("steps", 200));
    assertThat(Causes.of(List.of(exploding, fast)))
        .containsExactly(fast.explaining(Illness.EXPLODING_GRADIENTS));
    assertThat(Causes.of(List.of(exploding.innate(true), fast)))
        .containsExactly(exploding.innate(true).explaining(Illness.RATE_TOO_HIGH));
  }

  @Test
  void aClassThatOnlyValidationSamplesHaveIsNotCalledOverFitting() {
    Batch inOrder = inOrder(DataSet.CHECKERS.draw(900, 2, 1));
    Batch training = inOrder.part(0, 600);
    Batch validation = inOrder.part(600, 900);
    Layer model = Sequential.ofSizes(Activation.TANH, 3, 24, 4);
    var probe = Probe.of(model, CROSS_ENTROPY, training);
    Trained trained =
        adam(0.01, 40)
            .apply(Trainer.of(model, CROSS_ENTROPY))
            .telling(probe)
            .fit(training, validation);

    Finding finding = only(Diagnosis.of(trained, probe, training, validation));

    assertThat(finding.illness()).isEqualTo(Illness.CLASSES_NEVER_PREDICTED);
    assertThat(finding.toString().replaceAll("\\s+", " "))
        .contains("validation samples are of class 3, and no training sample is")
        .contains("divide the samples at random");
  }

  private static Batch inOrder(Batch samples) {
    return samples.rows(
        IntStream.range(0, samples.size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> samples.y().at(i)))
            .mapToInt(Integer::intValue)
            .toArray());
  }

  @Test
  void aLabelThatIsThereTwiceLeaksTwice() {
    Batch plain = DataSet.CHECKERS.draw(600, 2, 1);
    var x = new float[600][5];
    for (int i = 0; i < 600; i++) {
      for (int k = 0; k < 3; k++) {
        x[i][k] = (float) plain.x().get(i, k);
      }
      x[i][3] = (float) plain.y().at(i);
      x[i][4] = 1 - 2 * x[i][3];
    }
    Batch leaking =
        Samples.of(Array.of(x), plain.y()).named(List.of("a", "b", "c", "label", "copy"));
    Layer model = Sequential.ofSizes(Activation.TANH, 5, 24, 4);

    Diagnosis diagnosis = diagnosis(model, CROSS_ENTROPY, leaking, adam(0.01, 30));

    Finding finding =
        diagnosis.findings().stream()
            .filter(each -> each.illness() == Illness.LEAKING_FEATURES)
            .findFirst()
            .orElseThrow();
    assertThat(finding.places()).containsExactlyInAnyOrder("label", "copy");
    assertThat(finding.toString()).contains("and so nearly does");
  }

  @Test
  void targetsThatTheLastActivationDoesNotReachAreNamed() {
    Layer model =
        Sequential.of(new Dense(1, 24, Activation.TANH), new Dense(24, 1, Activation.RELU));

    Diagnosis diagnosis =
        diagnosis(model, Losses.meanSquaredError(), numbers(400, 0.05), adam(0.01, 60));

    assertThat(diagnosis.toString().replaceAll("\\s+", " "))
        .contains("no output is below 0")
        .contains("leave out the activation after the last layer");
  }
}
