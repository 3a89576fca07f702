package dev.cajal.data.table;

import java.util.Locale;
import java.util.Set;

/** What people write where there is no value. */
final class Missing {
  private static final Set<String> ALWAYS = Set.of("", "na", "n/a", "nan", "null", "?", "#n/a");

  /** What may be a word of its own, but is no number. */
  private static final Set<String> OF_NUMBERS = Set.of("-", "--", ".", "none", "missing");

  private Missing() {}

  static boolean isMissing(String cell, boolean amongNumbers) {
    String word = cell.toLowerCase(Locale.ROOT);
    return ALWAYS.contains(word) || (amongNumbers && OF_NUMBERS.contains(word));
  }
}
