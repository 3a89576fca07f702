package dev.cajal.data.table;

import java.util.OptionalInt;

/** A column of a table: a value for each row, some of which may be missing. Rows count from 0. */
public sealed interface Column permits Numbers, Words {

  String name();

  /** How many rows it has. */
  int size();

  boolean isMissing(int row);

  /** How many values are missing. */
  int missing();

  /** The first row whose value is missing. */
  OptionalInt firstMissing();

  /** What stands in the first cell that should have a value and has none: nothing, or a word. */
  String missingText();

  /** A value as a person would write it; of a missing one, nothing. */
  String text(int row);

  /** In words, for a list of columns: {@code numbers}, {@code dates}, {@code 3 words}. */
  String kind();

  /** The same column under another name. */
  Column named(String other);
}
