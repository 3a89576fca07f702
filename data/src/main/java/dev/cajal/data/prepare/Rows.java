package dev.cajal.data.prepare;

import java.util.stream.IntStream;

/** Some rows of a table, in an order. */
final class Rows {
  private final int[] positions;
  private final int from;
  private final int count;

  private Rows(int[] positions, int from, int count) {
    this.positions = positions;
    this.from = from;
    this.count = count;
  }

  static Rows of(int... positions) {
    return new Rows(positions, 0, positions.length);
  }

  static Rows range(int from, int to) {
    return of(IntStream.range(from, to).toArray());
  }

  /** Those from a place among them to before another. */
  Rows part(int first, int last) {
    return new Rows(positions, from + first, last - first);
  }

  int count() {
    return count;
  }

  int at(int place) {
    return positions[from + place];
  }

  int[] toArray() {
    return IntStream.range(0, count).map(this::at).toArray();
  }
}
