package dev.cajal.data.prepare;

import dev.cajal.data.table.Column;
import dev.cajal.data.table.Numbers;
import dev.cajal.data.table.Words;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What becomes of missing values. */
public enum Filling {
  /** They are refused, with the row. */
  REFUSE,
  /** The mean of the training rows takes their place; of words the most frequent one. */
  MEAN,
  /** The median of the training rows takes their place; of words the most frequent one. */
  MEDIAN,
  /** The most frequent value of the training rows takes their place. */
  MODE,
  /** Rows that have any are left out. */
  DROP;

  /** Whether there is something to put in the place of a missing value. */
  public boolean fills() {
    return this == MEAN || this == MEDIAN || this == MODE;
  }

  /** What takes the place of a missing number, by the rows that are learned from. */
  double of(Numbers column, int[] rows) {
    double[] there =
        Arrays.stream(rows).mapToDouble(column::at).filter(value -> !Double.isNaN(value)).toArray();
    if (there.length == 0) {
      return 0;
    }
    return switch (this) {
      case MEDIAN -> median(there);
      case MODE -> mode(there);
      case MEAN, REFUSE, DROP -> Arrays.stream(there).average().orElse(0);
    };
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

  /** The smallest of the most frequent ones. */
  private static double mode(double[] values) {
    Arrays.sort(values);
    double best = values[0];
    int most = 0;
    int from = 0;
    for (int i = 1; i <= values.length; i++) {
      if (i == values.length || values[i] != values[from]) {
        if (i - from > most) {
          most = i - from;
          best = values[from];
        }
        from = i;
      }
    }
    return best;
  }

  /** The most frequent word of some rows; of equally frequent ones the first by the alphabet. */
  static String mode(Words column, int[] rows) {
    Map<String, Integer> counts = new HashMap<>();
    for (int row : rows) {
      if (!column.isMissing(row)) {
        counts.merge(column.text(row), 1, Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .min(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse("");
  }

  /** How a person is told to ask for it. */
  static String advice(Column column) {
    return column instanceof Numbers
        ? "use --missing mean, median, mode or drop"
        : "use --missing mode or drop";
  }
}
