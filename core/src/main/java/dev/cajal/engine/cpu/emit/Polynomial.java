package dev.cajal.engine.cpu.emit;

/** Polynomials c₀ + c₁x + c₂x² + … by Horner's rule, each step rounded once. */
final class Polynomial {
  private Polynomial() {}

  /** The value at x; the constant coefficient comes first. */
  static Value at(Code code, Value x, float... coefficients) {
    int last = coefficients.length - 1;
    Value sum = code.constant(coefficients[last]);
    for (int i = last - 1; i >= 0; i--) {
      sum = code.fma(sum, x, code.constant(coefficients[i]));
    }
    return sum;
  }
}
