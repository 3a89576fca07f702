package dev.cajal.testing;

import dev.cajal.tensor.DType;

/**
 * The errors of sums and of sums of products, whose terms may be added in any order: what the terms
 * may be off, and roundings of their magnitudes.
 */
final class SumTolerance {
  private static final double LARGEST_EXACT = 0x1p24;
  private static final double FRACTION = 0x1p-5;

  private SumTolerance() {}

  /** A sum over axes, of so many terms an element. */
  static double[] sum(Again again, double[] y, Enclosure x, long terms) {
    double[] magnitudes = again.on(x.magnitudes());
    double[] errors = x.isExact() ? new double[y.length] : again.on(finite(x.errors()));
    boolean onGrid = x.isOnGrid(FRACTION);
    return all(again.node().dtype(), y, magnitudes, errors, onGrid ? FRACTION : 0, terms);
  }

  /** Sums of products of an element of x and one of y, so many an element of the result. */
  static double[] products(Again again, double[] z, Enclosure x, Enclosure y, long terms) {
    double[] magnitudes = again.on(x.magnitudes(), y.magnitudes());
    boolean exact = x.isExact() && y.isExact();
    double[] least = exact ? magnitudes : again.on(absolute(x), absolute(y));
    var errors = new double[z.length];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = magnitudes[i] - least[i];
    }
    boolean onGrid = exact && x.isOnGrid(FRACTION) && y.isOnGrid(FRACTION);
    double grid = onGrid ? FRACTION * FRACTION : 0;
    // A product that is not fused into its sum is rounded once more.
    return all(again.node().dtype(), z, magnitudes, errors, grid, terms + 1);
  }

  /** An undecided element makes each sum that it is part of undecided. */
  private static double[] finite(double[] errors) {
    double[] finite = errors.clone();
    for (int i = 0; i < finite.length; i++) {
      finite[i] = Double.isInfinite(finite[i]) ? Double.NaN : finite[i];
    }
    return finite;
  }

  private static double[] absolute(Enclosure x) {
    double[] absolute = x.values().clone();
    for (int i = 0; i < absolute.length; i++) {
      absolute[i] = Math.abs(absolute[i]);
    }
    return absolute;
  }

  static double[] all(
      DType dtype, double[] y, double[] magnitudes, double[] errors, double grid, long terms) {
    var result = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      boolean isExact = errors[i] == 0 && grid > 0 && magnitudes[i] <= LARGEST_EXACT * grid;
      double roundings = isExact ? 0 : Rounding.roundings(terms) * Rounding.unit(dtype);
      double error = errors[i] + roundings * magnitudes[i];
      error += roundings == 0 ? 0 : terms * Rounding.TINY;
      boolean isSpecial = !Double.isFinite(y[i]) && errors[i] == 0;
      boolean overflows = !(magnitudes[i] + error <= Rounding.largest(dtype));
      result[i] = isSpecial ? 0 : overflows ? Double.POSITIVE_INFINITY : error;
    }
    return result;
  }
}
