package dev.cajal.report;

import java.util.ArrayList;
import java.util.List;

/**
 * How often something is so when it is said to be so probable.
 *
 * @param bins of the same width, from 0 to 1, those without rows among them
 * @param error the mean distance between what is said and what is so, weighted by rows: the
 *     expected calibration error
 */
record Calibration(List<Bin> bins, double error) {
  static final int BINS = 10;

  /**
   * The rows whose probability is in a range.
   *
   * @param said the mean of their probabilities
   * @param right how many it was so for
   */
  record Bin(long rows, double said, long right) {
    double share() {
      return rows == 0 ? Double.NaN : (double) right / rows;
    }
  }

  /** Of the second of two classes; of more, of the class that is predicted. */
  static Calibration of(Classification its) {
    Answers answers = its.answers();
    var rows = new long[BINS];
    var sums = new double[BINS];
    var right = new long[BINS];
    for (int i = 0; i < answers.count(); i++) {
      int of = its.isBinary() ? 1 : answers.prediction(i);
      double said = answers.probability(i, of);
      if (!Double.isNaN(said)) {
        int bin = Math.clamp((int) (said * BINS), 0, BINS - 1);
        rows[bin]++;
        sums[bin] += said;
        right[bin] += answers.label(i) == of ? 1 : 0;
      }
    }
    return of(rows, sums, right);
  }

  private static Calibration of(long[] rows, double[] sums, long[] right) {
    var bins = new ArrayList<Bin>();
    double off = 0;
    long all = 0;
    for (int k = 0; k < BINS; k++) {
      bins.add(new Bin(rows[k], rows[k] == 0 ? Double.NaN : sums[k] / rows[k], right[k]));
      off += Math.abs(sums[k] - (double) right[k]);
      all += rows[k];
    }
    return new Calibration(List.copyOf(bins), all == 0 ? Double.NaN : off / (double) all);
  }
}
