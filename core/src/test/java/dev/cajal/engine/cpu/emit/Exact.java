package dev.cajal.engine.cpu.emit;

import dev.cajal.math.ErrorFunction;
import dev.cajal.tensor.Unary;

/** The functions of f32 in double precision, and how far a float is from what they give. */
final class Exact {
  private Exact() {}

  static double value(Unary f, double x) {
    return switch (f) {
      case NEGATE -> -x;
      case ABS -> Math.abs(x);
      case SIGN -> Math.signum(x);
      case FLOOR -> Math.floor(x);
      case CEIL -> Math.ceil(x);
      case ROUND -> Math.rint(x);
      case EXP -> Math.exp(x);
      case EXPM1 -> Math.expm1(x);
      case LOG -> Math.log(x);
      case LOG1P -> Math.log1p(x);
      case SQRT -> Math.sqrt(x);
      case SIN -> Math.sin(x);
      case COS -> Math.cos(x);
      case TANH -> Math.tanh(x);
      case SIGMOID -> sigmoid(x, Math.exp(-Math.abs(x)));
      case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
      case ERF -> Math.abs(x) < 6 ? ErrorFunction.erf(x) : Double.isNaN(x) ? x : Math.signum(x);
      case RELU -> Math.max(x, 0);
      case NOT -> throw new IllegalArgumentException("not is for truths");
    };
  }

  private static double sigmoid(double x, double e) {
    return (x < 0 ? e : 1) / (1 + e);
  }

  /**
   * The distance in units in the last place of the float nearest to the exact value; infinite where
   * only one of them is NaN, or where a zero has the wrong sign.
   */
  static double ulps(float found, double exact) {
    if (Double.isNaN(exact) || Float.isNaN(found)) {
      return Double.isNaN(exact) && Float.isNaN(found) ? 0 : Double.POSITIVE_INFINITY;
    }
    boolean wrongZero = exact == 0 && 1 / found != 1 / exact;
    if (wrongZero || (Math.signum(found) * Math.signum(exact) < 0)) {
      return Double.POSITIVE_INFINITY;
    }
    int exponent = Math.max(Math.getExponent(exact), Float.MIN_EXPONENT);
    double unit = Math.scalb(1.0, Math.min(exponent, Float.MAX_EXPONENT) - 23);
    return Math.abs(bounded(found) - bounded(exact)) / unit;
  }

  /** Infinity as the number after the largest. */
  private static double bounded(double x) {
    return Math.clamp(x, -0x1p128, 0x1p128);
  }
}
