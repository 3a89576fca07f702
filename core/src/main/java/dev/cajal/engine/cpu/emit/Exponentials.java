package dev.cajal.engine.cpu.emit;

/**
 * exp and expm1 of f32.
 *
 * <p>The argument is reduced to x = n·ln 2 + r with the integer n nearest to x / ln 2, a polynomial
 * gives exp(r), and 2ⁿ is made of exponent bits: W. J. Cody, W. Waite, "Software manual for the
 * elementary functions", 1980, chapter 6. Adding {@link #ROUNDER} rounds to an integer and leaves
 * it in the low bits, which costs less than a conversion. The polynomials are minimax fits of
 * relative error, with coefficients rounded to f32 one after the other.
 */
final class Exponentials {
  /** 1.5·2²³: a sum with it has a last place of 1, for terms within ±2²². */
  static final float ROUNDER = 0x1.8p23f;

  private static final float LOG2_E = 0x1.715476p0f;
  private static final float LN_2 = 0x1.62e43p-1f;

  /** ln 2 - LN_2. */
  private static final float LN_2_REST = -0x1.05c61p-29f;

  private static final int ONE_BITS = Float.floatToRawIntBits(1f);

  private final Code code;

  Exponentials(Code code) {
    this.code = code;
  }

  /**
   * exp(x), off by at most 0.90 ulp. The power of 2 would overflow or be denormal sooner than
   * exp(x) does: so it is taken towards 1 by 2⁶⁴, which is multiplied last, and rounds a denormal
   * result once.
   */
  Value exp(Value x) {
    Value lowest = code.constant(-105f);
    Value highest = code.constant(90f);
    Value bounded = code.select(code.less(x, lowest), lowest, x);
    bounded = code.select(code.less(highest, bounded), highest, bounded);
    Value rounder = code.constant(ROUNDER);
    Value shifted = code.fma(bounded, code.constant(LOG2_E), rounder);
    Value n = code.minus(shifted, rounder);
    Value r = code.fma(n, code.constant(-LN_2), bounded);
    r = code.fma(n, code.constant(-LN_2_REST), r);
    // exp(r), of relative error 2^-28.2 for |r| ≤ ln 2 / 2
    Value power =
        Polynomial.at(
            code,
            r,
            1f,
            1f,
            0x1.fffffcp-2f,
            0x1.55548cp-3f,
            0x1.555858p-5f,
            0x1.123da8p-7f,
            0x1.6ac164p-10f);
    Value small = code.constant(0x1p-64f);
    Value large = code.constant(0x1p64f);
    Value negative = code.less(x, code.constant(0f));
    Value taken = code.select(negative, large, small);
    Value scale =
        code.fromBits(code.plus(code.shiftLeft(code.toBits(shifted), 23), code.toBits(taken)));
    return code.times(code.times(power, scale), code.select(negative, small, large));
  }

  /**
   * exp(-|x|), in (0, 1]. What is a denormal number in the end is computed 2⁶⁴ times as large, and
   * so rounded once.
   */
  Value decay(Value x) {
    Value size = code.abs(x);
    Value highest = code.constant(105f);
    size = code.select(code.less(highest, size), highest, size);
    Value rounder = code.constant(ROUNDER);
    Value shifted = code.fma(size, code.constant(-LOG2_E), rounder);
    Value n = code.minus(shifted, rounder);
    Value r = code.fma(n, code.constant(LN_2), size);
    r = code.fma(n, code.constant(LN_2_REST), r);
    // exp(-r), of relative error 2^-28.2 for |r| ≤ ln 2 / 2
    Value power =
        Polynomial.at(
            code,
            r,
            1f,
            -1f,
            0x1.fffffcp-2f,
            -0x1.55548cp-3f,
            0x1.555858p-5f,
            -0x1.123da8p-7f,
            0x1.6ac164p-10f);
    Value large = code.times(power, powerOfTwo(shifted, ONE_BITS + (64 << 23)));
    return code.times(large, code.constant(0x1p-64f));
  }

  /** exp(x) - 1, also near 0; off by at most 1.53 ulp. */
  Value expm1(Value x) {
    Value lowest = code.constant(-20f);
    Value highest = code.constant(89f);
    Value bounded = code.select(code.less(x, lowest), lowest, x);
    bounded = code.select(code.less(highest, bounded), highest, bounded);
    Value rounder = code.constant(ROUNDER);
    Value shifted = code.fma(bounded, code.constant(LOG2_E), rounder);
    Value n = code.minus(shifted, rounder);
    Value r = code.fma(n, code.constant(-LN_2), bounded);
    r = code.fma(n, code.constant(-LN_2_REST), r);
    // (exp(r) - 1 - r) / r², so that exp(r) - 1 has a relative error of 2^-26.1 for |r| ≤ ln 2 / 2
    Value rest =
        Polynomial.at(
            code,
            r,
            0x1.fffffep-2f,
            0x1.5554aap-3f,
            0x1.55579cp-5f,
            0x1.122c2cp-7f,
            0x1.6abe78p-10f);
    Value less1 = code.fma(code.times(r, r), rest, r);
    // half of 2ⁿ (1 + less1) - 1, as 2¹²⁸ would overflow where exp(x) does not yet
    Value half = powerOfTwo(shifted, ONE_BITS - (1 << 23));
    Value halved = code.fma(half, less1, code.minus(half, code.constant(0.5f)));
    Value result = code.plus(halved, halved);
    return code.select(code.equal(x, code.constant(0f)), x, result);
  }

  /** 2ⁿ times the number that has the bits, for n in the low bits of a sum with the rounder. */
  Value powerOfTwo(Value shifted, int bits) {
    return code.fromBits(code.plus(code.shiftLeft(code.toBits(shifted), 23), code.constant(bits)));
  }

  /** 2ⁿ times a positive number, neither of which may be near the ends of the range. */
  Value scaled(Value number, Value shifted) {
    return code.fromBits(code.plus(code.toBits(number), code.shiftLeft(code.toBits(shifted), 23)));
  }
}
