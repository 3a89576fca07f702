package dev.cajal.search;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a search tries, one after the other. It is decided by the outcomes so far and nothing else,
 * so that a search that was killed takes the same way again.
 */
sealed interface Plan permits Sampling, CoarseToFine, Hyperband {

  /**
   * What to do.
   *
   * @param trial a new one, or one that goes on
   * @param epochs how many it has at most, all together; if that is not the trainer's affair
   */
  record Job(Trial trial, OptionalInt epochs) {}

  /** What is next, until all is done. */
  Optional<Job> next(Progress progress);

  /** The numbers of trials that may go on later. */
  Set<Integer> contenders(Progress progress);

  /** What a search must have in common with one that it goes on with. */
  @Override
  String toString();
}
