package dev.cajal.data.builtin;

import dev.cajal.data.table.Column;
import dev.cajal.data.table.Numbers;
import dev.cajal.data.table.Table;
import dev.cajal.data.table.Words;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The built-in data that are tables, as if they had been read from a file. */
public final class BuiltInTables {
  private BuiltInTables() {}

  /** Two coordinates and a class for each point, or a month and a value. */
  public static Table of(BuiltIn data, long seed) {
    return switch (data) {
      case SPIRALS -> points(data, Toys.spirals(seed));
      case MOONS -> points(data, Toys.moons(seed));
      case CIRCLES -> points(data, Toys.circles(seed));
      case BLOBS -> points(data, Toys.blobs(seed));
      case XOR -> points(data, Toys.xor(seed));
      case WAVES -> series(data, Toys.waves(seed));
      case DIGITS -> throw new IllegalArgumentException("digits are pictures, not a table");
    };
  }

  private static Table points(BuiltIn data, Points points) {
    double[][] x = points.x();
    List<Column> columns =
        List.of(
            Numbers.of("x1", Arrays.stream(x).mapToDouble(point -> point[0]).toArray()),
            Numbers.of("x2", Arrays.stream(x).mapToDouble(point -> point[1]).toArray()),
            Words.of(
                "class",
                Arrays.stream(points.label())
                    .mapToObj(points.classes()::get)
                    .toArray(String[]::new)));
    return new Table(data.title(), columns);
  }

  private static Table series(BuiltIn data, Series series) {
    double[] months =
        IntStream.range(0, series.size())
            .mapToDouble(
                i -> (double) series.month(i).atDay(1).atStartOfDay().toEpochSecond(ZoneOffset.UTC))
            .toArray();
    double[] values = IntStream.range(0, series.size()).mapToDouble(series::value).toArray();
    return new Table(
        data.title(), List.of(Numbers.of("month", months).asDates(), Numbers.of("value", values)));
  }
}
