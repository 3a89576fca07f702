package dev.cajal.data.table;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Moments as people write them: {@code 2024-01-31}, {@code 2024-01-31T09:30:00Z}, {@code 2024-01},
 * {@code 31.01.2024}, {@code 01/31/2024}. They become seconds since the beginning of 1970; a time
 * without a zone is taken to be in UTC.
 */
enum Dates {
  YEAR_FIRST,
  DAY_FIRST,
  MONTH_FIRST;

  /**
   * The order in which most of some cells are dates, and more than half of them; day before month
   * if both are possible.
   */
  static Optional<Dates> of(List<String> cells) {
    Dates best = YEAR_FIRST;
    long most = 0;
    for (Dates order : values()) {
      long count = cells.stream().filter(order::reads).count();
      if (count > most) {
        most = count;
        best = order;
      }
    }
    return 2 * most > cells.size() ? Optional.of(best) : Optional.empty();
  }

  private boolean reads(String cell) {
    byte[] bytes = cell.getBytes(StandardCharsets.UTF_8);
    return !Double.isNaN(parse(bytes, 0, bytes.length));
  }

  /** With day and month the other way round, which may be the same. */
  Dates swapped() {
    return switch (this) {
      case YEAR_FIRST -> YEAR_FIRST;
      case DAY_FIRST -> MONTH_FIRST;
      case MONTH_FIRST -> DAY_FIRST;
    };
  }

  /** Seconds since the beginning of 1970; NaN if the bytes are no date in this order. */
  double parse(byte[] bytes, int from, int to) {
    var fields = new int[6];
    int count = 0;
    int at = from;
    char separator = 0;
    int firstLength = 0;
    while (count < 6) {
      int start = at;
      int number = 0;
      while (at < to && at - start < 4 && bytes[at] >= '0' && bytes[at] <= '9') {
        number = number * 10 + (bytes[at++] - '0');
      }
      if (at == start) {
        return Double.NaN;
      }
      if (count == 0) {
        firstLength = at - start;
      }
      fields[count++] = number;
      if (at == to) {
        break;
      }
      char next = (char) bytes[at];
      if (count == 1) {
        separator = next;
        if (next != '-' && next != '/' && next != '.') {
          return Double.NaN;
        }
      } else if (!(count == 2 ? next == separator : fits(count, next))) {
        break;
      }
      at++;
    }
    double zone = zone(bytes, at, to, count);
    boolean isYearFirst = firstLength == 4;
    if (Double.isNaN(zone) || isYearFirst != (this == YEAR_FIRST)) {
      return Double.NaN;
    }
    // 2024.01 is a number.
    return count == 2 && isYearFirst && at == to && separator != '.'
        ? seconds(fields[0], fields[1], 1, fields, 2)
        : count < 3
            ? Double.NaN
            : switch (this) {
                  case YEAR_FIRST -> seconds(fields[0], fields[1], fields[2], fields, count);
                  case DAY_FIRST -> seconds(fields[2], fields[1], fields[0], fields, count);
                  case MONTH_FIRST -> seconds(fields[2], fields[0], fields[1], fields, count);
                }
                - zone;
  }

  private static boolean fits(int count, char next) {
    return count == 3 ? next == 'T' || next == ' ' : next == ':';
  }

  /** What follows the time: a fraction of a second, which is dropped, and a zone. */
  private static double zone(byte[] bytes, int from, int to, int count) {
    int at = from;
    if (at < to && bytes[at] == '.' && count == 6) {
      at++;
      while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
        at++;
      }
    }
    if (at == to) {
      return 0;
    }
    if (count < 5) {
      return Double.NaN;
    }
    if (bytes[at] == 'Z') {
      return at + 1 == to ? 0 : Double.NaN;
    }
    String zone = new String(bytes, at, to - at, StandardCharsets.ISO_8859_1);
    try {
      return ZoneOffset.of(zone).getTotalSeconds();
    } catch (java.time.DateTimeException e) {
      return Double.NaN;
    }
  }

  private static double seconds(int year, int month, int day, int[] fields, int count) {
    int hour = count > 3 ? fields[3] : 0;
    int minute = count > 4 ? fields[4] : 0;
    int second = count > 5 ? fields[5] : 0;
    boolean isDate =
        year >= 1000
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= java.time.YearMonth.of(year, month).lengthOfMonth()
            && hour <= 23
            && minute <= 59
            && second <= 60
            && count != 4;
    return isDate
        ? (double) LocalDate.of(year, month, day).toEpochDay() * 86_400
            + hour * 3600
            + minute * 60
            + second
        : Double.NaN;
  }

  /** {@code 2024-01-31}, or with the time where there is one. */
  static String text(double seconds) {
    LocalDateTime moment =
        LocalDateTime.ofEpochSecond((long) Math.floor(seconds), 0, ZoneOffset.UTC);
    boolean isDay = moment.toLocalTime().toSecondOfDay() == 0;
    return isDay ? moment.toLocalDate().toString() : moment.toString();
  }
}
