package dev.cajal.math;

/**
 * A quotient of two polynomials, (p₀ + p₁x + p₂x² + …) / (q₀ + q₁x + q₂x² + …), by Horner's rule.
 */
final class Rational {

  private final double[] numerator;
  private final double[] denominator;

  private Rational(double[] numerator, double[] denominator) {
    this.numerator = numerator;
    this.denominator = denominator;
  }

  /** The numerator, p₀ first; {@link #over} completes it. */
  static Rational of(double... numerator) {
    return new Rational(numerator, new double[] {1});
  }

  /** This numerator over the denominator q₀, q₁, …. */
  Rational over(double... denominator) {
    return new Rational(numerator, denominator);
  }

  double at(double x) {
    return polynomial(numerator, x) / polynomial(denominator, x);
  }

  private static double polynomial(double[] coefficients, double x) {
    double sum = 0;
    for (int i = coefficients.length - 1; i >= 0; i--) {
      sum = sum * x + coefficients[i];
    }
    return sum;
  }
}
