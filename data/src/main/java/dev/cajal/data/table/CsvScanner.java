package dev.cajal.data.table;

import dev.cajal.CajalException;
import dev.cajal.files.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Goes through a text of cells row by row (RFC 4180, and what people make of it): cells may be
 * quoted, a quote in them is doubled, blank lines are none. A row is a part of {@link #bytes},
 * which the next one takes the place of.
 */
final class CsvScanner {
  private static final int SIZE = 1 << 20;

  /** A row that is longer is hardly one: somewhere a quote is not closed. */
  private static final int LONGEST = 1 << 26;

  private final InputStream in;
  private final String name;
  private final char separator;
  private byte[] bytes;
  private int at;
  private int end;
  private boolean isOver;
  private long line = 1;
  private long startLine = 1;
  private int cells;
  private int[] from = new int[64];
  private int[] to = new int[64];
  private boolean[] doubled = new boolean[64];
  private boolean isDoubled;

  CsvScanner(InputStream in, String name, char separator) {
    this(in, name, separator, SIZE);
  }

  /** Reads so many bytes at a time; more, where a row has more. */
  CsvScanner(InputStream in, String name, char separator, int size) {
    this.in = in;
    this.name = name;
    this.separator = separator;
    this.bytes = new byte[size];
  }

  byte[] bytes() {
    return bytes;
  }

  /** How many cells the row has. */
  int cells() {
    return cells;
  }

  int from(int cell) {
    return from[cell];
  }

  int to(int cell) {
    return to[cell];
  }

  String text(int cell) {
    return new String(bytes, from[cell], to[cell] - from[cell], StandardCharsets.UTF_8);
  }

  /** The line of the file that the row begins in, from 1 on. */
  long line() {
    return startLine;
  }

  /** Goes to the next row; there may be none. */
  boolean next() {
    while (true) {
      int start = at;
      startLine = line;
      cells = 0;
      if (scan()) {
        if (cells > 1 || (cells == 1 && to[0] > from[0])) {
          return true;
        }
        if (at == end && isOver) {
          return false;
        }
      } else if (isOver) {
        return false;
      } else {
        at = start;
        line = startLine;
        load();
      }
    }
  }

  /** Makes room for more of the file, and reads it; what was not used yet comes first. */
  private void load() {
    int rest = end - at;
    if (rest == bytes.length) {
      if (rest >= LONGEST) {
        throw new CajalException(
            "%s, line %d: a row goes on for %d MB: is a quote not closed there?"
                .formatted(name, line, LONGEST >> 20));
      }
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    } else {
      System.arraycopy(bytes, at, bytes, 0, rest);
    }
    at = 0;
    end = rest;
    try {
      // All that there is room for, for a row that is not whole is scanned again from its start.
      end += in.readNBytes(bytes, end, bytes.length - end);
      isOver = end < bytes.length;
    } catch (IOException e) {
      throw new CajalException("can't read %s: %s".formatted(name, WholeFile.why(e)), e);
    }
  }

  /** Scans a row; false if it may go on beyond what has been read. */
  private boolean scan() {
    byte[] b = bytes;
    int i = at;
    isDoubled = false;
    if (i == end && isOver) {
      return false;
    }
    while (true) {
      while (i < end && (b[i] == ' ' || (b[i] == '\t' && separator != '\t'))) {
        i++;
      }
      if (i == end && !isOver) {
        return false;
      }
      if (separator == ' ' && cells > 0 && (i == end || b[i] == '\n' || b[i] == '\r')) {
        // Spaces at the end of a line separate nothing.
        return finish(i);
      }
      int start = i;
      int stop;
      if (i < end && b[i] == '"') {
        stop = quoted(i);
        if (stop < 0) {
          return false;
        }
        start = i + 1;
        i = stop + 1;
        while (i < end && b[i] == ' ' && separator != ' ') {
          i++;
        }
      } else {
        while (i < end && b[i] != separator && b[i] != '\n' && b[i] != '\r') {
          i++;
        }
        stop = i;
        while (stop > start && (b[stop - 1] == ' ' || b[stop - 1] == '\t')) {
          stop--;
        }
      }
      if (i == end && !isOver) {
        return false;
      }
      add(start, stop);
      if (i == end || b[i] == '\n' || b[i] == '\r') {
        return finish(i);
      }
      if (b[i] != separator) {
        throw new CajalException(
            "%s, line %d: something stands between a closing quote and the next '%s'; a quote in a quoted cell is doubled"
                .formatted(name, line, separator == '\t' ? "\\t" : separator));
      }
      i++;
    }
  }

  /** Where a quoted cell ends; negative if that is not read yet. */
  private int quoted(int open) {
    long lines = 0;
    isDoubled = false;
    for (int i = open + 1; i < end; i++) {
      if (bytes[i] == '"') {
        if (i + 1 == end && !isOver) {
          return -1;
        }
        if (i + 1 == end || bytes[i + 1] != '"') {
          line += lines;
          return i;
        }
        isDoubled = true;
        i++;
      }
      lines += bytes[i] == '\n' ? 1 : 0;
    }
    if (isOver) {
      throw new CajalException("%s, line %d: a quote is not closed".formatted(name, line));
    }
    return -1;
  }

  private void add(int start, int stop) {
    if (cells == from.length) {
      from = Arrays.copyOf(from, 2 * cells);
      to = Arrays.copyOf(to, 2 * cells);
      doubled = Arrays.copyOf(doubled, 2 * cells);
    }
    from[cells] = start;
    to[cells] = stop;
    doubled[cells++] = isDoubled;
    isDoubled = false;
  }

  /** Goes beyond the end of the line. */
  private boolean finish(int lineEnd) {
    int i = lineEnd;
    if (i < end) {
      if (bytes[i] == '\r' && i + 1 == end && !isOver) {
        return false;
      }
      i += bytes[i] == '\r' && i + 1 < end && bytes[i + 1] == '\n' ? 2 : 1;
      line++;
    }
    at = i;
    for (int cell = 0; cell < cells; cell++) {
      if (doubled[cell]) {
        single(cell);
      }
    }
    return true;
  }

  /** Takes one of each two quotes away: once, for the row is not scanned again. */
  private void single(int cell) {
    int out = from[cell];
    for (int i = from[cell]; i < to[cell]; i++) {
      bytes[out++] = bytes[i];
      i += bytes[i] == '"' ? 1 : 0;
    }
    to[cell] = out;
  }
}
