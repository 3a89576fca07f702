package dev.cajal.data.table;

import java.util.OptionalInt;

/** Where a column has no value: how often, and what stands there first. */
final class Gaps {
  private int count;
  private int first = -1;
  private String text = "";

  void add(int row, String its) {
    if (count++ == 0) {
      first = row;
      text = its;
    }
  }

  int count() {
    return count;
  }

  OptionalInt first() {
    return count == 0 ? OptionalInt.empty() : OptionalInt.of(first);
  }

  String text() {
    return text;
  }
}
