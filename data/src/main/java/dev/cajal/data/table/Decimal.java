package dev.cajal.data.table;

import java.nio.charset.StandardCharsets;

/** Numbers as people write them, read from bytes without a string on the way. */
final class Decimal {
  /** Powers of ten that a double has exactly, so that one product or quotient rounds once. */
  private static final double[] POWERS = new double[23];

  private static final long EXACT = 1L << 53;

  /** Digits that a long has room for. */
  private static final int DIGITS = 18;

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  private Decimal() {}

  /**
   * The number that some bytes are, as {@link Double#parseDouble} has it; NaN if they are none.
   * There may be a sign, a point and an exponent; no other words, such as "Infinity".
   *
   * @param point what stands before decimals: '.' or ','
   */
  static double parse(byte[] bytes, int from, int to, char point) {
    int at = from;
    boolean isNegative = false;
    if (at < to && (bytes[at] == '-' || bytes[at] == '+')) {
      isNegative = bytes[at++] == '-';
    }
    long digits = 0;
    int seen = 0;
    int significant = 0;
    int scale = 0;
    boolean isAfterPoint = false;
    for (; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit >= 0 && digit <= 9) {
        seen++;
        if (significant > 0 || digit > 0) {
          significant++;
        }
        if (significant <= DIGITS) {
          digits = digits * 10 + digit;
          scale += isAfterPoint ? 1 : 0;
        } else {
          scale -= isAfterPoint ? 0 : 1;
        }
      } else if (bytes[at] == point && !isAfterPoint) {
        isAfterPoint = true;
      } else {
        break;
      }
    }
    if (seen == 0) {
      return Double.NaN;
    }
    if (at < to) {
      int exponent = exponent(bytes, at, to);
      if (exponent == Integer.MIN_VALUE) {
        return Double.NaN;
      }
      scale -= exponent;
    }
    if (significant > DIGITS || digits > EXACT || Math.abs(scale) >= POWERS.length) {
      return slow(bytes, from, to, point);
    }
    double number = scale >= 0 ? digits / POWERS[scale] : digits * POWERS[-scale];
    return isNegative ? -number : number;
  }

  /** What follows an e; the smallest integer if that is no exponent. */
  private static int exponent(byte[] bytes, int from, int to) {
    int at = from;
    if ((bytes[at] | 0x20) != 'e' || ++at == to) {
      return Integer.MIN_VALUE;
    }
    boolean isNegative = bytes[at] == '-';
    if (bytes[at] == '-' || bytes[at] == '+') {
      at++;
    }
    if (at == to || to - at > 5) {
      return Integer.MIN_VALUE;
    }
    int exponent = 0;
    for (; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        return Integer.MIN_VALUE;
      }
      exponent = exponent * 10 + digit;
    }
    return isNegative ? -exponent : exponent;
  }

  private static double slow(byte[] bytes, int from, int to, char point) {
    String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    double number = Double.parseDouble(point == '.' ? text : text.replace(point, '.'));
    // 1e999 is no number that anything could be learned from.
    return Double.isInfinite(number) ? Double.NaN : number;
  }

  static double parse(String text, char point) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length, point);
  }
}
