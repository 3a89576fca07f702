package dev.cajal.search;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** So many settings at random (Bergstra and Bengio, 2012). */
record Sampling(int trials) implements Plan {

  Sampling {
    if (trials < 1) {
      throw new IllegalArgumentException("search: %d trials".formatted(trials));
    }
  }

  @Override
  public Optional<Job> next(Progress progress) {
    return progress.count() >= trials
        ? Optional.empty()
        : Optional.of(new Job(progress.begun(progress.count()), OptionalInt.empty()));
  }

  @Override
  public Set<Integer> contenders(Progress progress) {
    return Set.of();
  }

  /** Without the number: there may be more of them later. */
  @Override
  public String toString() {
    return "random";
  }
}
