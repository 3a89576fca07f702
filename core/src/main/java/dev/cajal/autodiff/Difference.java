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
  private static final int RUNGS = 16;
  private static final double RATIO = 8;

  /** One rung: the derivative by its step, and the noise seen in the function's values. */
  private record Rung(double derivative, double noise, boolean isFlat) {}

  /**
   * The derivative at 0.
   *
   * @param f the function, of the distance from the point
   * @param largest the step to begin with
   * @param noise what rounding makes of the function's values, at least
   * @param enough the relative uncertainty at which to stop
   */
  static Difference of(DoubleUnaryOperator f, double largest, double noise, double enough) {
    var best = new Difference(Double.NaN, Double.POSITIVE_INFINITY);
    double middle = f.applyAsDouble(0);
    Rung before = rung(f, middle, largest);
    // The least noise seen anywhere: where none is seen, it has only cancelled.
    double least = before.noise > 0 ? before.noise : Double.POSITIVE_INFINITY;
    double step = largest;
    for (int i = 1; i < RUNGS; i++) {
      step /= RATIO;
      Rung now = rung(f, middle, step);
      double apart = Math.abs(now.derivative - before.derivative);
      least = now.noise > 0 ? Math.min(least, now.noise) : least;
      double seen = least == Double.POSITIVE_INFINITY ? 0 : Math.max(now.noise, least);
      double uncertainty = Math.max(apart, 2 * Math.max(noise, seen) / step);
      boolean wasKnown = best.uncertainty <= 1e-3 * Math.abs(best.value);
      boolean isLost = now.isFlat && !before.isFlat;
      if (wasKnown && (isLost || uncertainty > 4 * best.uncertainty)) {
        // Past the best rung: two that agree further down do so by chance, or because the step is
        // lost in the digits of something on the way.
        return best;
      }
      if (uncertainty < best.uncertainty) {
        best = new Difference(now.derivative, uncertainty);
      }
      if (uncertainty <= enough * Math.abs(now.derivative) || (now.isFlat && before.isFlat)) {
        return best;
      }
      before = now;
    }
    return best;
  }

  /** Central differences over four points, which are exact but for terms of the order h⁴. */
  private static Rung rung(DoubleUnaryOperator f, double middle, double h) {
    double right = f.applyAsDouble(h);
    double left = f.applyAsDouble(-h);
    double farRight = f.applyAsDouble(2 * h);
    double farLeft = f.applyAsDouble(-2 * h);
    double derivative = (8 * (right - left) - (farRight - farLeft)) / (12 * h);
    // The second difference grows with the square of the step; what doesn't, is rounding.
    double curve = right + left - 2 * middle;
    double farCurve = farRight + farLeft - 2 * middle;
    double noise = Math.abs(farCurve - 4 * curve);
    boolean isFlat = right == left && farRight == farLeft && right == middle && farRight == middle;
    return new Rung(derivative, noise, isFlat);
  }
}
