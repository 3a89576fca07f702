package dev.cajal.diagnosis;

import dev.cajal.tensor.Array;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How large numbers are that a network is given, or is to give: rates and first weights are made
 * for those around 1.
 *
 * @param name of the column with the largest ones
 */
record Scale(String name, double mean, double deviation) {

  /**
   * Of the largest column of a table, or of all numbers of other samples; none of whole numbers.
   */
  static Optional<Scale> of(String column, Array numbers) {
    if (!numbers.dtype().isFloat() || numbers.length() == 0) {
      return Optional.empty();
    }
    boolean isTable = numbers.shape().rank() == 2;
    int width = isTable ? numbers.length() / numbers.rowCount() : 1;
    return IntStream.range(0, width)
        .mapToObj(i -> of(width == 1 ? column + "s" : column + " " + i, numbers, i, width))
        .max(Comparator.comparingDouble(Scale::size));
  }

  private static Scale of(String name, Array numbers, int first, int width) {
    double[] column =
        IntStream.range(0, numbers.length() / width)
            .mapToDouble(row -> numbers.at(row * width + first))
            .toArray();
    return new Scale(name, Numbers.mean(column), Math.sqrt(Numbers.variance(column)));
  }

  double size() {
    return Math.max(Math.abs(mean), deviation);
  }

  /** Whether they are so many times as large as 1, or as small. */
  boolean isFar(double times) {
    return size() > times || (size() > 0 && size() < 1 / times);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s %s a mean of %.4g and a deviation of %.4g",
        name,
        name.endsWith("s") ? "have" : "has",
        mean,
        deviation);
  }
}
