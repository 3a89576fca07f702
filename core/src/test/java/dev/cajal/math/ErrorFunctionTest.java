package dev.cajal.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values: mpmath 1.3.0 at 50 digits, {@code mp.erf(mpf(x))} and {@code mp.erfc}. */
class ErrorFunctionTest {

  @ParameterizedTest
  @CsvSource({
    "1e-300, 1.1283791670955126022e-300",
    "1e-09, 1.1283791670955126438e-9",
    "0.1, 0.1124629160182848984",
    "0.5, 0.52049987781304653768",
    "0.84374, 0.76722012418324061511",
    "0.84376, 0.7672311981880057366",
    "1, 0.84270079294971486934",
    "1.2499, 0.92287647318753193666",
    "1.2501, 0.9229237774123564612",
    "2, 0.99532226501895273416",
    "2.857, 0.99994664173991315363",
    "2.858, 0.99994696259443683474",
    "4, 0.99999998458274209972",
    "5.9, 0.9999999999999999281"
  })
  void erfIsRightToOneUnitInTheLastPlace(double x, double expected) {
    assertThat(ErrorFunction.erf(x)).isCloseTo(expected, within(Math.ulp(expected)));
    assertThat(ErrorFunction.erf(-x)).isEqualTo(-ErrorFunction.erf(x));
  }

  @ParameterizedTest
  @CsvSource({
    "-5, 1.9999999999984625402",
    "-1.5, 1.9661051464753107271",
    "-1, 1.8427007929497148693",
    "-0.3, 1.3286267594591274162",
    "1e-09, 0.9999999988716208329",
    "0.2499, 0.72377961389442680672",
    "0.2501, 0.72356761106916994879",
    "0.84376, 0.2327688018119942634",
    "1, 0.15729920705028513066",
    "1.2501, 0.077076222587643538801",
    "2.7, 1.3433273994052419237e-4",
    "2.9, 4.1097878099458857996e-5",
    "5, 1.5374597944280348502e-12",
    "10, 2.088487583762544757e-45",
    "20, 5.3958656116079009289e-176",
    "26, 5.6631924088561428465e-296"
  })
  void erfcIsRightToThreeUnitsInTheLastPlace(double x, double expected) {
    assertThat(ErrorFunction.erfc(x)).isCloseTo(expected, within(3 * Math.ulp(expected)));
  }

  @Test
  void theLimitsAreExact() {
    assertThat(ErrorFunction.erf(0.0)).isEqualTo(0.0);
    assertThat(Double.doubleToRawLongBits(ErrorFunction.erf(-0.0)))
        .isEqualTo(Double.doubleToRawLongBits(-0.0));
    assertThat(ErrorFunction.erf(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(ErrorFunction.erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
    assertThat(ErrorFunction.erfc(0)).isEqualTo(1);
    assertThat(ErrorFunction.erfc(Double.POSITIVE_INFINITY)).isEqualTo(0);
    assertThat(ErrorFunction.erfc(Double.NEGATIVE_INFINITY)).isEqualTo(2);
  }

  @Test
  void notANumberStaysOne() {
    assertThat(ErrorFunction.erf(Double.NaN)).isNaN();
    assertThat(ErrorFunction.erfc(Double.NaN)).isNaN();
  }

  @Test
  void thePiecesMeetWithoutAStep() {
    for (double seam : new double[] {0.25, 0.84375, 1.25, 1 / 0.35, 6}) {
      double before = ErrorFunction.erfc(Math.nextDown(seam));
      double after = ErrorFunction.erfc(seam);
      // three units for the rounding of each side, and the slope over one step of x
      double slope = 2 / Math.sqrt(Math.PI) * Math.exp(-seam * seam) * Math.ulp(seam);
      assertThat(after).isCloseTo(before, within(6 * Math.ulp(before) + slope));
    }
  }
}
