package dev.cajal.data.prepare;

import dev.cajal.data.table.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;

/** The mean and the standard deviation of the values that some rows have. */
record Moments(double mean, double deviation) {
  private static final double DAY = 86_400;

  static Moments of(Numbers column, int[] rows) {
    double mean = values(column, rows).average().orElse(0);
    double sum = 0;
    long count = 0;
    double spread = 0;
    for (int row : rows) {
      double value = column.at(row);
      if (!Double.isNaN(value)) {
        sum += (value - mean) * (value - mean);
        spread = Math.max(spread, Math.abs(value - mean));
        count++;
      }
    }
    double deviation = count == 0 ? 0 : Math.sqrt(sum / (double) count);
    // What differs by rounding alone does not differ.
    boolean isSame = spread <= 1e-12 * Math.abs(mean) || deviation < Double.MIN_NORMAL;
    return new Moments(mean, isSame ? 0 : deviation);
  }

  private static DoubleStream values(Numbers column, int[] rows) {
    return Arrays.stream(rows).mapToDouble(column::at).filter(value -> !Double.isNaN(value));
  }

  /**
   * What becomes of dates: their cycles are those of which there are several, and not one phase.
   */
  static Optional<Feature> dates(Numbers column, int[] rows, Filling filling) {
    Moments moments = of(column, rows);
    if (moments.deviation() == 0) {
      return Optional.empty();
    }
    double[] all = values(column, rows).toArray();
    double length = Arrays.stream(all).max().orElse(0) - Arrays.stream(all).min().orElse(0);
    var cycles = new ArrayList<Feature.Moment.Cycle>();
    for (Feature.Moment.Cycle cycle : Feature.Moment.Cycle.values()) {
      if (length >= 2 * cycle.seconds() && differ(all, phase(cycle))) {
        cycles.add(cycle);
      }
    }
    OptionalDouble fill =
        filling.fills() ? OptionalDouble.of(filling.of(column, rows)) : OptionalDouble.empty();
    return Optional.of(
        new Feature.Moment(column.name(), moments.mean(), moments.deviation(), fill, cycles));
  }

  /** Where in a cycle a moment is: the month, the day of the week, the time of the day. */
  private static ToLongFunction<Double> phase(Feature.Moment.Cycle cycle) {
    return switch (cycle) {
      case YEAR -> seconds -> (long) (12 * (seconds / cycle.seconds() % 1));
      case WEEK -> seconds -> Math.floorMod((long) Math.floor(seconds / DAY), 7L);
      case DAY -> seconds -> Math.floorMod((long) Math.floor(seconds), (long) DAY);
    };
  }

  private static boolean differ(double[] all, ToLongFunction<Double> phase) {
    return Arrays.stream(all).mapToLong(phase::applyAsLong).distinct().limit(2).count() == 2;
  }
}
