package dev.cajal.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToleranceTest {
  private static final double UNIT = 0x1p-24;
  private static final double ANYTHING = Double.POSITIVE_INFINITY;

  private final Tensor x = Tensor.input("x", 3);
  private final Bindings at = Bindings.of(x, 1, 2, 0.1f);

  private static double[] errors(Tensor y, Bindings bindings) {
    return Tolerance.of(List.of(y), bindings).of(y).errors();
  }

  @Test
  void numbersThatSinglePrecisionHasAreExact() {
    assertThat(errors(x.plus(1).times(2).relu(), at)).startsWith(0, 0);
    assertThat(errors(x.plus(1), at)[2]).isGreaterThan(0);
  }

  @Test
  void smallIntegersAreAddedExactly() {
    assertThat(errors(x.round().sum(), at)).containsExactly(0);
    assertThat(errors(x.sum(), at)[0]).isCloseTo(2 * 3.1 * UNIT, within(1e-3 * UNIT));
  }

  @Test
  void cancellationLeavesTheErrorOfWhatCancels() {
    Tensor third = x.over(3);
    double[] errors = errors(third.plus(1000).minus(1000), at);

    assertThat(errors[0]).isBetween(500 * UNIT, 2000 * UNIT);
  }

  @Test
  void aDivisionByWhatMayBeZeroIsUndecided() {
    Tensor nothing = x.over(3).minus(x.over(3));
    assertThat(errors(x.over(nothing), at)).containsOnly(ANYTHING);
  }

  @Test
  void anOverflowIsUndecided() {
    assertThat(errors(x.times(1e38).times(10), at)).startsWith(ANYTHING, ANYTHING);
  }

  @Test
  void aComparisonCloseToItsBoundaryGoesEitherWay() {
    Tensor same = x.over(3).times(3);
    assertThat(errors(same.lessThan(x), at)).contains(1);
    assertThat(errors(same.lessThan(x.plus(0.5)), at)).containsOnly(0);
    // Either of them, then, and no more.
    assertThat(errors(Tensor.where(same.lessThan(x), x, x.plus(1)), at)[0])
        .isCloseTo(1, within(1e-6));
  }

  @Test
  void theLargestIsEqualToItself() {
    Tensor y = x.over(3).exp();
    assertThat(errors(y.equalTo(y.maxKeeping(0)), at)).containsOnly(0);
  }

  @Test
  void aFloorThatCouldGoEitherWayIsOneWide() {
    Tensor y = x.over(3).times(3).floor();
    assertThat(errors(y, at)[0]).isCloseTo(1, within(1e-6));
  }

  @Test
  void undefinedResultsOfExactNumbersAreExpected() {
    assertThat(errors(x.minus(5).log(), at)[0]).isEqualTo(0);
    assertThat(
            Tolerance.of(List.of(x), at)
                .mistake("x", x, Array.of(new float[] {1, Float.NaN, 0.1f})))
        .isPresent();
  }

  @Test
  void doublesHaveTheErrorsOfDoubles() {
    assertThat(errors(x.cast(DType.F64).over(3), at)[0]).isBetween(0.0, 1e-16);
  }
}
