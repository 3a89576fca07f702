package dev.cajal.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people write them, the same in every country. */
final class Numbers {
  private static final int DIGITS = 4;
  private static final double PLAIN_FROM = 1e-4;
  private static final double PLAIN_BELOW = 1e7;
  private static final double GROUPED_FROM = 1e3;
  private static final char MINUS = '\u2212';
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private Numbers() {}

  /** Of four digits that count: {@code 0.01235}, {@code 12,345}, {@code 1.235 × 10⁻⁷}. */
  static String brief(double number) {
    return brief(number, DIGITS);
  }

  static String brief(double number, int digits) {
    if (!Double.isFinite(number)) {
      return Double.isNaN(number) ? "NaN" : number > 0 ? "∞" : MINUS + "∞";
    }
    double size = Math.abs(number);
    if (size != 0 && (size < PLAIN_FROM || size >= PLAIN_BELOW)) {
      return scientific(number, digits);
    }
    if (size >= GROUPED_FROM) {
      return signed(String.format(Locale.ROOT, "%,.0f", number));
    }
    BigDecimal rounded = new BigDecimal(number).round(new MathContext(digits));
    return signed(plain(rounded));
  }

  private static String plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return (stripped.scale() < 0 ? stripped.setScale(0, RoundingMode.UNNECESSARY) : stripped)
        .toPlainString();
  }

  private static String scientific(double number, int digits) {
    BigDecimal rounded = new BigDecimal(number).round(new MathContext(digits));
    int exponent = rounded.precision() - rounded.scale() - 1;
    String factor = plain(rounded.movePointLeft(exponent));
    String power = "10" + superscript(exponent);
    return signed(factor.equals("1") ? power : factor + " × " + power);
  }

  /** A power of ten: {@code 0.001}, {@code 1,000}, {@code 10⁻⁶}. */
  static String power(int exponent) {
    return exponent < -3 || exponent > 4
        ? "10" + superscript(exponent)
        : brief(Double.parseDouble("1e" + exponent));
  }

  static String superscript(int number) {
    String digits = "" + Math.abs(number);
    var text = new StringBuilder(number < 0 ? "⁻" : "");
    digits.chars().forEach(digit -> text.append(SUPERSCRIPTS.charAt(digit - '0')));
    return text.toString();
  }

  /** With so many digits after the point, as in a column of numbers. */
  static String fixed(double number, int decimals) {
    return !Double.isFinite(number)
        ? brief(number)
        : Math.abs(number) >= PLAIN_BELOW
            ? scientific(number, DIGITS)
            : signed(String.format(Locale.ROOT, "%,." + decimals + "f", number));
  }

  /** A measure between 0 and 1 in a column of such. */
  static String ratio(double number) {
    return fixed(number, 3);
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 row}, {@code 2 rows}. */
  static String counted(long number, String one) {
    return count(number) + " " + one + (number == 1 ? "" : "s");
  }

  /** {@code 96.7%}; all and nothing are said of nothing else. */
  static String percent(double part) {
    if (!Double.isFinite(part)) {
      return brief(part);
    }
    return part == 1
        ? "100%"
        : part == 0
            ? "0%"
            : part < 1 && part >= 0.9995
                ? "> 99.9%"
                : part > 0 && part < 0.0005
                    ? "< 0.1%"
                    : signed(String.format(Locale.ROOT, "%.1f%%", 100 * part));
  }

  /** {@code 87%}, or {@code 99.4%} where whole ones would say too much. */
  static String share(double part) {
    return part > 0.985 || (part < 0.015 && part != 0)
        ? percent(part)
        : String.format(Locale.ROOT, "%.0f%%", 100 * part);
  }

  /** {@code 0.8 s}, {@code 65 s}, {@code 2 h 3 min}. */
  static String time(double seconds) {
    long all = Math.round(seconds);
    if (seconds < 9.95) {
      return String.format(Locale.ROOT, "%.1f\u00a0s", seconds);
    }
    return all < 100
        ? all + "\u00a0s"
        : all < 3600
            ? "%d\u00a0min %d\u00a0s".formatted(all / 60, all % 60)
            : "%d\u00a0h %d\u00a0min".formatted(all / 3600, all / 60 % 60);
  }

  private static String signed(String text) {
    boolean isZero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
    return !text.startsWith("-") ? text : isZero ? text.substring(1) : MINUS + text.substring(1);
  }
}
