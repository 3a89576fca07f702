package dev.cajal.train;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Whether there is a terminal, and how wide it is. */
final class Terminal {
  private static final int USUAL = 80;

  /** How wide standard error's terminal is, or 0, where a launcher has looked already. */
  private static final @Nullable Integer KNOWN = Integer.getInteger("cajal.columns");

  private Terminal() {}

  static boolean isThere() {
    boolean isDumb = "dumb".equals(System.getenv("TERM"));
    boolean isTerminal = KNOWN == null ? hasConsole() : KNOWN > 0;
    return isTerminal && !isDumb && System.getenv("CI") == null;
  }

  /** There is none at all where neither input nor output is a terminal, whatever its type says. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean hasConsole() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /** As the system says, which Java does not know. */
  static int columns() {
    if (KNOWN != null) {
      return KNOWN;
    }
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
