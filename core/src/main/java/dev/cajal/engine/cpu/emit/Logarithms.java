package dev.cajal.engine.cpu.emit;

/**
 * log and log1p of f32: x = 2ᵉ (1 + f) with 1 + f in [√½, √2), and log x = e·ln 2 + log(1 + f),
 * where a minimax polynomial gives log(1 + f) = f - f²/2 + f³·P(f). The split, which takes the
 * exponent from the difference of the bits of x and of √½, is that of J.-M. Muller et al.,
 * "Handbook of floating-point arithmetic", 2nd edition, 2018, chapter 10.
 */
final class Logarithms {
  private static final float LN_2 = 0x1.62e43p-1f;
  private static final float LN_2_REST = -0x1.05c61p-29f;
  private static final float TWO_TO_23 = 0x1p23f;

  static final int SQRT_HALF_BITS = 0x3f3504f3;

  private final Code code;

  Logarithms(Code code) {
    this.code = code;
  }

  /** log(x), off by at most 0.88 ulp. */
  Value log(Value x) {
    Value denormal = code.less(x, code.constant(Float.MIN_NORMAL));
    Value normal = code.select(denormal, code.times(x, code.constant(TWO_TO_23)), x);
    Value bits = code.toBits(normal);
    Value exponent = exponent(bits);
    Value e = code.convert(exponent, Kind.F32);
    e = code.select(denormal, code.minus(e, code.constant(23f)), e);
    return atTheEnds(x, x, sum(e, fraction(bits, exponent)));
  }

  /** log(x) for positive numbers that are neither denormal nor infinite. */
  Value ofNormal(Value x) {
    Value bits = code.toBits(x);
    Value exponent = exponent(bits);
    return sum(code.convert(exponent, Kind.F32), fraction(bits, exponent));
  }

  /** log(1 + x), also near 0; off by at most 1.47 ulp. */
  Value log1p(Value x) {
    Value u = code.plus(x, code.constant(1f));
    Value exponent = exponent(code.toBits(u));
    // 4 / 2ᵉ, which is a normal number even for the largest x
    Value scale =
        code.fromBits(
            code.minus(code.constant(Float.floatToRawIntBits(4f)), code.shiftLeft(exponent, 23)));
    Value quarter = code.constant(0.25f);
    Value offset = code.fma(scale, quarter, code.constant(-1f));
    // (1 + x) / 2ᵉ - 1 rounded once: what u has lost is in it
    Value f = code.fma(code.times(x, quarter), scale, offset);
    Value result = atTheEnds(x, u, sum(code.convert(exponent, Kind.F32), f));
    // a quarter of a denormal is inexact, and -0 would become 0
    Value tiny = code.less(code.abs(x), code.constant(0x1p-30f));
    return code.select(tiny, x, result);
  }

  /** e for which bits / 2ᵉ is in [√½, √2). */
  private Value exponent(Value bits) {
    return code.shiftRight(code.minus(bits, code.constant(SQRT_HALF_BITS)), 23);
  }

  /** f, that is, bits / 2ᵉ - 1, which is exact. */
  private Value fraction(Value bits, Value exponent) {
    Value scaled = code.fromBits(code.minus(bits, code.shiftLeft(exponent, 23)));
    return code.minus(scaled, code.constant(1f));
  }

  /** e·ln 2 + log(1 + f). */
  private Value sum(Value e, Value f) {
    // of relative error 2^-27.3
    Value p =
        Polynomial.at(
            code,
            f,
            0x1.555554p-2f,
            -0x1.000228p-2f,
            0x1.99a038p-3f,
            -0x1.54721ap-3f,
            0x1.22d54ep-3f,
            -0x1.0d8206p-3f,
            0x1.057f7p-3f,
            -0x1.3926cep-4f);
    Value square = code.times(f, f);
    Value low = code.fma(f, p, code.constant(-0.5f));
    low = code.fma(square, low, code.times(e, code.constant(LN_2_REST)));
    return code.fma(e, code.constant(LN_2), code.plus(f, low));
  }

  /** The logarithm of u, where u may be no positive number: 0, less, ∞ or, as x then is, NaN. */
  private Value atTheEnds(Value x, Value u, Value result) {
    Value zero = code.constant(0f);
    Value atMostZero =
        code.select(
            code.equal(u, zero), code.constant(Float.NEGATIVE_INFINITY), code.constant(Float.NaN));
    Value positive = code.select(code.lessOrEqual(u, zero), atMostZero, result);
    return code.select(code.less(x, code.constant(Float.POSITIVE_INFINITY)), positive, x);
  }
}
