package dev.cajal.workbench;

import dev.cajal.data.table.Column;
import dev.cajal.data.table.Numbers;
import dev.cajal.data.table.Words;
import java.util.Arrays;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A few numbers about a column, in a line. */
final class Statistics {
  private static final int WORDS = 3;

  private Statistics() {}

  /** Of the values that some rows have. */
  static String of(Column column, int[] rows) {
    return switch (column) {
      case Numbers numbers -> ofNumbers(numbers, rows);
      case Words words -> ofWords(words, rows);
    };
  }

  private static String ofNumbers(Numbers column, int[] rows) {
    DoubleSummaryStatistics all =
        Arrays.stream(rows)
            .mapToDouble(column::at)
            .filter(value -> !Double.isNaN(value))
            .summaryStatistics();
    if (all.getCount() == 0) {
      return "";
    }
    if (column.areDates()) {
      int first = row(column, rows, all.getMin());
      int last = row(column, rows, all.getMax());
      return "%s to %s".formatted(column.text(first), column.text(last));
    }
    return "mean %s, %s to %s"
        .formatted(number(all.getAverage()), number(all.getMin()), number(all.getMax()));
  }

  private static int row(Numbers column, int[] rows, double value) {
    return Arrays.stream(rows).filter(row -> column.at(row) == value).findFirst().orElse(rows[0]);
  }

  /** As few digits as tell it. */
  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e7) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    double size = Math.abs(value);
    return size >= 1000 && size < 1e7
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.4g", value)
            .replaceAll("(\\.\\d*?)0+$", "$1")
            .replaceAll("\\.$", "");
  }

  private static String ofWords(Words column, int[] rows) {
    var counts = new int[column.values().size()];
    for (int row : rows) {
      if (!column.isMissing(row)) {
        counts[column.code(row)]++;
      }
    }
    return IntStream.range(0, counts.length)
        .boxed()
        .sorted(Comparator.comparingInt(i -> -counts[i]))
        .limit(WORDS)
        .filter(i -> counts[i] > 0)
        .map(i ->
            String.format(
                Locale.ROOT,
                "%s %.0f%%",
                column.values().get(i),
                100.0 * counts[i] / Math.max(1, rows.length)))
        .collect(Collectors.joining(", "));
  }
}
