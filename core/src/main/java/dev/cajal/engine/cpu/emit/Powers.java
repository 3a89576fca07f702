package dev.cajal.engine.cpu.emit;

/**
 * x to the power of y for f32, as 2 to the power of y·log2|x|. As |y·log2|x|| is up to 150, its
 * logarithm is computed as the sum of two f32, high and low, which have some 35 bits together: see
 * J.-M. Muller et al., "Handbook of floating-point arithmetic", 2nd edition, 2018, chapters 4 and
 * 10.
 */
final class Powers {
  private static final float TWO_LOG2_E = 0x1.715476p1f;
  private static final float TWO_LOG2_E_REST = 0x1.4ae0cp-25f;
  private static final int ONE_BITS = Float.floatToRawIntBits(1f);

  /** From here on floats are integers, at twice as much they are even. */
  private static final float INTEGERS_FROM = 0x1p23f;

  private final Code code;

  Powers(Code code) {
    this.code = code;
  }

  /** A number as the sum of a float and a smaller one. */
  private record Pair(Value high, Value low) {}

  /**
   * x to the power of y: among 400 million pairs, most of them with results all over the range, off
   * by at most 3.2 ulp, and by 1.6 where the exponent is below 10.
   */
  Value power(Value x, Value y) {
    Value size = code.abs(x);
    // no |x| but 1 has so small a logarithm that a larger exponent would change the result
    Value largest = code.constant(0x1p32f);
    Value bounded = code.select(code.less(largest, y), largest, y);
    Value smallest = code.constant(-0x1p32f);
    bounded = code.select(code.less(bounded, smallest), smallest, bounded);
    Value result = exp2(product(bounded, log2(size)));
    return specialCases(x, y, size, result);
  }

  /** log2(x) for x ≥ 0. */
  private Pair log2(Value x) {
    Value denormal = code.less(x, code.constant(Float.MIN_NORMAL));
    Value normal = code.select(denormal, code.times(x, code.constant(0x1p23f)), x);
    Value bits = code.toBits(normal);
    Value exponent =
        code.shiftRight(code.minus(bits, code.constant(Logarithms.SQRT_HALF_BITS)), 23);
    Value fraction = code.fromBits(code.minus(bits, code.shiftLeft(exponent, 23)));
    Value e = code.convert(exponent, Kind.F32);
    e = code.select(denormal, code.minus(e, code.constant(23f)), e);
    Pair ofFraction = log2OfFraction(fraction);
    Value high = code.plus(e, ofFraction.high);
    Value low = code.plus(code.plus(code.minus(e, high), ofFraction.high), ofFraction.low);
    Value infinity = code.constant(Float.POSITIVE_INFINITY);
    high = code.select(code.equal(x, infinity), infinity, high);
    Value none = code.constant(Float.NEGATIVE_INFINITY);
    high = code.select(code.equal(x, code.constant(0f)), none, high);
    return new Pair(high, low);
  }

  /**
   * log2(m) for m in [√½, √2): with s = (m - 1)/(m + 1), of which the rounding errors are found by
   * fused multiply-adds, it is (2s + s³·P(s²)) / ln 2.
   */
  private Pair log2OfFraction(Value m) {
    Value one = code.constant(1f);
    Value numerator = code.minus(m, one);
    Value denominator = code.plus(m, one);
    Value denominatorRest = code.minus(numerator, code.minus(denominator, code.constant(2f)));
    Value inverse = code.over(one, denominator);
    Value s = code.times(numerator, inverse);
    Value negative = code.negate(s);
    Value remainder = code.fma(negative, denominator, numerator);
    remainder = code.fma(negative, denominatorRest, remainder);
    Value rest = code.times(remainder, inverse);
    Value factor = code.constant(TWO_LOG2_E);
    Value high = code.times(s, factor);
    Value low = code.fma(s, factor, code.negate(high));
    low = code.fma(s, code.constant(TWO_LOG2_E_REST), low);
    Value square = code.times(s, s);
    // the derivative at s is 2 / ln 2 · (1 + s² + …)
    low = code.fma(code.fma(rest, square, rest), factor, low);
    // of relative error 2^-29 to the whole
    Value p =
        Polynomial.at(code, square, 0x1.ec709ep-1f, 0x1.2776e2p-1f, 0x1.a5cebep-2f, 0x1.58b424p-2f);
    low = code.fma(code.times(s, square), p, low);
    Value sum = code.plus(high, low);
    return new Pair(sum, code.plus(code.minus(high, sum), low));
  }

  /** y·p, whose low part is 0 where the power is 0 or ∞ anyway. */
  private Pair product(Value y, Pair p) {
    Value high = code.times(y, p.high);
    Value low = code.fma(y, p.high, code.negate(high));
    low = code.fma(y, p.low, low);
    Value end = code.constant(200f);
    Value inside = code.less(code.abs(high), end);
    Value bounded = code.select(code.less(end, high), end, high);
    Value other = code.constant(-200f);
    bounded = code.select(code.less(bounded, other), other, bounded);
    return new Pair(bounded, code.select(inside, low, code.constant(0f)));
  }

  /** 2 to the power of p, by the scheme of {@link Exponentials#exp}. */
  private Value exp2(Pair p) {
    Value rounder = code.constant(Exponentials.ROUNDER);
    Value shifted = code.fma(p.high, code.constant(0.5f), rounder);
    Value half = code.minus(shifted, rounder);
    Value r = code.plus(code.fma(half, code.constant(-2f), p.high), p.low);
    Value power =
        Polynomial.at(
            code,
            r,
            1f,
            0x1.62e436p-1f,
            0x1.ebfbf2p-3f,
            0x1.c6adc8p-5f,
            0x1.3b2132p-7f,
            0x1.5e25f6p-10f,
            0x1.47e9eap-13f,
            0x1.da832ep-17f);
    Value scale = new Exponentials(code).powerOfTwo(shifted, ONE_BITS);
    return code.times(code.times(power, scale), scale);
  }

  /** As {@link Math#pow} lists them; result is the power of |x|. */
  private Value specialCases(Value x, Value y, Value size, Value result) {
    Value zero = code.constant(0f);
    Value one = code.constant(1f);
    Value nan = code.constant(Float.NaN);
    Value infinity = code.constant(Float.POSITIVE_INFINITY);

    Value exponent = code.abs(y);
    Value integers = code.constant(INTEGERS_FROM);
    Value fractional = code.less(exponent, integers);
    // in a number of this size the last bit counts ones
    Value counted = code.select(fractional, code.plus(exponent, integers), exponent);
    Value isInteger = code.not(code.less(zero, fractionOf(exponent, fractional, counted)));
    Value oddSign = code.shiftLeft(code.toBits(counted), 31);
    Value mayBeOdd = code.and(isInteger, code.less(exponent, code.constant(2 * INTEGERS_FROM)));
    Value sign = code.bitAnd(Signs.of(code, x), oddSign);
    sign = code.select(mayBeOdd, sign, code.constant(0));
    Value signed = code.fromBits(code.bitXor(code.toBits(result), sign));

    Value negative = code.and(code.less(x, zero), code.less(size, infinity));
    signed = code.select(code.and(negative, code.not(isInteger)), nan, signed);
    Value undecided = code.and(code.equal(size, one), code.equal(exponent, infinity));
    signed = code.select(undecided, nan, signed);
    Value known = code.and(code.equal(x, x), code.equal(y, y));
    return code.select(code.equal(y, zero), one, code.select(known, signed, nan));
  }

  private Value fractionOf(Value exponent, Value fractional, Value counted) {
    Value whole = code.minus(counted, code.constant(INTEGERS_FROM));
    Value fraction = code.abs(code.minus(exponent, whole));
    return code.select(fractional, fraction, code.constant(0f));
  }
}
