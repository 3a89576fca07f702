package dev.cajal.data.table;

import java.nio.charset.StandardCharsets;

/**
 * How a text has its cells: what stands between them, and before decimals.
 *
 * @param separator a comma, semicolon, tab, bar, or a space for any number of spaces
 * @param point before decimals: '.' or ','
 */
record Dialect(char separator, char point) {
  private static final char[] SEPARATORS = {',', '\t', ';', '|', ' '};

  /** What the beginning of a text looks like: the separator that makes its lines most alike. */
  static Dialect of(byte[] bytes, int size) {
    char best = ',';
    double most = 0;
    for (char separator : SEPARATORS) {
      double score = score(bytes, size, separator);
      if (score > most) {
        most = score;
        best = separator;
      }
    }
    return of(bytes, size, best);
  }

  /** Where what stands between cells is known. */
  static Dialect of(byte[] bytes, int size, char separator) {
    boolean isOpen = separator != ',' && separator != ' ';
    return new Dialect(separator, isOpen ? point(bytes, size, separator) : '.');
  }

  /** How much it counts that lines are alike by a separator. */
  private static double weight(char separator) {
    return switch (separator) {
      // Words are separated by spaces too: those count only where nothing else does.
      case ' ' -> 0.5;
      // Commas may stand before decimals.
      case ',' -> 0.9;
      default -> 1;
    };
  }

  /** How many lines have as many cells as the first; more count for each cell, up to a point. */
  private static double score(byte[] bytes, int size, char separator) {
    int first = -1;
    int lines = 0;
    int alike = 0;
    int cells = 0;
    boolean isQuoted = false;
    boolean isEmpty = true;
    boolean isAfterSpace = true;
    for (int i = 0; i < size || (i == size && lines == 0); i++) {
      // The end ends a line too, but where the text goes on the last one counts for nothing.
      char c = i == size ? '\n' : (char) (bytes[i] & 0xff);
      if (c == '"') {
        isQuoted = !isQuoted;
        isEmpty = false;
        isAfterSpace = false;
      } else if (!isQuoted && (c == '\n' || c == '\r')) {
        if (!isEmpty) {
          // Spaces at the end of a line separate nothing.
          int count = separator == ' ' && isAfterSpace ? cells - 1 : cells;
          first = first < 0 ? count : first;
          alike += count == first ? 1 : 0;
          lines++;
        }
        cells = 0;
        isEmpty = true;
        isAfterSpace = true;
      } else if (!isQuoted) {
        isEmpty &= c == ' ';
        if (c == separator && !(c == ' ' && isAfterSpace)) {
          cells++;
        }
        isAfterSpace = c == ' ';
      }
    }
    if (lines == 0 || first < 1) {
      return 0;
    }
    double part = (double) alike / lines;
    return weight(separator) * part * part * (1 + Math.min(first, 8) / 100.0);
  }

  /** A comma, if it stands in numbers and a point does not. */
  private static char point(byte[] bytes, int size, char separator) {
    String text = new String(bytes, 0, size, StandardCharsets.ISO_8859_1);
    int commas = 0;
    int points = 0;
    for (String cell : text.split("[\r\n" + separator + "]", -1)) {
      commas += cell.matches("\"?[-+]?\\d+,\\d+\"?") ? 1 : 0;
      points += cell.matches("\"?[-+]?\\d+\\.\\d+\"?") ? 1 : 0;
    }
    return commas > points ? ',' : '.';
  }
}
