package dev.cajal.engine.cpu.emit;

/** The functions of f32 that bend once and level out: sigmoid, tanh, erf, and softplus. */
final class Sigmoids {
  private static final float LOG2_E = 0x1.715476p0f;
  private static final float LN_2 = 0x1.62e43p-1f;

  private final Code code;
  private final Exponentials exponentials;

  Sigmoids(Code code) {
    this.code = code;
    this.exponentials = new Exponentials(code);
  }

  /**
   * 1 / (1 + exp(-x)). With e = exp(-|x|) and s = e / (1 + e) it is 1 - s, or e·(1 - s) where x is
   * negative: the rounding errors of s are small beside the 1. Off by at most 1.65 ulp.
   */
  Value sigmoid(Value x) {
    Value one = code.constant(1f);
    Value e = exponentials.decay(x);
    Value base = code.select(code.less(x, code.constant(0f)), e, one);
    Value smaller = code.over(e, code.plus(one, e));
    return code.fma(code.negate(base), smaller, base);
  }

  /** log(1 + exp(x)) = max(x, 0) + log(1 + exp(-|x|)); off by at most 1.87 ulp. */
  Value softplus(Value x) {
    Value e = exponentials.decay(x);
    // (log(1 + e) - e) / e², so that log(1 + e) has a relative error of 2^-27.5 for e ≤ 1
    Value rest =
        Polynomial.at(
            code,
            e,
            -0x1.ffffd2p-2f,
            0x1.554ddp-2f,
            -0x1.ff23e6p-3f,
            0x1.934b54p-3f,
            -0x1.3a435ep-3f,
            0x1.b4ae08p-4f,
            -0x1.d6b08cp-5f,
            0x1.4917cep-6f,
            -0x1.af49dp-9f);
    Value logarithm = code.fma(code.times(e, e), rest, e);
    Value zero = code.constant(0f);
    return code.plus(code.select(code.less(zero, x), x, zero), logarithm);
  }

  /**
   * tanh(x), by a polynomial near 0 and as 1 - 2 / (exp(2x) + 1) elsewhere; off by at most 1.41
   * ulp.
   */
  Value tanh(Value x) {
    Value size = code.abs(x);
    Value square = code.times(size, size);
    // (tanh(x)/x - 1) / x², so that tanh(x) has a relative error of 2^-28.4 for x ≤ 0.6
    Value rest =
        Polynomial.at(
            code,
            square,
            -0x1.55553ep-2f,
            0x1.1109bep-3f,
            -0x1.b89abap-5f,
            0x1.54c3c4p-6f,
            -0x1.82878cp-8f);
    Value near = code.fma(code.times(size, square), rest, size);
    Value one = code.constant(1f);
    Value power = code.plus(expOfTwice(bounded(size, 9.1f)), one);
    Value far = code.minus(one, code.over(code.constant(2f), power));
    Value isFar = code.lessOrEqual(code.constant(0.6f), size);
    return Signs.copy(code, x, code.select(isFar, far, near));
  }

  /** exp(2x) for x up to 9.1. */
  private Value expOfTwice(Value x) {
    Value rounder = code.constant(Exponentials.ROUNDER);
    Value shifted = code.fma(x, code.constant(2 * LOG2_E), rounder);
    Value r = code.fma(code.minus(shifted, rounder), code.constant(-LN_2 / 2), x);
    // the coefficients for exp(r) with |r| ≤ ln 2 / 2, times powers of 2
    Value power =
        Polynomial.at(
            code,
            r,
            1f,
            2f,
            4 * 0x1.fffffcp-2f,
            8 * 0x1.55548cp-3f,
            16 * 0x1.555858p-5f,
            32 * 0x1.123da8p-7f,
            64 * 0x1.6ac164p-10f);
    return exponentials.scaled(power, shifted);
  }

  /**
   * erf(x), by a polynomial near 0 and elsewhere as 1 - 2^-g(x), where a polynomial gives g(x) =
   * -log2(1 - erf(x)). Off by at most 1.28 ulp.
   */
  Value erf(Value x) {
    Value size = code.abs(x);
    // erf(x)/x - 1 as a polynomial of x², of relative error 2^-30 for x ≤ 0.93
    Value rest =
        Polynomial.at(
            code,
            code.times(size, size),
            0x1.06eba8p-3f,
            -0x1.812742p-2f,
            0x1.ce2e24p-4f,
            -0x1.b8136cp-6f,
            0x1.5500bap-8f,
            -0x1.ac52aap-11f,
            0x1.63b736p-14f);
    Value near = code.fma(size, rest, size);
    Value far = code.minus(code.constant(1f), complement(bounded(size, 3.95f)));
    Value isFar = code.lessOrEqual(code.constant(0.93f), size);
    return Signs.copy(code, x, code.select(isFar, far, near));
  }

  /** 1 - erf(x) for x from 0.93 to 3.95, off by at most 2^-27. */
  private Value complement(Value x) {
    Value logarithm =
        Polynomial.at(
            code,
            x,
            -0x1.3d442cp-12f,
            -0x1.a07686p0f,
            -0x1.d6bb96p-1f,
            -0x1.32d436p-3f,
            0x1.0634dcp-5f,
            -0x1.1ec35ep-8f,
            0x1.26d556p-12f);
    Value rounder = code.constant(Exponentials.ROUNDER);
    Value shifted = code.plus(logarithm, rounder);
    Value r = code.minus(logarithm, code.minus(shifted, rounder));
    Value power =
        Polynomial.at(
            code,
            r,
            1f,
            0x1.62e43p-1f,
            0x1.ebfbep-3f,
            0x1.c6afdcp-5f,
            0x1.3b26aep-7f,
            0x1.5ee8f2p-10f,
            0x1.494968p-13f);
    return exponentials.scaled(power, shifted);
  }

  private Value bounded(Value x, float highest) {
    Value end = code.constant(highest);
    return code.select(code.less(end, x), end, x);
  }
}
