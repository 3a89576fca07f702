package dev.cajal.data.table;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** A column of numbers, or of moments as seconds since the beginning of 1970. */
public final class Numbers extends Column {
  private final boolean areDates;

  Numbers(String name, Chunks chunks, Gaps gaps, boolean areDates) {
    super(name, chunks, gaps);
    this.areDates = areDates;
  }

  /** Of some numbers, of which NaN is none. */
  public static Numbers of(String name, double... values) {
    double[] copy = values.clone();
    var gaps = new Gaps();
    for (int row = 0; row < copy.length; row++) {
      if (Double.isNaN(copy[row])) {
        gaps.add(row, "");
      }
    }
    return new Numbers(
        name, Chunks.of(copy.length, List.of(MemorySegment.ofArray(copy))), gaps, false);
  }

  /** The same numbers as moments: seconds since the beginning of 1970. */
  public Numbers asDates() {
    return new Numbers(name(), chunks(), gaps(), true);
  }

  /** The number of a row; NaN if it is missing. */
  public double at(int row) {
    return chunks().of(row).getAtIndex(ValueLayout.JAVA_DOUBLE, chunks().within(row));
  }

  /** Whether the numbers are moments. */
  public boolean areDates() {
    return areDates;
  }

  @Override
  public boolean isMissing(int row) {
    return Double.isNaN(at(row));
  }

  /** Whether a word is what {@link #text} makes of a number. */
  public static boolean isText(String word) {
    double value = Decimal.parse(word, '.');
    return !Double.isNaN(value) && text(value).equals(word);
  }

  @Override
  public String text(int row) {
    double value = at(row);
    if (Double.isNaN(value)) {
      return "";
    }
    return areDates ? Dates.text(value) : text(value);
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  @Override
  public String kind() {
    return areDates ? "dates" : "numbers";
  }

  @Override
  public Numbers named(String other) {
    return new Numbers(other, chunks(), gaps(), areDates);
  }
}
