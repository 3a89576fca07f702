package dev.cajal.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What a classifier said of each test row, and what was right. */
public final class Answers {
  private final List<String> rows;
  private final int[] labels;
  private final double[][] probabilities;

  private Answers(List<String> rows, int[] labels, double[][] probabilities) {
    this.rows = rows;
    this.labels = labels;
    this.probabilities = probabilities;
  }

  /**
   * Of some rows.
   *
   * @param rows how each is shown, such as by {@code row 57: 5.1, 3.5, 1.4, 0.2}
   * @param labels the number of each one's class
   * @param probabilities of each class for each row
   */
  public static Answers of(List<String> rows, int[] labels, double[][] probabilities) {
    if (rows.size() != labels.length || labels.length != probabilities.length) {
      throw new IllegalArgumentException(
          "%d rows, %d labels and probabilities of %d"
              .formatted(rows.size(), labels.length, probabilities.length));
    }
    return new Answers(
        List.copyOf(rows),
        labels.clone(),
        Arrays.stream(probabilities).map(double[]::clone).toArray(double[][]::new));
  }

  public int count() {
    return labels.length;
  }

  /** How a row is shown. */
  public String row(int i) {
    return rows.get(i);
  }

  /** The class that a row is of. */
  public int label(int i) {
    return labels[i];
  }

  public double probability(int i, int its) {
    return probabilities[i][its];
  }

  /** The class that is the most probable. */
  public int prediction(int i) {
    int best = 0;
    for (int k = 1; k < probabilities[i].length; k++) {
      if (!(probabilities[i][k] <= probabilities[i][best])) {
        best = Double.isNaN(probabilities[i][k]) ? best : k;
      }
    }
    return best;
  }

  int[] labels() {
    return labels.clone();
  }

  int[] predictions() {
    return IntStream.range(0, count()).map(this::prediction).toArray();
  }

  void requireClasses(int classes) {
    for (int i = 0; i < count(); i++) {
      if (probabilities[i].length != classes || labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "%s: label %d and %d probabilities, of %d classes"
                .formatted(rows.get(i), labels[i], probabilities[i].length, classes));
      }
    }
  }
}
