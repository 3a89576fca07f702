package dev.cajal.files;

import java.util.List;
import java.util.stream.Collectors;

/** Tables as text with commas between (RFC 4180, with line feeds). */
public final class Csv {
  private Csv() {}

  /** A line with its end; cells are quoted where they must be. */
  public static String line(List<String> cells) {
    return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\n"));
  }

  private static String cell(String text) {
    boolean isPlain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
