package dev.cajal.data.prepare;

import java.util.List;
import java.util.Locale;

/** Lists of names in sentences. */
final class Names {
  /** More are not read. */
  private static final int MOST = 8;

  private Names() {}

  /** {@code only a, b, c}, or {@code only a, b and 30 more}. */
  static String some(List<String> names, String before) {
    String all =
        names.size() <= MOST
            ? String.join(", ", names)
            : String.join(", ", names.subList(0, MOST))
                + String.format(Locale.ROOT, " and %,d more", names.size() - MOST);
    return before.isEmpty() ? all : before + " " + all;
  }
}
