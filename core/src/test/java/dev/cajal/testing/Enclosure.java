package dev.cajal.testing;

import dev.cajal.tensor.DType;
import java.util.Arrays;

/**
 * What a node is worth by the reference interpreter, row by row, and how far from that each element
 * may lie in an engine that rounds as {@link Rounding} says. An infinite error means that anything
 * goes, NaN included; an error of 0 that the element must be exactly this.
 *
 * @param sizes one number an axis
 * @param values what the reference says
 * @param errors what an element may be off, absolutely
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Enclosure(int[] sizes, double[] values, double[] errors) {

  boolean isExact() {
    return Arrays.stream(errors).allMatch(error -> error == 0);
  }

  /** The least that each element can be; of those where anything goes, what they are. */
  double[] low() {
    return moved(-1);
  }

  /** The most that each element can be; of those where anything goes, what they are. */
  double[] high() {
    return moved(1);
  }

  private double[] moved(int direction) {
    var moved = values.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += Double.isInfinite(errors[i]) ? 0 : direction * errors[i];
    }
    return moved;
  }

  /** The magnitudes at their largest; NaN where anything goes, so that what uses it is NaN too. */
  double[] magnitudes() {
    var magnitudes = new double[values.length];
    for (int i = 0; i < magnitudes.length; i++) {
      magnitudes[i] = Double.isInfinite(errors[i]) ? Double.NaN : Math.abs(values[i]) + errors[i];
    }
    return magnitudes;
  }

  /** Whether all elements are multiples of a fraction, so that sums of them may be exact. */
  boolean isOnGrid(double fraction) {
    return isExact()
        && Arrays.stream(values).allMatch(x -> x / fraction == Math.rint(x / fraction));
  }

  /** The distance from a value to other possible ones; NaN and infinities are near nothing else. */
  static double distance(double value, double... others) {
    double error = 0;
    for (double other : others) {
      if (Double.compare(other + 0.0, value + 0.0) != 0) {
        double apart = Math.abs(other - value);
        error = Double.isNaN(apart) ? Double.POSITIVE_INFINITY : Math.max(error, apart);
      }
    }
    return error;
  }

  /** The error with which a result is stored: what came in, and so many units in the last place. */
  static double rounded(DType dtype, double ulps, double value, double error) {
    boolean settled = error == 0 && (ulps == 0 || value == 0 || !Double.isFinite(value));
    if (settled || (error == 0 && ulps <= 0.5 && Rounding.has(dtype, value))) {
      return 0;
    }
    double more = 2 * ulps * Rounding.unit(dtype) * (Math.abs(value) + error);
    double total = error + more + (ulps > 0 ? Rounding.TINY : 0);
    // What overflows in one order of operations may not in another.
    return Math.abs(value) + total <= Rounding.largest(dtype) ? total : Double.POSITIVE_INFINITY;
  }
}
