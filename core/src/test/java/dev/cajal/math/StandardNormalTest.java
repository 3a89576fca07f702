package dev.cajal.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Expected values: mpmath 1.3.0 at 50 digits, {@code erfc(-x/sqrt(2))/2} and the root of that minus
 * p.
 */
class StandardNormalTest {

  @ParameterizedTest
  @CsvSource({
    "-37, 5.7255712225245768227e-300",
    "-30, 4.9067139271481870595e-198",
    "-20.1, 3.6896808637213895544e-90",
    "-10.3, 3.5230650789264125919e-25",
    "-5, 2.8665157187919391167e-7",
    "-3.7, 1.0779973347738826148e-4",
    "-2, 0.0227501319481792072",
    "-1, 0.15865525393145705141",
    "-0.1, 0.46017216272297101633",
    "0.1, 0.53982783727702898367",
    "1.5, 0.933192798731141934",
    "3, 0.99865010196836990547",
    "7, 0.99999999999872018746"
  })
  void theDistributionFunctionIsRightToThreeUnitsInTheLastPlace(double x, double expected) {
    assertThat(StandardNormal.cdf(x)).isCloseTo(expected, within(3 * Math.ulp(expected)));
  }

  @ParameterizedTest
  @CsvSource({
    "1e-300, -37.047096299361199237",
    "1e-100, -21.273453560965324294",
    "1e-20, -9.2623400897984075796",
    "1e-11, -6.7060231554951362961",
    "1.1641532182693481e-10, -6.3379577545537892525",
    "1e-05, -4.2648907939228246102",
    "0.001, -3.0902323061678135354",
    "0.05, -1.644853626951472688",
    "0.0749, -1.4402382675279636631",
    "0.0751, -1.4388253927525399824",
    "0.25, -0.6744897501960817432",
    "0.49, -0.025068908258711058033",
    "0.500001, 2.5066282747057051991e-6",
    "0.6, 0.25334710313579974132",
    "0.925, 1.4395314709384562291",
    "0.975, 1.9599639845400538556",
    "0.99999, 4.2648907939238407699"
  })
  void theInverseIsRightToSevenUnitsInTheLastPlace(double p, double expected) {
    assertThat(StandardNormal.inverseCdf(p)).isCloseTo(expected, within(7 * Math.ulp(expected)));
  }

  @Test
  void theLimitsAreExact() {
    assertThat(StandardNormal.cdf(Double.NEGATIVE_INFINITY)).isEqualTo(0);
    assertThat(StandardNormal.cdf(0)).isEqualTo(0.5);
    assertThat(StandardNormal.cdf(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(StandardNormal.cdf(Double.NaN)).isNaN();
    assertThat(StandardNormal.inverseCdf(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(StandardNormal.inverseCdf(0.5)).isEqualTo(0);
    assertThat(StandardNormal.inverseCdf(1)).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void theInverseUndoesTheDistributionFunction() {
    for (double x = -37; x < 5; x += 0.0625) {
      double p = StandardNormal.cdf(x);
      // p is a rounded number: what half a unit of it is worth in x, and 7.7e-16 of x itself
      double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
      assertThat(StandardNormal.inverseCdf(p))
          .isCloseTo(x, within(4 * Math.ulp(p) / density + 1e-15 * Math.abs(x)));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, 1.000001, Double.NaN})
  void whatIsNoProbabilityIsRefused(double p) {
    assertThatThrownBy(() -> StandardNormal.inverseCdf(p))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a probability is from 0 to 1, not " + p);
  }
}
