package dev.cajal.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Tensor;
import dev.cajal.tensor.Window;
import dev.cajal.testing.Numbers;
import java.util.Arrays;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Where a function has a corner, its gradient is what its documentation says. */
class CornersTest {

  /** The gradient of the sum of f to the elements of x. */
  private static double[] slopes(UnaryOperator<Tensor> f, double... at) {
    Tensor x = Numbers.input("x", at.length);
    double[] slopes = Numbers.of(Gradient.of(f.apply(x).sum(), x), Bindings.of(x, at));
    return Arrays.stream(slopes).map(slope -> slope + 0.0).toArray(); // -0 becomes 0
  }

  private static double[] curvatures(UnaryOperator<Tensor> f, double... at) {
    return slopes(x -> Gradient.of(f.apply(x).sum(), x), at);
  }

  /** The gradient of f(x, y) to x and to y, where both are the same number. */
  private static double[] slopesWhereEqual(BinaryOperator<Tensor> f, double at) {
    return slopes(both -> f.apply(both.at(0, 0), both.at(0, 1)), at, at);
  }

  @Test
  void reluHasSlopeZeroAtZero() {
    assertThat(slopes(Tensor::relu, 0, -0.0)).containsExactly(0, 0);
  }

  @Test
  void absHasSlopeZeroAtZero() {
    assertThat(slopes(Tensor::abs, 0)).containsExactly(0);
  }

  @Test
  void signHasSlopeZeroAtZero() {
    assertThat(slopes(Tensor::sign, 0)).containsExactly(0);
  }

  @Test
  void stepHasSlopeZeroAtZero() {
    assertThat(slopes(Tensor::step, 0)).containsExactly(0);
  }

  @Test
  void leakyReluHasItsSlopeAtZero() {
    assertThat(slopes(x -> x.leakyRelu(0.25), 0)).containsExactly(0.25);
  }

  @Test
  void eluHasSlopeAlphaAtZero() {
    assertThat(slopes(x -> x.elu(0.75), 0)).containsExactly(0.75);
  }

  @Test
  void eluCurvesByAlphaAtZero() {
    assertThat(curvatures(x -> x.elu(0.75), 0)).containsExactly(0.75);
  }

  @Test
  void hardTanhHasHalfTheSlopeOnItsBounds() {
    assertThat(slopes(Tensor::hardTanh, -1, 1)).containsExactly(0.5, 0.5);
  }

  @Test
  void clipHasHalfTheSlopeOnItsBounds() {
    assertThat(slopes(x -> x.clip(-2, 3), -2, 3)).containsExactly(0.5, 0.5);
  }

  @Test
  void maximumSharesInHalvesWhereItsArgumentsAreEqual() {
    assertThat(slopesWhereEqual(Tensor::maximum, 3)).containsExactly(0.5, 0.5);
  }

  @Test
  void minimumSharesInHalvesWhereItsArgumentsAreEqual() {
    assertThat(slopesWhereEqual(Tensor::minimum, 3)).containsExactly(0.5, 0.5);
  }

  @Test
  void theMaximumOfATensorAndItselfHasItsWholeGradient() {
    assertThat(slopes(x -> x.maximum(x), 3)).containsExactly(1);
  }

  @Test
  void maxSharesEquallyAmongTheLargest() {
    assertThat(slopes(x -> x.max(), 4, 1, 4, 4, 0))
        .containsExactly(1 / 3.0, 0, 1 / 3.0, 1 / 3.0, 0);
  }

  @Test
  void minSharesEquallyAmongTheSmallest() {
    assertThat(slopes(x -> x.min(), 4, 1, 1, 4)).containsExactly(0, 0.5, 0.5, 0);
  }

  @Test
  void maxoutSharesEquallyAmongTheLargest() {
    assertThat(slopes(x -> x.maxout(2), 4, 4, 1, 2)).containsExactly(0.5, 0.5, 0, 1);
  }

  @Test
  void maxPoolGivesTheGradientToTheFirstOfEqualOnes() {
    assertThat(slopes(x -> x.reshape(1, 4, 1).maxPool(Window.of(2).stride(2)), 5, 5, 1, 1))
        .containsExactly(1, 0, 1, 0);
  }

  @Test
  void overlappingMaxPoolsAddUpAtTheFirstOfEqualOnes() {
    assertThat(slopes(x -> x.reshape(1, 3, 1).maxPool(Window.of(2)), 5, 5, 5))
        .containsExactly(1, 1, 0);
  }

  @Test
  void theNormHasSlopeZeroAtZero() {
    assertThat(slopes(x -> x.norm(), 0, 0, 0)).containsExactly(0, 0, 0);
  }

  @Test
  void theNormCurvesNowhereAtZero() {
    assertThat(curvatures(x -> x.norm(), 0, 0)).containsExactly(0, 0);
  }

  @Test
  void theNormAtZeroOfOneRowLeavesTheOthers() {
    assertThat(slopes(x -> x.reshape(2, 2).norm(-1), 0, 0, 0, 5)).containsExactly(0, 0, 0, 1);
  }

  @Test
  void theZerothPowerHasSlopeZeroAtZero() {
    assertThat(slopes(x -> x.power(0), 0)).containsExactly(0);
  }

  @Test
  void theFirstPowerHasSlopeOneAtZero() {
    assertThat(slopes(x -> x.power(1), 0)).containsExactly(1);
  }

  @Test
  void theSquareByPowerHasSlopeZeroAndCurvesByTwoAtZero() {
    assertThat(slopes(x -> x.power(2), 0)).containsExactly(0);
    assertThat(curvatures(x -> x.power(2), 0)).containsExactly(2);
  }

  @Test
  void theFirstPowerDoesNotCurveAtZero() {
    assertThat(curvatures(x -> x.power(1), 0)).containsExactly(0);
  }

  @Test
  void theRootByPowerHasInfiniteSlopeAtZero() {
    assertThat(slopes(x -> x.power(0.5), 0)).containsExactly(Double.POSITIVE_INFINITY);
  }

  @Test
  void theExponentOfZeroOrOfANegativeNumberHasNoGradient() {
    assertThat(slopes(y -> Numbers.constant(0, -2).power(y), 2, 3)).containsExactly(0, 0);
  }

  @Test
  void roundingHasSlopeZeroEverywhere() {
    assertThat(slopes(Tensor::floor, -1, 0, 0.5)).containsExactly(0, 0, 0);
    assertThat(slopes(Tensor::ceil, -1, 0, 0.5)).containsExactly(0, 0, 0);
    assertThat(slopes(Tensor::round, -1, 0, 0.5)).containsExactly(0, 0, 0);
  }

  @Test
  void theGradientOfTheSoftmaxOfEqualLogitsIsExactlyZero() {
    assertThat(slopes(x -> x.softmax(0), 2, 2, 2, 2)).containsExactly(0, 0, 0, 0);
  }

  @Test
  void nothingFlowsThroughAStoppedGradient() {
    assertThat(slopes(x -> x.stopGradient().times(x), 3)).containsExactly(3);
  }
}
