package dev.cajal.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import dev.cajal.tensor.Window;
import dev.cajal.testing.Numbers;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceTest {
  private static final double NAN = Double.NaN;
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  private static Tensor integers(int... values) {
    return Tensor.constant(Array.of(values));
  }

  private static Tensor numbers(double... values) {
    return Numbers.constant(values);
  }

  @Test
  void integerArithmeticWraps() {
    int most = Integer.MAX_VALUE;
    int least = Integer.MIN_VALUE;

    assertThat(Numbers.of(integers(most).plus(1))).containsExactly(least);
    assertThat(Numbers.of(integers(least).minus(1))).containsExactly(most);
    assertThat(Numbers.of(integers(most).times(most))).containsExactly(1);
    assertThat(Numbers.of(integers(least).negated())).containsExactly(least);
    assertThat(Numbers.of(integers(least).abs())).containsExactly(least);
    assertThat(Numbers.of(integers(most, 1).sum())).containsExactly(least);
  }

  @Test
  void theSmallestIntegerIsFound() {
    assertThat(Numbers.of(integers(5, Integer.MIN_VALUE).min())).containsExactly(Integer.MIN_VALUE);
    assertThat(Numbers.of(integers(5, Integer.MIN_VALUE).argMin(0))).containsExactly(1);
  }

  @Test
  void productsOfIntegersAreExactBeyondTheDigitsOfADouble() {
    // 123456789 · 987654321 = 121932631112635269 = 28389653 · 2³² - 67153019
    assertThat(Numbers.of(integers(123456789).times(987654321))).containsExactly(-67153019);
  }

  @Test
  void integersAreGivenBackAsIntegers() {
    assertThat(Reference.evaluate(integers(1, 2).plus(1))).isEqualTo(Array.of(new int[] {2, 3}));
  }

  @Test
  void truthValuesAreGivenBackAsTruthValues() {
    assertThat(Reference.evaluate(numbers(1, 3).lessThan(2)))
        .isEqualTo(Array.of(new boolean[] {true, false}));
  }

  @Test
  void singlePrecisionIsComputedInDouble() {
    Tensor third = Tensor.scalar(1).over(3);

    assertThat(Reference.evaluate(third)).isEqualTo(Array.scalar(DType.F64, 1 / 3.0));
  }

  @Test
  void castsToIntegersRoundTowardsZeroAndStayInRange() {
    assertThat(Numbers.of(numbers(1.9, -1.9, 1e10, -1e10, NAN).cast(DType.I32)))
        .containsExactly(1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0);
  }

  @Test
  void castsToTruthValuesAreWhetherANumberDiffersFromZero() {
    assertThat(Numbers.of(numbers(0, -0.0, 0.1, -3).cast(DType.BOOL))).containsExactly(0, 0, 1, 1);
  }

  @Test
  void castsFromTruthValuesAreZeroAndOne() {
    Tensor flags = Tensor.constant(Array.of(new boolean[] {true, false}));

    assertThat(Numbers.of(flags.cast(DType.I32))).containsExactly(1, 0);
    assertThat(Numbers.of(flags.cast(DType.F64))).containsExactly(1, 0);
  }

  @Test
  void remaindersHaveTheSignOfTheDivisor() {
    assertThat(Numbers.of(integers(7, -7, 7, -7).remainder(integers(3, 3, -3, -3))))
        .containsExactly(1, 2, -2, -1);
    assertThat(Numbers.of(numbers(5.5, -5.5, 5.5, -5.5).remainder(numbers(2, 2, -2, -2))))
        .containsExactly(1.5, 0.5, -0.5, -1.5);
  }

  @Test
  void floorOverRoundsDown() {
    assertThat(Numbers.of(integers(7, -7, 7, -7).floorOver(integers(3, 3, -3, -3))))
        .containsExactly(2, -3, -3, 2);
  }

  @Test
  void roundingGoesToTheNearestAndFromHalvesToTheEven() {
    assertThat(Numbers.of(numbers(0.5, 1.5, 2.5, -0.5, -1.5, 2.4, 2.6).round()))
        .containsExactly(0, 2, 2, -0.0, -2, 2, 3);
  }

  @Test
  void notANumberStaysInTheFunctionsThatCompare() {
    assertThat(Numbers.of(numbers(NAN).relu())).containsExactly(NAN);
    assertThat(Numbers.of(numbers(NAN, 1).maximum(numbers(1, NAN)))).containsExactly(NAN, NAN);
    assertThat(Numbers.of(numbers(NAN, 1).minimum(numbers(1, NAN)))).containsExactly(NAN, NAN);
    assertThat(Numbers.of(numbers(NAN).clip(0, 1))).containsExactly(NAN);
    assertThat(Numbers.of(numbers(1, NAN, 2).max())).containsExactly(NAN);
    assertThat(Numbers.of(numbers(1, NAN, 2).min())).containsExactly(NAN);
    assertThat(Numbers.of(numbers(NAN).sign())).containsExactly(NAN);
  }

  @Test
  void notANumberIsInNoRelation() {
    Tensor nan = numbers(NAN);

    assertThat(Numbers.of(nan.lessThan(nan))).containsExactly(0);
    assertThat(Numbers.of(nan.atMost(nan))).containsExactly(0);
    assertThat(Numbers.of(nan.equalTo(nan))).containsExactly(0);
  }

  @Test
  void whereTakesNothingFromTheOtherSide() {
    Tensor x = numbers(-1, 4);

    assertThat(Numbers.of(Tensor.where(x.greaterThan(0), x.sqrt(), x))).containsExactly(-1, 2);
  }

  @Test
  void argMaxIsTheFirstOfEqualOnes() {
    assertThat(Numbers.of(numbers(1, 3, 3, 2).argMax(0))).containsExactly(1);
    assertThat(Numbers.of(numbers(2, 1, 3, 1).argMin(0))).containsExactly(1);
  }

  @Test
  void argMaxTakesNotANumberForTheLargest() {
    assertThat(Numbers.of(numbers(1, INFINITE, NAN, NAN).argMax(0))).containsExactly(2);
    assertThat(Numbers.of(numbers(-INFINITE, -INFINITE).argMax(0))).containsExactly(0);
  }

  @Test
  void maxPoolingTakesNotANumberForTheLargest() {
    assertThat(Numbers.of(numbers(1, NAN, 3, 2).reshape(1, 4, 1).maxPool(Window.of(2).stride(2))))
        .containsExactly(NAN, 3);
  }

  @Test
  void paddingIsNeverTheLargest() {
    assertThat(Numbers.of(numbers(-5, -3).reshape(1, 2, 1).maxPool(Window.of(2).padding(1))))
        .containsExactly(-5, -3, -3);
  }

  @Test
  void reductionsOfNothing() {
    Tensor nothing = Tensor.full(Shape.of(0, 2), DType.F64, 1);

    assertThat(Numbers.of(nothing.sum(0))).containsExactly(0, 0);
    assertThat(Numbers.of(nothing.max(0))).containsExactly(-INFINITE, -INFINITE);
    assertThat(Numbers.of(nothing.min(0))).containsExactly(INFINITE, INFINITE);
    assertThat(Numbers.of(nothing.mean(0))).containsExactly(NAN, NAN);
    assertThat(Numbers.of(nothing.sum(1))).isEmpty();
  }

  @Test
  void aProductOverNothingIsZero() {
    Tensor left = Tensor.full(Shape.of(2, 0), DType.F64, 1);

    assertThat(Numbers.of(left.matmul(left.transpose()))).containsExactly(0, 0, 0, 0);
  }

  @Test
  void gatheringOutsideIsRefused() {
    assertThatThrownBy(() -> Reference.evaluate(numbers(1, 2, 3).gather(0, integers(0, 3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("index 3 at [1] is outside axis 0, which has 3 elements");
  }

  @Test
  void gatheringBeforeTheBeginningIsRefused() {
    assertThatThrownBy(() -> Reference.evaluate(numbers(1, 2, 3).gather(0, integers(-1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("index -1 at [0] is outside axis 0, which has 3 elements");
  }

  @Test
  void scatteringAddsWhereIndicesMeet() {
    Tensor y = numbers(1, 2, 4).scatterAdd(0, integers(1, 0, 1), Size.of(3));

    assertThat(Numbers.of(y)).containsExactly(2, 5, 0);
  }

  @Test
  void aCumulativeSumIsThatOfAllBefore() {
    assertThat(Numbers.of(numbers(1, 2, 4, 8).cumulativeSum(0))).containsExactly(1, 3, 7, 15);
  }

  @Test
  void anInputWithoutAValueIsNamed() {
    assertThatThrownBy(() -> Reference.evaluate(Tensor.input("pixels", 2).sum()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no value is given for the input pixels [2]");
  }

  @Test
  void anyNodeCanBeGivenAValue() {
    Tensor hidden = Tensor.input("x", 2).exp();

    assertThat(Numbers.of(hidden.times(2), Bindings.of(hidden, 5, 6))).containsExactly(10, 12);
  }

  @Test
  void aRunKeepsTheValuesInBetween() {
    Tensor x = numbers(1, 2);
    Tensor square = x.square();
    var evaluation = Reference.run(List.of(square.sum()), Bindings.none());

    assertThat(evaluation.value(square).toDoubles()).containsExactly(1, 4);
  }

  @Test
  void whatWasNotEvaluatedIsNamed() {
    var evaluation = Reference.run(List.of(numbers(1)), Bindings.none());

    assertThatThrownBy(() -> evaluation.value(Tensor.input("other", 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("other [2] was not part of what was evaluated");
  }

  @Test
  void trainingIsWhatTheBindingsSay() {
    Tensor mode = Tensor.training().cast(DType.I32);

    assertThat(Numbers.of(mode)).containsExactly(0);
    assertThat(Numbers.of(mode, Bindings.none().inTraining())).containsExactly(1);
  }
}
