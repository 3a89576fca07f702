package dev.cajal.train;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import java.util.Arrays;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/**
 * A number that says how well a model does, over all samples at once: never an average over
 * batches.
 *
 * <pre>{@code
 * Trainer.of(model, Losses.crossEntropy()).metrics(Metric.accuracy(), Metric.macroF1())
 * }</pre>
 *
 * @param name what tables and files call it
 * @param isBetterLarger whether a larger number is a better one
 * @param formula of outputs and targets; those of samples, or places of them, that count nothing
 *     are left out
 */
public record Metric(
    String name, boolean isBetterLarger, ToDoubleBiFunction<Array, Array> formula) {

  private static final Set<String> TAKEN =
      Set.of("", "epoch", "step", "loss", "validation_loss", "best", "seconds");

  public Metric {
    if (TAKEN.contains(name.strip())) {
      throw new IllegalArgumentException("a metric can't be called \"%s\"".formatted(name));
    }
  }

  // Of classes: outputs [samples, classes], targets their numbers, or distributions over them.

  /** What part of the samples has the right class. */
  public static Metric accuracy() {
    return ofMatrix("accuracy", ConfusionMatrix::accuracy);
  }

  /** What part of the samples has the right class among the k likeliest. */
  public static Metric topK(int k) {
    return new Metric("top" + k, true, (y, t) -> Metrics.topK(y, labels(y, t), k));
  }

  /** The mean of the classes' precisions. */
  public static Metric macroPrecision() {
    return ofMatrix("precision", ConfusionMatrix::macroPrecision);
  }

  /** The mean of the classes' recalls. */
  public static Metric macroRecall() {
    return ofMatrix("recall", ConfusionMatrix::macroRecall);
  }

  /** The mean of the classes' F1. */
  public static Metric macroF1() {
    return ofMatrix("f1", ConfusionMatrix::macroF1);
  }

  /** The mean of the classes' F1, by how many samples they have. */
  public static Metric weightedF1() {
    return ofMatrix("weighted-f1", ConfusionMatrix::weightedF1);
  }

  /** Of logits: the mean of {@code -log softmax(y)} of the right class. */
  public static Metric logLoss() {
    return new Metric("log-loss", false, Metric::logLoss);
  }

  /** Of logits: {@code exp(log-loss)}. */
  public static Metric perplexity() {
    return new Metric("perplexity", false, (y, t) -> Metrics.perplexity(logLoss(y, t)));
  }

  private static double logLoss(Array y, Array t) {
    int classes = classes(y);
    int[] labels = labels(y, t);
    double sum = 0;
    for (int row = 0; row < labels.length; row++) {
      int from = row * classes;
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < classes; i++) {
        most = Math.max(most, y.at(from + i));
      }
      double all = 0;
      for (int i = 0; i < classes; i++) {
        all += Math.exp(y.at(from + i) - most);
      }
      sum += most + Math.log(all) - y.at(from + labels[row]);
    }
    return sum / labels.length;
  }

  private static Metric ofMatrix(String name, ToDoubleFunction<ConfusionMatrix> formula) {
    return new Metric(
        name,
        true,
        (y, t) ->
            formula.applyAsDouble(
                ConfusionMatrix.of(labels(y, t), Metrics.predictions(y), classes(y))));
  }

  private static int classes(Array y) {
    if (y.shape().rank() != 2 || y.shape().numbers()[1] < 2) {
      throw new IllegalArgumentException(
          "a metric of classes is over outputs [samples, classes] of two classes or more, not %s; of yes and no there is binaryAccuracy"
              .formatted(y.shape()));
    }
    return y.shape().numbers()[1];
  }

  private static int[] labels(Array y, Array t) {
    return t.dtype() == DType.I32 ? t.toInts() : Metrics.predictions(requireLike(y, t));
  }

  // Of yes or no: outputs and targets [samples] or [samples, 1]; targets are 1 and 0, or 1 and -1.

  /**
   * What part of the samples is on the right side of a number: 0 for logits, ½ for probabilities.
   */
  public static Metric binaryAccuracy(double threshold) {
    return new Metric(
        threshold == 0 ? "binary-accuracy" : "binary-accuracy-" + threshold,
        true,
        (y, t) -> {
          double[] outputs = numbers(y, t);
          double[] targets = t.toDoubles();
          long right = 0;
          for (int i = 0; i < targets.length; i++) {
            right += (outputs[i] > threshold) == (targets[i] > 0) ? 1 : 0;
          }
          return (double) right / targets.length;
        });
  }

  /** The area under the curve of true over false positives. */
  public static Metric rocAuc() {
    return ofScores("auc", Metrics::rocAuc);
  }

  /** The area under the curve of precision over recall. */
  public static Metric prAuc() {
    return ofScores("pr-auc", Metrics::prAuc);
  }

  private static Metric ofScores(String name, BiFunction<double[], boolean[], Double> formula) {
    return new Metric(
        name,
        true,
        (y, t) -> {
          var positive = new boolean[t.length()];
          for (int i = 0; i < positive.length; i++) {
            positive[i] = t.at(i) > 0;
          }
          return formula.apply(numbers(y, t), positive);
        });
  }

  // Of numbers.

  /** The mean absolute error. */
  public static Metric meanAbsoluteError() {
    return ofNumbers("mae", false, Metrics::meanAbsoluteError);
  }

  /** The root of the mean squared error. */
  public static Metric rootMeanSquaredError() {
    return ofNumbers("rmse", false, Metrics::rootMeanSquaredError);
  }

  /** What part of the targets' variance is explained; of several outputs the mean. */
  public static Metric r2() {
    return new Metric(
        "r2",
        true,
        (y, t) -> {
          requireLike(y, t);
          int width = y.shape().rank() < 2 ? 1 : y.length() / Math.max(1, y.shape().numbers()[0]);
          double sum = 0;
          for (int column = 0; column < width; column++) {
            sum += Metrics.r2(column(y, column, width), column(t, column, width));
          }
          return sum / width;
        });
  }

  private static double[] column(Array array, int column, int width) {
    var numbers = new double[array.length() / width];
    Arrays.setAll(numbers, row -> array.at(row * width + column));
    return numbers;
  }

  private static Metric ofNumbers(
      String name, boolean isBetterLarger, ToDoubleBiFunction<double[], double[]> formula) {
    return new Metric(
        name, isBetterLarger, (y, t) -> formula.applyAsDouble(numbers(y, t), t.toDoubles()));
  }

  private static double[] numbers(Array y, Array t) {
    return requireSameCount(y, t).toDoubles();
  }

  private static Array requireSameCount(Array y, Array t) {
    if (y.length() != t.length()) {
      throw new IllegalArgumentException(
          "a metric of numbers has as many outputs as targets, not %s and %s"
              .formatted(y.shape(), t.shape()));
    }
    return y;
  }

  private static Array requireLike(Array y, Array t) {
    if (!y.shape().equals(t.shape())) {
      throw new IllegalArgumentException(
          "the outputs %s and the targets %s differ in shape".formatted(y.shape(), t.shape()));
    }
    return t;
  }

  /** Its value, NaN if an output is; with a message that names it where that fails. */
  double of(Array outputs, Array targets) {
    for (int i = 0; i < outputs.length(); i++) {
      if (Double.isNaN(outputs.at(i))) {
        return Double.NaN;
      }
    }
    try {
      return formula.applyAsDouble(outputs, targets);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(name, e.getMessage()), e);
    }
  }
}
