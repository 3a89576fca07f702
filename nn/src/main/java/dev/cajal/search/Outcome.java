package dev.cajal.search;

import java.util.OptionalDouble;

/** What came of training with a setting. */
public sealed interface Outcome {

  /**
   * How well it did.
   *
   * @param score of the best epoch; over several folds the mean of theirs
   * @param deviation of the folds' scores from it, if there are several
   * @param epochs how many there were, in the fold with the most
   * @param seconds in all epochs
   */
  record Scored(double score, OptionalDouble deviation, int epochs, double seconds)
      implements Outcome {}

  /** It could not be trained: the loss became infinite, or not a number. */
  record Failed(String reason) implements Outcome {}
}
