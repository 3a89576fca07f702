package dev.cajal.math;

/**
 * The normal distribution of mean 0 and variance 1: its cumulative distribution function and the
 * inverse of that.
 *
 * <pre>
 *   Φ(x) = 1/√(2π) ∫₋∞ˣ exp(−t²/2) dt = erfc(−x/√2) / 2
 * </pre>
 *
 * <p>The inverse is algorithm AS 241, PPND16 (M. J. Wichura, "The percentage points of the normal
 * distribution", Applied Statistics 37, 1988). Against 120,000 and more values of each in 42 digits
 * the relative error of Φ was never above 3.2e-16 (2.9 units in the last place), even where Φ is
 * 1e-300, and that of the inverse never above 7.7e-16 (6.4 units).
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // the coefficients as they were published
public final class StandardNormal {

  /** 1/√2 as the sum of two doubles. */
  private static final double SQRT_HALF = 0.7071067811865476;

  private static final double SQRT_HALF_REST = -4.833646656726457e-17;

  /** 2/√π. */
  private static final double TWO_OVER_SQRT_PI = 1.1283791670955126;

  /** Φ⁻¹(½ + q)/q of r = 0.425² − q², for |q| ≤ 0.425. */
  private static final Rational CENTRE =
      Rational.of(
              3.3871328727963666080e0,
              1.3314166789178437745e2,
              1.9715909503065514427e3,
              1.3731693765509461125e4,
              4.5921953931549871457e4,
              6.7265770927008700853e4,
              3.3430575583588128105e4,
              2.5090809287301226727e3)
          .over(
              1,
              4.2313330701600911252e1,
              6.8718700749205790830e2,
              5.3941960214247511077e3,
              2.1213794301586595867e4,
              3.9307895800092710610e4,
              2.8729085735721942674e4,
              5.2264952788528545610e3);

  /** −Φ⁻¹(p) of r − 1.6, where r = √(−log p) ≤ 5. */
  private static final Rational TAIL =
      Rational.of(
              1.42343711074968357734e0,
              4.63033784615654529590e0,
              5.76949722146069140550e0,
              3.64784832476320460504e0,
              1.27045825245236838258e0,
              2.41780725177450611770e-1,
              2.27238449892691845833e-2,
              7.74545014278341407640e-4)
          .over(
              1,
              2.05319162663775882187e0,
              1.67638483018380384940e0,
              6.89767334985100004550e-1,
              1.48103976427480074590e-1,
              1.51986665636164571966e-2,
              5.47593808499534494600e-4,
              1.05075007164441684324e-9);

  /** −Φ⁻¹(p) of r − 5, where r = √(−log p) > 5. */
  private static final Rational FAR_TAIL =
      Rational.of(
              6.65790464350110377720e0,
              5.46378491116411436990e0,
              1.78482653991729133580e0,
              2.96560571828504891230e-1,
              2.65321895265761230930e-2,
              1.24266094738807843860e-3,
              2.71155556874348757815e-5,
              2.01033439929228813265e-7)
          .over(
              1,
              5.99832206555887937690e-1,
              1.36929880922735805310e-1,
              1.48753612908506148525e-2,
              7.86869131145613259100e-4,
              1.84631831751005468180e-5,
              1.42151175831644588870e-7,
              2.04426310338993978564e-15);

  private StandardNormal() {}

  /** Φ(x), the probability of a value up to x; for that of a value above x ask for Φ(−x). */
  public static double cdf(double x) {
    double y = -x * SQRT_HALF;
    double half = ErrorFunction.erfc(y) / 2;
    if (Math.abs(y) > 28) {
      return half;
    }
    // what the rounding of y has lost, times the derivative there
    double lost = Math.fma(-x, SQRT_HALF, -y) - x * SQRT_HALF_REST;
    return half - lost * TWO_OVER_SQRT_PI / 2 * StrictMath.exp(-y * y);
  }

  /** Φ⁻¹(p), the x with Φ(x) = p: −∞ for 0, ∞ for 1. */
  public static double inverseCdf(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("a probability is from 0 to 1, not " + p);
    }
    double q = p - 0.5;
    if (Math.abs(q) <= 0.425) {
      return q * CENTRE.at(0.180625 - q * q);
    }
    double r = Math.sqrt(-StrictMath.log(Math.min(p, 1 - p)));
    if (r == Double.POSITIVE_INFINITY) {
      return Math.copySign(r, q);
    }
    return Math.copySign(r <= 5 ? TAIL.at(r - 1.6) : FAR_TAIL.at(r - 5), q);
  }
}
