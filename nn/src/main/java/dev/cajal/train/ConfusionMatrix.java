package dev.cajal.train;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How often a sample of one class was taken for another, and what follows from that. A ratio whose
 * denominator is zero, such as the precision of a class that was never predicted, is 0; averages
 * over classes leave out those that occur neither among the labels nor among the predictions.
 *
 * <pre>{@code
 * ConfusionMatrix matrix = ConfusionMatrix.of(labels, predictions, 3);
 * matrix.accuracy();
 * matrix.recall(2);
 * System.out.println(matrix);
 * }</pre>
 */
public final class ConfusionMatrix {
  private final long[][] counts;

  private ConfusionMatrix(long[][] counts) {
    this.counts = counts;
  }

  /** Of labels and what was predicted for them: numbers of so many classes. */
  public static ConfusionMatrix of(int[] labels, int[] predictions, int classes) {
    if (labels.length != predictions.length) {
      throw new IllegalArgumentException(
          "%d labels and %d predictions".formatted(labels.length, predictions.length));
    }
    var counts = new long[classes][classes];
    for (int i = 0; i < labels.length; i++) {
      require("label", labels[i], i, classes);
      require("prediction", predictions[i], i, classes);
      counts[labels[i]][predictions[i]]++;
    }
    return new ConfusionMatrix(counts);
  }

  private static void require(String what, int number, int row, int classes) {
    if (number < 0 || number >= classes) {
      throw new IllegalArgumentException(
          "row %d: a %s is one of %d classes, 0 to %d, not %d"
              .formatted(row, what, classes, classes - 1, number));
    }
  }

  public int classes() {
    return counts.length;
  }

  /** How many samples of a class were taken for one. */
  public long count(int label, int prediction) {
    return counts[label][prediction];
  }

  /** How many samples of a class there are. */
  public long support(int label) {
    return Arrays.stream(counts[label]).sum();
  }

  private long predicted(int prediction) {
    return Arrays.stream(counts).mapToLong(row -> row[prediction]).sum();
  }

  private long right() {
    return IntStream.range(0, classes()).mapToLong(i -> counts[i][i]).sum();
  }

  public long samples() {
    return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
  }

  /** What part of all samples was predicted right; for single labels also the micro average. */
  public double accuracy() {
    return ratio(right(), samples());
  }

  /** What part of the samples that were taken for a class is of it. */
  public double precision(int label) {
    return ratio(counts[label][label], predicted(label));
  }

  /** What part of the samples of a class was found. */
  public double recall(int label) {
    return ratio(counts[label][label], support(label));
  }

  /** The harmonic mean of {@link #precision} and {@link #recall}. */
  public double f1(int label) {
    return ratio(2 * counts[label][label], support(label) + predicted(label));
  }

  /** The mean of what each class has. */
  public double macroPrecision() {
    return mean(seen().stream().mapToDouble(this::precision).toArray());
  }

  public double macroRecall() {
    return mean(seen().stream().mapToDouble(this::recall).toArray());
  }

  public double macroF1() {
    return mean(seen().stream().mapToDouble(this::f1).toArray());
  }

  /** By the sums of all classes' counts: for single labels the same as the accuracy. */
  public double microF1() {
    return accuracy();
  }

  /** The mean weighted by how many samples a class has. */
  public double weightedF1() {
    double sum = 0;
    for (int label = 0; label < classes(); label++) {
      sum += support(label) * f1(label);
    }
    return samples() == 0 ? 0 : sum / samples();
  }

  /**
   * The mean recall of the classes that samples have: not led astray by a class of most samples.
   */
  public double balancedAccuracy() {
    return mean(
        IntStream.range(0, classes())
            .filter(label -> support(label) > 0)
            .mapToDouble(this::recall)
            .toArray());
  }

  /** Classes of samples that no sample was taken for. */
  public List<Integer> neverPredicted() {
    return IntStream.range(0, classes())
        .filter(label -> support(label) > 0 && predicted(label) == 0)
        .boxed()
        .toList();
  }

  private List<Integer> seen() {
    return IntStream.range(0, classes())
        .filter(label -> support(label) + predicted(label) > 0)
        .boxed()
        .toList();
  }

  private static double mean(double[] numbers) {
    return Arrays.stream(numbers).average().orElse(0);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /** A table: a row for each class of samples, a column for each prediction. */
  @Override
  public String toString() {
    int width = 2;
    for (int i = 0; i < classes(); i++) {
      for (int j = 0; j < classes(); j++) {
        width = Math.max(width, Long.toString(counts[i][j]).length());
      }
    }
    String number = " %" + width + "d";
    var text = new StringBuilder("      ");
    for (int j = 0; j < classes(); j++) {
      text.append(String.format(Locale.ROOT, number, j));
    }
    text.append("   recall  precision     F1\n");
    for (int i = 0; i < classes(); i++) {
      text.append(String.format(Locale.ROOT, "%5d ", i));
      for (int j = 0; j < classes(); j++) {
        text.append(String.format(Locale.ROOT, number, counts[i][j]));
      }
      text.append(
          String.format(Locale.ROOT, "   %6.3f  %9.3f %6.3f\n", recall(i), precision(i), f1(i)));
    }
    return text.append(String.format(Locale.ROOT, "accuracy %.3f of %d", accuracy(), samples()))
        .toString();
  }
}
