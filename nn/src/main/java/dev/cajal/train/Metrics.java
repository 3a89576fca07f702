package dev.cajal.train;

import dev.cajal.tensor.Array;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How well a model does, over a whole set of samples: never an average over batches. Predictions of
 * classes are in a {@link ConfusionMatrix}.
 */
public final class Metrics {
  private Metrics() {}

  // Classes.

  /** The class with the largest number of each row: the first of equal ones. */
  public static int[] predictions(Array scores) {
    int classes = width(scores);
    requireNumbers(scores, classes);
    var predictions = new int[rows(scores)];
    for (int row = 0; row < predictions.length; row++) {
      for (int i = 1; i < classes; i++) {
        if (scores.at(row * classes + i) > scores.at(row * classes + predictions[row])) {
          predictions[row] = i;
        }
      }
    }
    return predictions;
  }

  /**
   * What part of the samples has its class among the k with the largest numbers; a class counts if
   * fewer than k others are larger, or as large and earlier.
   */
  public static double topK(Array scores, int[] labels, int k) {
    int classes = width(scores);
    requireSameLength(rows(scores), labels.length);
    requireNumbers(scores, classes);
    if (k < 1) {
      throw new IllegalArgumentException("the first k are at least 1, not " + k);
    }
    int found = 0;
    for (int row = 0; row < labels.length; row++) {
      double own = scores.at(row * classes + label(labels, row, classes));
      int before = 0;
      for (int i = 0; i < classes; i++) {
        double other = scores.at(row * classes + i);
        before += other > own || (other == own && i < labels[row]) ? 1 : 0;
      }
      found += before < k ? 1 : 0;
    }
    return (double) found / labels.length;
  }

  /** The mean of {@code -log(p)} of each sample's class; p is no less than 1e-15. */
  public static double logLoss(Array probabilities, int[] labels) {
    int classes = width(probabilities);
    requireSameLength(rows(probabilities), labels.length);
    double sum = 0;
    for (int row = 0; row < labels.length; row++) {
      double p = probabilities.at(row * classes + label(labels, row, classes));
      // Above 1 by no more than rounding.
      if (!(p >= 0 && p <= 1 + 1e-6)) {
        throw new IllegalArgumentException(
            "row %d: a probability is from 0 to 1, not %s".formatted(row, p));
      }
      sum -= Math.log(Math.clamp(p, 1e-15, 1));
    }
    return sum / labels.length;
  }

  /** {@code exp(mean loss)}: among how many equally likely words a language model wavers. */
  public static double perplexity(double meanLoss) {
    return Math.exp(meanLoss);
  }

  private static void requireNumbers(Array scores, int classes) {
    for (int i = 0; i < scores.length(); i++) {
      if (Double.isNaN(scores.at(i))) {
        throw new IllegalArgumentException("row %d: a score is NaN".formatted(i / classes));
      }
    }
  }

  private static int label(int[] labels, int row, int classes) {
    if (labels[row] < 0 || labels[row] >= classes) {
      throw new IllegalArgumentException(
          "row %d: a label is one of %d classes, 0 to %d, not %d"
              .formatted(row, classes, classes - 1, labels[row]));
    }
    return labels[row];
  }

  // Yes or no, by scores.

  /**
   * The area under the curve of true over false positives: the probability that a positive sample
   * has the larger score of two, equal ones counting half (Hanley and McNeil, 1982).
   *
   * @return NaN if all samples are positive, or none
   */
  public static double rocAuc(double[] scores, boolean[] positive) {
    Integer[] order = byScore(scores, positive);
    double positives = 0;
    double pairs = 0;
    for (int from = 0; from < order.length; ) {
      int to = endOfEqual(scores, order, from);
      int inside = 0;
      for (int i = from; i < to; i++) {
        inside += positive[order[i]] ? 1 : 0;
      }
      int negatives = to - from - inside;
      // Of the largest scores first: those before are larger, those of this group are equal.
      pairs += negatives * (positives + inside / 2.0);
      positives += inside;
      from = to;
    }
    double negatives = order.length - positives;
    return positives == 0 || negatives == 0 ? Double.NaN : pairs / positives / negatives;
  }

  /**
   * The area under the curve of precision over recall, in steps: {@code Σ (Rᵢ - Rᵢ₋₁)·Pᵢ} over all
   * thresholds, without interpolation, which would be too optimistic (Davis and Goadrich, 2006).
   *
   * @return 0 if no sample is positive
   */
  public static double prAuc(double[] scores, boolean[] positive) {
    Integer[] order = byScore(scores, positive);
    int positives = 0;
    for (boolean is : positive) {
      positives += is ? 1 : 0;
    }
    double area = 0;
    double found = 0;
    for (int from = 0; from < order.length; ) {
      int to = endOfEqual(scores, order, from);
      int inside = 0;
      for (int i = from; i < to; i++) {
        inside += positive[order[i]] ? 1 : 0;
      }
      found += inside;
      area += inside * found / to;
      from = to;
    }
    return positives == 0 ? 0 : area / positives;
  }

  private static Integer[] byScore(double[] scores, boolean[] positive) {
    requireSameLength(scores.length, positive.length);
    for (int i = 0; i < scores.length; i++) {
      if (Double.isNaN(scores[i])) {
        throw new IllegalArgumentException("row %d: its score is NaN".formatted(i));
      }
    }
    Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -scores[i]));
    return order;
  }

  private static int endOfEqual(double[] scores, Integer[] order, int from) {
    int to = from + 1;
    while (to < order.length && scores[order[to]] == scores[order[from]]) {
      to++;
    }
    return to;
  }

  // Numbers.

  /** {@code mean(|y - t|)}. */
  public static double meanAbsoluteError(double[] predictions, double[] targets) {
    requireSameLength(predictions.length, targets.length);
    double sum = 0;
    for (int i = 0; i < targets.length; i++) {
      sum += Math.abs(predictions[i] - targets[i]);
    }
    return sum / targets.length;
  }

  /** {@code √mean((y - t)²)}. */
  public static double rootMeanSquaredError(double[] predictions, double[] targets) {
    return Math.sqrt(squares(predictions, targets) / targets.length);
  }

  /**
   * {@code 1 - Σ(y - t)²/Σ(t - mean(t))²}: 1 is perfect, 0 no better than the mean. Of targets that
   * are all the same, and their mean too, it is 1 for perfect predictions, and else 0. Where the
   * mean is rounded, as of three times 0.1, the denominator is not 0 but tiny.
   */
  public static double r2(double[] predictions, double[] targets) {
    double left = squares(predictions, targets);
    double mean = Arrays.stream(targets).average().orElse(Double.NaN);
    double all = Arrays.stream(targets).map(t -> (t - mean) * (t - mean)).sum();
    return all == 0 ? (left == 0 ? 1 : 0) : 1 - left / all;
  }

  private static double squares(double[] predictions, double[] targets) {
    requireSameLength(predictions.length, targets.length);
    double sum = 0;
    for (int i = 0; i < targets.length; i++) {
      sum += (predictions[i] - targets[i]) * (predictions[i] - targets[i]);
    }
    return sum;
  }

  private static int rows(Array scores) {
    return scores.shape().rank() == 0 ? 0 : scores.length() / Math.max(1, width(scores));
  }

  private static int width(Array scores) {
    if (scores.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "scores of classes are [samples, classes], not " + scores.shape());
    }
    return scores.shape().numbers()[1];
  }

  private static void requireSameLength(int some, int others) {
    if (some != others) {
      throw new IllegalArgumentException("%d predictions and %d targets".formatted(some, others));
    }
  }
}
