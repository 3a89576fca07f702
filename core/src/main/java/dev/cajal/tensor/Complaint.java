package dev.cajal.tensor;

import java.util.function.Supplier;

/**
 * How this package says that something does not fit: the operation, a colon, and what was wrong.
 */
final class Complaint {
  private Complaint() {}

  static IllegalArgumentException of(String operation, String problem) {
    return new IllegalArgumentException(operation + ": " + problem);
  }

  static void require(boolean fits, String operation, Supplier<String> problem) {
    if (!fits) {
      throw of(operation, problem.get());
    }
  }
}
