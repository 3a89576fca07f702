package dev.cajal.autodiff;

import java.util.function.DoubleUnaryOperator;

/**
 * A derivative by central differences, with how far it may be off.
 *
 * <p>A large step cuts the function's curves short, a small one leaves nothing but rounding; which
 * is which depends on the function. So the step goes down a ladder, and of neighbouring rungs the
 * two that agree best count: their distance says how well the derivative is known.
 *
 * @param value the derivative
 * @param uncertainty how far it may be off
 */
record Difference(double value, double uncertainty) {
  private static final int RUNGS = 11;
  private static final double RATIO = 8;

  /**
   * The derivative at 0.
   *
   * @param f the function, of the distance from the point
   * @param largest the step to begin with
   * @param noise what rounding makes of the function's values
   * @param enough the relative uncertainty at which to stop
   */
  static Difference of(DoubleUnaryOperator f, double largest, double noise, double enough) {
    var best = new Difference(Double.NaN, Double.POSITIVE_INFINITY);
    double before = central(f, largest);
    double step = largest;
    for (int rung = 1; rung < RUNGS; rung++) {
      step /= RATIO;
      double now = central(f, step);
      double uncertainty = Math.max(Math.abs(now - before), 2 * noise / step);
      if (uncertainty < best.uncertainty) {
        best = new Difference(now, uncertainty);
      }
      if (uncertainty <= enough * Math.abs(now)) {
        return best;
      }
      before = now;
    }
    return best;
  }

  /** Over four points, which is exact but for terms of the order h⁴. */
  private static double central(DoubleUnaryOperator f, double h) {
    double near = f.applyAsDouble(h) - f.applyAsDouble(-h);
    double far = f.applyAsDouble(2 * h) - f.applyAsDouble(-2 * h);
    return (8 * near - far) / (12 * h);
  }
}
