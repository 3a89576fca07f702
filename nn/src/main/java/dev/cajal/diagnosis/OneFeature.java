package dev.cajal.diagnosis;

import dev.cajal.tensor.Array;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** What one feature tells of the target: what samples with the nearest values of it have. */
final class OneFeature {
  private static final int NEAREST = 5;

  private final int feature;
  private final double[] values;
  private final double[] targets;

  private OneFeature(int feature, double[] values, double[] targets) {
    this.feature = feature;
    this.values = values;
    this.targets = targets;
  }

  /** Learned from some samples. */
  static OneFeature of(Outcome training, int feature) {
    double[] column = column(training, feature);
    double[] targets = targets(training);
    int[] order =
        IntStream.range(0, column.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> column[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new OneFeature(
        feature,
        Arrays.stream(order).mapToDouble(i -> column[i]).toArray(),
        Arrays.stream(order).mapToDouble(i -> targets[i]).toArray());
  }

  private static double[] column(Outcome outcome, int feature) {
    Array x = outcome.samples().x();
    int width = x.length() / outcome.samples().size();
    return IntStream.range(0, outcome.samples().size())
        .mapToDouble(row -> x.at(row * width + feature))
        .toArray();
  }

  private static double[] targets(Outcome outcome) {
    return outcome.classes() > 0
        ? Arrays.stream(outcome.labels()).asDoubleStream().toArray()
        : outcome.samples().y().toDoubles();
  }

  /** How much fewer errors it makes on samples than the best constant: 1 is none, 0 as many. */
  double skill(Outcome judge) {
    double[] column = column(judge, feature);
    double[] truth = targets(judge);
    boolean isOfClasses = judge.classes() > 0;
    double constant = isOfClasses ? mostFrequent(truth) : Numbers.mean(truth);
    double own = 0;
    double its = 0;
    for (int i = 0; i < truth.length; i++) {
      own += error(guess(column[i], isOfClasses), truth[i], isOfClasses);
      its += error(constant, truth[i], isOfClasses);
    }
    return its == 0 ? 0 : 1 - own / its;
  }

  private static double error(double guess, double truth, boolean isClass) {
    return isClass ? (guess == truth ? 0 : 1) : (guess - truth) * (guess - truth);
  }

  private double guess(double value, boolean isClass) {
    int found = Arrays.binarySearch(values, value);
    int at = found < 0 ? -found - 1 : found;
    int from = Math.clamp(at - NEAREST / 2, 0, Math.max(0, values.length - NEAREST));
    double[] near = Arrays.copyOfRange(targets, from, Math.min(values.length, from + NEAREST));
    return isClass ? mostFrequent(near) : Numbers.mean(near);
  }

  private static double mostFrequent(double... labels) {
    double[] sorted = labels.clone();
    Arrays.sort(sorted);
    double most = sorted[0];
    int count = 0;
    for (int from = 0; from < sorted.length; ) {
      int to = from;
      while (to < sorted.length && sorted[to] == sorted[from]) {
        to++;
      }
      if (to - from > count) {
        most = sorted[from];
        count = to - from;
      }
      from = to;
    }
    return most;
  }
}
