package dev.cajal.search;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as texts that are read back as the same number, and are short to look at. */
final class Digits {
  private static final int SHORTEST_SCIENTIFIC = -5;
  private static final int LONGEST_PLAIN = 5;

  private Digits() {}

  /** To a thousandth or less of a width. */
  static String within(double number, double width) {
    int decimals = 3 - (int) Math.floor(StrictMath.log10(width));
    return text(new BigDecimal(number).setScale(decimals, RoundingMode.HALF_EVEN));
  }

  /** To four digits. */
  static String brief(double number) {
    return Double.isFinite(number)
        ? text(new BigDecimal(number).round(new MathContext(4)))
        : "" + number;
  }

  /** To the last digit. */
  static String exact(double number) {
    return text(BigDecimal.valueOf(number));
  }

  /** {@code 0.0031}, {@code 250}, {@code 3.1e-7}. */
  private static String text(BigDecimal number) {
    BigDecimal digits = number.stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    if (digits.signum() == 0 || (exponent > SHORTEST_SCIENTIFIC && exponent <= LONGEST_PLAIN)) {
      return digits.toPlainString();
    }
    return digits.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
  }
}
