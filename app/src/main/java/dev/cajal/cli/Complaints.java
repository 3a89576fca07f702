package dev.cajal.cli;

import dev.cajal.CajalException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Comparator;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What {@code cajal} says when it can't do what it was asked to. */
final class Complaints {

  private Complaints() {}

  /** A mistake on the command line: what is wrong, what was perhaps meant, where to look. */
  static void mistake(ParameterException mistake, PrintWriter err) {
    err.println("cajal: " + message(mistake));
    if (mistake instanceof UnmatchedArgumentException unmatched) {
      unmatched.getSuggestions().stream()
          .min(Comparator.comparingInt(its -> Math.abs(its.length() - first(unmatched).length())))
          .ifPresent(nearest -> err.printf("Did you mean '%s'?%n", nearest));
    }
    String command = mistake.getCommandLine().getCommandSpec().qualifiedName();
    err.printf("'%s --help' says what there is.%n", command);
  }

  private static String message(ParameterException mistake) {
    if (mistake instanceof UnmatchedArgumentException unmatched) {
      String first = first(unmatched);
      if (first.startsWith("-")) {
        return "no such option: '%s'".formatted(first);
      }
      return mistake.getCommandLine().getSubcommands().isEmpty()
          ? "one argument too many: '%s'".formatted(first)
          : "no such command: '%s'".formatted(first);
    }
    // Its name is enough.
    return oneLine(String.valueOf(mistake.getMessage()))
        .replaceFirst("^Invalid value for option '(--[a-z0-9]+)'( \\([^)]*\\))?: ", "$1: ");
  }

  private static String first(UnmatchedArgumentException unmatched) {
    return unmatched.getUnmatched().getFirst();
  }

  /** Anything else that went wrong, in one line. */
  static void failure(Throwable failure, PrintWriter err) {
    String message = failure.getMessage();
    boolean foreseen =
        failure instanceof CajalException
            || failure instanceof IllegalArgumentException
            || failure instanceof UncheckedIOException;
    err.println(
        foreseen && message != null && !message.isBlank()
            ? "cajal: " + oneLine(message)
            : "cajal: unexpected " + oneLine(failure.toString()) + " (--debug shows where)");
  }

  private static String oneLine(String text) {
    return String.join(" ", text.strip().lines().map(String::strip).toList());
  }
}
