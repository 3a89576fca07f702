package dev.cajal.testing;

import java.util.Optional;

/**
 * A claim that is tried on many random cases. Case number i is made from the seed {@code
 * cajal.seed} + i, so a failure is replayed by its own seed and a single try:
 *
 * <pre>{@code -Dcajal.seed=17 -Dcajal.tries=1}</pre>
 *
 * <p>A case that fails is tried again with smaller sizes, and the smallest that still fails is
 * reported.
 */
public final class Property {
  private static final long FIRST_SEED = 1;

  /** What is claimed of a case; it fails by an exception or a failed assertion. */
  public interface Claim {
    void check(Choices choices);
  }

  private Property() {}

  /** Tries a claim so many times, or as many as {@code cajal.tries} says. */
  public static void holds(int tries, Claim claim) {
    long first = Long.getLong("cajal.seed", FIRST_SEED);
    long end = first + Integer.getInteger("cajal.tries", tries);
    for (long seed = first; seed < end; seed++) {
      Optional<Throwable> failure = failure(claim, seed, Choices.LARGEST);
      if (failure.isPresent()) {
        throw smallest(claim, seed, failure.get());
      }
    }
  }

  private static Optional<Throwable> failure(Claim claim, long seed, int largest) {
    try {
      claim.check(new Choices(seed, largest));
      return Optional.empty();
    } catch (AssertionError | RuntimeException e) {
      return Optional.of(e);
    }
  }

  private static AssertionError smallest(Claim claim, long seed, Throwable found) {
    for (int largest = 1; largest < Choices.LARGEST; largest++) {
      Optional<Throwable> failure = failure(claim, seed, largest);
      if (failure.isPresent()) {
        return report(seed, largest, failure.get());
      }
    }
    return report(seed, Choices.LARGEST, found);
  }

  private static AssertionError report(long seed, int largest, Throwable failure) {
    return new AssertionError(
        "with sizes up to %d (replay with -Dcajal.seed=%d -Dcajal.tries=1): %s"
            .formatted(largest, seed, failure),
        failure);
  }
}
