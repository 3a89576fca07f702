package dev.cajal.data.table;

import java.util.OptionalInt;

/** A column of a table: a value for each row, some of which may be missing. Rows count from 0. */
public abstract sealed class Column permits Numbers, Words {
  private final String name;
  private final Chunks chunks;
  private final Gaps gaps;

  Column(String name, Chunks chunks, Gaps gaps) {
    this.name = name;
    this.chunks = chunks;
    this.gaps = gaps;
  }

  public final String name() {
    return name;
  }

  /** How many rows it has. */
  public final int size() {
    return chunks.size();
  }

  public abstract boolean isMissing(int row);

  /** How many values are missing. */
  public final int missing() {
    return gaps.count();
  }

  /** The first row whose value is missing. */
  public final OptionalInt firstMissing() {
    return gaps.first();
  }

  /** What stands in the first cell that should have a value and has none: nothing, or a word. */
  public final String missingText() {
    return gaps.text();
  }

  /** A value as a person would write it; of a missing one, nothing. */
  public abstract String text(int row);

  /** In words, for a list of columns: {@code numbers}, {@code dates}, {@code 3 words}. */
  public abstract String kind();

  /** The same column under another name. */
  public abstract Column named(String other);

  final Chunks chunks() {
    return chunks;
  }

  final Gaps gaps() {
    return gaps;
  }
}
