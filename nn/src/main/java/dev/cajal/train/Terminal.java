package dev.cajal.train;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Whether there is a terminal, and how wide it is. */
final class Terminal {
  private static final int USUAL = 80;

  private Terminal() {}

  static boolean isThere() {
    boolean isDumb = "dumb".equals(System.getenv("TERM"));
    return requireNonNull(System.console()).isTerminal() && !isDumb && System.getenv("CI") == null;
  }

  /** As the system says, which Java does not know. */
  static int columns() {
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")).start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      int columns = Integer.parseInt(size.substring(size.indexOf(' ') + 1).strip());
      return columns > 0 ? columns : USUAL;
    } catch (IOException | NumberFormatException e) {
      return USUAL;
    }
  }
}
