package dev.cajal.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Numbers;
import org.junit.jupiter.api.Test;

/**
 * A network that can be worked out on paper: three inputs, two sigmoid neurons and one, {@code x =
 * (3, 0.2, -0.1)}, target 0. The numbers are from decimal arithmetic with fifty digits.
 */
class KnownNumbersTest {
  private static final double EXACT = 1e-15;

  private final Tensor x = Numbers.constant(3, 0.2, -0.1);
  private final Tensor w1 = Numbers.input("W1", 2, 3);
  private final Tensor b1 = Numbers.input("b1", 2);
  private final Tensor w2 = Numbers.input("W2", 1, 2);
  private final Tensor b2 = Numbers.input("b2", 1);

  private final Tensor hidden = w1.matmul(x).plus(b1).named("z1").sigmoid().named("h1");
  private final Tensor logit = w2.matmul(hidden).plus(b2).named("z2");
  private final Tensor output = logit.sigmoid().named("ŷ");
  private final Tensor loss = output.negated().plus(1).log().negated().sum().named("loss");

  private final Bindings weights =
      Bindings.of(w1, 0.1, 0.2, 0.3, -0.1, 0, -0.2).with(b1, 0, 0).with(w2, 0.2, -0.2).with(b2, 0);

  private void assertNumbers(Tensor y, double... expected) {
    assertThat(Numbers.of(y, weights)).containsExactly(expected, within(EXACT));
  }

  private Tensor slope(Tensor to) {
    return Gradient.of(loss, to);
  }

  @Test
  void theHiddenNeuronsAnswer() {
    assertNumbers(hidden, 0.5768852611320463, 0.43045377606077095);
  }

  @Test
  void theOutputNeuronAnswers() {
    assertNumbers(output, 0.5073210509967371);
  }

  @Test
  void theLossIsTheCrossEntropy() {
    assertNumbers(loss, 0.7078975361350005);
  }

  @Test
  void theGradientToTheLogitIsOutputMinusTarget() {
    assertNumbers(slope(logit), 0.5073210509967371);
  }

  @Test
  void theGradientToTheOutputIsThatOfTheLogarithm() {
    assertNumbers(slope(output), 1 / (1 - 0.5073210509967371));
  }

  @Test
  void theGradientReachesTheHiddenNeurons() {
    assertNumbers(slope(hidden), 0.10146421019934743, -0.10146421019934743);
  }

  @Test
  void theGradientOfTheSecondLayer() {
    assertNumbers(slope(w2), 0.29266603698203686, 0.21837826207666444);
    assertNumbers(slope(b2), 0.5073210509967371);
  }

  @Test
  void theGradientOfTheFirstLayer() {
    assertNumbers(
        slope(w1),
        0.07429878828790404,
        0.00495325255252694,
        -0.00247662627626347,
        -0.07462590873370534,
        -0.00497506058224702,
        0.00248753029112351);
    assertNumbers(slope(b1), 0.02476626276263468, -0.02487530291123511);
  }

  @Test
  void theGradientToTheInput() {
    assertNumbers(slope(x), 0.00496415656738698, 0.00495325255252694, 0.01240493941103743);
  }

  @Test
  void aStepAgainstTheGradientLowersTheLoss() {
    Tensor moved = w2.minus(slope(w2).times(0.1));
    double[] next = Numbers.of(moved, weights);

    double after = Numbers.of(loss, weights.with(w2, next))[0];

    assertThat(after).isLessThan(Numbers.of(loss, weights)[0]);
  }

  @Test
  void theNetworkPrintsAsItIsWritten() {
    assertThat(loss.toString().lines().toList())
        .contains("h1 = sigmoid(z1)   [2] f64", "ŷ = sigmoid(z2)   [1] f64");
  }
}
