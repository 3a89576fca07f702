package dev.cajal.data.table;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.OptionalInt;

/** A column of numbers, or of moments as seconds since the beginning of 1970. */
public final class Numbers implements Column {
  private final String name;
  private final Chunks chunks;
  private final Gaps gaps;
  private final boolean areDates;

  Numbers(String name, Chunks chunks, Gaps gaps, boolean areDates) {
    this.name = name;
    this.chunks = chunks;
    this.gaps = gaps;
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
    return new Numbers(name, chunks, gaps, true);
  }

  /** The number of a row; NaN if it is missing. */
  public double at(int row) {
    return chunks.of(row).getAtIndex(ValueLayout.JAVA_DOUBLE, chunks.within(row));
  }

  /** Whether the numbers are moments. */
  public boolean areDates() {
    return areDates;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return chunks.size();
  }

  @Override
  public boolean isMissing(int row) {
    return Double.isNaN(at(row));
  }

  @Override
  public int missing() {
    return gaps.count();
  }

  @Override
  public OptionalInt firstMissing() {
    return gaps.first();
  }

  @Override
  public String missingText() {
    return gaps.text();
  }

  @Override
  public String text(int row) {
    double value = at(row);
    if (Double.isNaN(value)) {
      return "";
    }
    if (areDates) {
      return Dates.text(value);
    }
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
    return new Numbers(other, chunks, gaps, areDates);
  }
}
