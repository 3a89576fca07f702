package dev.cajal.engine.cpu.emit;

import dev.cajal.tensor.Distribution;

/** Random numbers as f32, made of 32 random bits each. */
final class RandomBits {
  private final Code code;

  RandomBits(Code code) {
    this.code = code;
  }

  Value number(Distribution distribution, Value bits) {
    return switch (distribution) {
      case UNIFORM -> uniform(bits);
      case NORMAL -> normal(bits);
    };
  }

  /** The upper 24 bits times 2⁻²⁴, without rounding. */
  private Value uniform(Value bits) {
    Value upper = code.convert(code.shiftRightUnsigned(bits, 8), Kind.F32);
    return code.times(upper, code.constant(0x1p-24f));
  }

  /**
   * Φ⁻¹(p) of p = (bits + ½)·2⁻³². With v = 2p - 1 and w = -log(4p(1 - p)) it is v times a function
   * of w that is nearly straight near 0, and one of √w far out: M. Giles, "Approximating the erfinv
   * function", GPU Computing Gems, 2011; the polynomials are our own.
   */
  private Value normal(Value bits) {
    Value centred = code.bitXor(bits, code.constant(Integer.MIN_VALUE));
    Value w = code.negate(new Logarithms(code).ofNormal(fourTimesVariance(centred)));
    Value root = code.minus(code.sqrt(w), code.constant(3.6875f));
    Value isNear = code.less(w, code.constant(6.25f));
    Value first = code.select(isNear, code.constant(0x1.40d932p0f), code.constant(0x1.3effa6p2f));
    Value argument = code.select(isNear, w, root);
    Value rest = code.select(isNear, restNear(w), restFar(root));
    Value factor = code.fma(argument, rest, first);
    // what the factor has lost by rounding, which would be another ulp
    Value lost = code.fma(argument, rest, code.minus(first, factor));
    Value v = doubled(centred);
    return code.fma(v, factor, code.times(v, lost));
  }

  /** For w ≤ 6.25; the whole has a relative error of 2^-27.2. */
  private Value restNear(Value w) {
    return Polynomial.at(
        code,
        w,
        0x1.4ffdcep-2f,
        0x1.0ba4c2p-6f,
        -0x1.b1ea4p-9f,
        -0x1.5f67a6p-13f,
        0x1.bdd6f4p-15f,
        0x1.586a2ap-17f,
        -0x1.153ap-18f,
        0x1.2436aap-21f,
        -0x1.292718p-25f,
        0x1.ed9356p-31f);
  }

  /** For √w - 3.6875 and w from 6.25 to 21.5; the whole has a relative error of 2^-26.2. */
  private Value restFar(Value root) {
    return Polynomial.at(
        code,
        root,
        0x1.6d14fp0f,
        0x1.abfebep-9f,
        -0x1.0a7608p-9f,
        0x1.da65dp-11f,
        -0x1.dddc42p-12f,
        0x1.26ba06p-12f,
        -0x1.9c5c6ap-13f,
        0x1.a37be6p-14f,
        -0x1.669ed8p-18f,
        -0x1.e863ccp-17f);
  }

  /** 2p - 1 = (centred + ½)·2⁻³¹, rounded once. */
  private Value doubled(Value centred) {
    Value upper = code.convert(code.bitAnd(centred, code.constant(~0xff)), Kind.F32);
    Value lower = code.convert(code.bitAnd(centred, code.constant(0xff)), Kind.F32);
    Value scale = code.constant(0x1p-31f);
    Value rest = code.times(code.plus(lower, code.constant(0.5f)), scale);
    return code.fma(upper, scale, rest);
  }

  /** 4q(1 - q) of the smaller probability q, that of the tail that begins there. */
  private Value fourTimesVariance(Value centred) {
    Value fromCentre = code.bitXor(centred, code.shiftRight(centred, 31));
    Value fromEnd = code.bitXor(fromCentre, code.constant(Integer.MAX_VALUE));
    Value q =
        code.fma(code.convert(fromEnd, Kind.F32), code.constant(0x1p-32f), code.constant(0x1p-33f));
    Value four = code.times(q, code.constant(4f));
    return code.fma(code.negate(four), q, four);
  }
}
