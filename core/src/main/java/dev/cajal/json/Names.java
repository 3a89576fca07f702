package dev.cajal.json;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;

/** The part of an error that helps with a wrong name: the nearest right one, or all of them. */
final class Names {

  private static final int MOST = 12;

  private Names() {}

  /** {@code did you mean "axis"?} or, if nothing is near, {@code known are "axis", "op"}. */
  static String hint(String wrong, Collection<String> known) {
    int near = Math.max(1, wrong.length() / 3);
    return known.stream()
        .filter(name -> Math.abs(name.length() - wrong.length()) <= near)
        .filter(name -> distance(wrong, name) <= near)
        .min(Comparator.comparingInt(name -> distance(wrong, name)))
        .map(name -> "did you mean " + quoted(name) + "?")
        .orElseGet(() -> "known are " + list(known));
  }

  /** {@code "axis", "op"}; of very many names, the first ones. */
  static String list(Collection<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    String first = names.stream().limit(MOST).map(Names::quoted).collect(Collectors.joining(", "));
    return names.size() <= MOST ? first : first + " and " + (names.size() - MOST) + " more";
  }

  static String quoted(String name) {
    return Found.of(new JsonString(name));
  }

  /** How many letters to insert, remove or replace to turn one name into the other. */
  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
