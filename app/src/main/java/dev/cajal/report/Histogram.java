package dev.cajal.report;

import java.util.Arrays;
import java.util.List;

/**
 * How many numbers lie in each of some ranges, whose bounds are round.
 *
 * @param low where the first begins
 * @param width of each
 */
record Histogram(double low, double width, List<Long> counts) {
  private static final int ABOUT = 24;

  static Histogram of(List<Double> numbers) {
    double least = numbers.stream().mapToDouble(it -> it).min().orElse(0);
    double most = numbers.stream().mapToDouble(it -> it).max().orElse(1);
    if (!(most - least > 0)) {
      double half = least == 0 ? 0.5 : Math.abs(least) * 0.05;
      return new Histogram(least - half, 2 * half, List.of((long) numbers.size()));
    }
    double width = Axis.step(most - least, ABOUT);
    double first = Math.floor(least / width);
    var counts = new long[(int) (Math.floor(most / width) - first) + 1];
    for (double number : numbers) {
      counts[Math.clamp((int) (Math.floor(number / width) - first), 0, counts.length - 1)]++;
    }
    return new Histogram(first * width, width, Arrays.stream(counts).boxed().toList());
  }

  double high() {
    return low + width * counts.size();
  }

  long most() {
    return counts.stream().mapToLong(it -> it).max().orElse(0);
  }
}
