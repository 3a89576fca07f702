package dev.cajal.data.table;

import java.util.HashSet;
import java.util.List;

/** Whether the first row of a text has the names of its columns. */
final class Header {
  private Header() {}

  /**
   * Names are no numbers. Some column of numbers or dates has a word in the first row; or, where
   * all are words, those in the first row differ, and none comes up again in its column.
   */
  static boolean isThere(List<List<String>> rows, char point) {
    List<String> first = rows.getFirst();
    boolean areNames =
        first.stream().noneMatch(cell -> isValue(cell, point))
            && first.stream().anyMatch(cell -> !Missing.isMissing(cell, true));
    List<String> names = first.stream().filter(cell -> !cell.isBlank()).toList();
    boolean doDiffer = new HashSet<>(names).size() == names.size();
    if (!areNames || rows.size() == 1) {
      return areNames && doDiffer;
    }
    boolean isAnyOfValues = false;
    boolean isAnyAgain = false;
    for (int i = 0; i < first.size(); i++) {
      int column = i;
      List<String> below =
          rows.subList(1, rows.size()).stream()
              .filter(row -> column < row.size())
              .map(row -> row.get(column))
              .filter(cell -> !Missing.isMissing(cell, true))
              .toList();
      long values = below.stream().filter(cell -> isValue(cell, point)).count();
      isAnyOfValues |=
          !Missing.isMissing(first.get(i), true)
              && values > 0
              && 10 * values >= 9 * (long) below.size();
      isAnyAgain |= below.contains(first.get(i));
    }
    return isAnyOfValues || (doDiffer && !isAnyAgain);
  }

  private static boolean isValue(String cell, char point) {
    return CsvFile.isNumber(cell, point) || Dates.of(List.of(cell)).isPresent();
  }
}
