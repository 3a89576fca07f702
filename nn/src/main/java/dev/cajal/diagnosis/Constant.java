package dev.cajal.diagnosis;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleBiFunction;

/**
 * What one would answer without looking at a sample: the constant output with the smallest loss,
 * which for the usual losses is the mean, the median, or the logarithm of odds or frequencies.
 *
 * @param loss its mean loss
 * @param isLogit whether it is a logarithm of odds: so outputs are such, and yes is above 0
 */
record Constant(double loss, boolean isLogit) {

  /** The best for some samples; empty where outputs and targets are unlike those that are known. */
  static Optional<Constant> of(Outcome outcome) {
    return candidates(outcome).stream()
        .filter(each -> Double.isFinite(each.loss))
        .min((a, b) -> Double.compare(a.loss, b.loss));
  }

  private static List<Constant> candidates(Outcome outcome) {
    Array y = outcome.samples().y();
    int rank = outcome.output().shape().rank();
    if (y.dtype() == DType.I32 && y.shape().rank() == rank - 1) {
      double[] shares = shares(y, outcome.weights(), outcome.output().shape().numbers()[rank - 1]);
      return List.of(of(outcome, false, map(shares, Math::log)));
    }
    if (!outcome.isOfNumbers()) {
      return List.of();
    }
    double[][] columns = columns(y, outcome.samples().size());
    double[] weights = outcome.weights();
    double[] means = forEach(columns, weights, Constant::mean);
    double[] medians = forEach(columns, weights, Numbers::weightedMedian);
    var candidates = new ArrayList<Constant>();
    candidates.add(of(outcome, false, means));
    candidates.add(of(outcome, false, medians));
    if (Arrays.stream(means).allMatch(mean -> mean >= 0 && mean <= 1)) {
      double[] inside = map(means, mean -> Math.clamp(mean, 1e-6, 1 - 1e-6));
      candidates.add(of(outcome, true, map(inside, mean -> Math.log(mean / (1 - mean)))));
      candidates.add(of(outcome, false, map(inside, Math::log)));
    }
    return candidates;
  }

  private static Constant of(Outcome outcome, boolean isLogit, double... numbers) {
    return new Constant(Numbers.mean(outcome.losses(outcome.same(numbers))), isLogit);
  }

  private static double[] forEach(
      double[][] columns, double[] weights, ToDoubleBiFunction<double[], double[]> what) {
    var all = new double[columns.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = what.applyAsDouble(columns[i], ofColumn(columns, i, weights));
    }
    return all;
  }

  /** The weights may be those of samples, or of each number. */
  private static double[] ofColumn(double[][] columns, int column, double... weights) {
    var its = new double[columns[column].length];
    for (int row = 0; row < its.length; row++) {
      long number = (long) row * columns.length + column;
      its[row] = weights[(int) (number * weights.length / ((long) its.length * columns.length))];
    }
    return its;
  }

  private static double mean(double[] numbers, double... weights) {
    double sum = 0;
    double all = 0;
    for (int i = 0; i < numbers.length; i++) {
      sum += weights[i] == 0 ? 0 : weights[i] * numbers[i];
      all += weights[i];
    }
    return sum / all;
  }

  /** What part of the weight each class has; half of a mean place's where it has none. */
  private static double[] shares(Array labels, double[] weights, int classes) {
    double all = Arrays.stream(weights).sum();
    var counts = new double[classes];
    Arrays.fill(counts, all / (2.0 * labels.length()));
    for (int i = 0; i < labels.length(); i++) {
      int label = (int) labels.at(i);
      // What counts nothing may be no class.
      if (label >= 0 && label < classes) {
        counts[label] += weights[i];
      }
    }
    return map(counts, count -> count / all);
  }

  private static double[][] columns(Array y, int rows) {
    int width = y.length() / Math.max(1, rows);
    var columns = new double[width][rows];
    for (int i = 0; i < y.length(); i++) {
      columns[i % width][i / width] = y.at(i);
    }
    return columns;
  }

  private static double[] map(double[] numbers, DoubleUnaryOperator function) {
    return Arrays.stream(numbers).map(function).toArray();
  }
}
