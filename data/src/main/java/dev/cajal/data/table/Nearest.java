package dev.cajal.data.table;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant who wrote a name that there is not. */
final class Nearest {
  private Nearest() {}

  /** The name that takes the fewest changes to reach, if they are few for its length. */
  static Optional<String> of(String name, List<String> names) {
    return names.stream()
        .min(Comparator.comparingInt(other -> changes(name, other)))
        .filter(other -> changes(name, other) <= Math.max(1, name.length() / 3));
  }

  /** Letters put in, taken out, replaced, or swapped with the next; large and small are alike. */
  private static int changes(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    var changes = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          changes[i][j] = i + j;
          continue;
        }
        int replaced = changes[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        changes[i][j] = Math.min(replaced, 1 + Math.min(changes[i - 1][j], changes[i][j - 1]));
        boolean isSwapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (isSwapped) {
          changes[i][j] = Math.min(changes[i][j], changes[i - 2][j - 2] + 1);
        }
      }
    }
    return changes[a.length()][b.length()];
  }
}
