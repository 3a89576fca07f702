package dev.cajal.workbench;

import java.util.List;
import java.util.stream.Collectors;

/** Commands as they are typed. */
public final class Shell {
  private Shell() {}

  /** A word as a shell takes it for one. */
  public static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** A command of these words. */
  public static String command(List<String> words) {
    return words.stream().map(Shell::quoted).collect(Collectors.joining(" "));
  }
}
