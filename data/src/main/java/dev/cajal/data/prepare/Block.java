package dev.cajal.data.prepare;

import dev.cajal.data.table.Words;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The numbers of some rows, feature by feature, and what was odd about them. */
final class Block {
  private final float[] numbers;
  private final int width;
  private final IdentityHashMap<Words, int[]> positions = new IdentityHashMap<>();
  private int at;
  private int noted;

  Block(float[] numbers, int width) {
    this.numbers = numbers;
    this.width = width;
  }

  /** Goes to the feature whose numbers begin here in each row. */
  void enter(int first) {
    at = first;
    noted = 0;
  }

  void set(int row, int number, double value) {
    numbers[row * width + at + number] = (float) value;
  }

  /** Counts a word that was never seen before. */
  void note(boolean isUnseen) {
    noted += isUnseen ? 1 : 0;
  }

  /** How many were counted of the feature. */
  int noted() {
    return noted;
  }

  float[] numbers() {
    return numbers;
  }

  /** Where the column's words stand among known ones; -1 of others. */
  int[] positions(Words column, List<String> known) {
    return positions.computeIfAbsent(
        column,
        its -> {
          Map<String, Integer> places = new HashMap<>();
          known.forEach(word -> places.put(word, places.size()));
          return its.values().stream().mapToInt(word -> places.getOrDefault(word, -1)).toArray();
        });
  }
}
