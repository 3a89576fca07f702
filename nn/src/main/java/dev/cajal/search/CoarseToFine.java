package dev.cajal.search;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Rounds of random settings, each from the part of the space around the best of those before, a
 * third as many as there are in a round.
 *
 * @param each how many trials there are in a round
 */
record CoarseToFine(int rounds, int each) implements Plan {
  /** Half as much from round to round; so an optimum beyond the best is not shut out. */
  private static final double MARGIN = 0.2;

  CoarseToFine {
    if (rounds < 1) {
      throw new IllegalArgumentException("search: %d rounds".formatted(rounds));
    }
    if (each < 2) {
      throw new IllegalArgumentException("search: %d trials in a round".formatted(each));
    }
  }

  @Override
  public Optional<Job> next(Progress progress) {
    int number = progress.count();
    int round = number / each;
    return round >= rounds
        ? Optional.empty()
        : Optional.of(
            new Job(progress.of(space(progress, round)).begun(number), OptionalInt.empty()));
  }

  private Space space(Progress progress, int round) {
    List<Setting> best =
        progress.trials().subList(0, round * each).stream()
            .filter(Trial::isScored)
            .sorted(progress.goal().ranking())
            .limit(Math.max(2, Math.ceilDiv(each, 3)))
            .map(Trial::setting)
            .toList();
    return best.isEmpty()
        ? progress.space()
        : progress.space().around(best, MARGIN / (1 << Math.min(round, 30)));
  }

  @Override
  public Set<Integer> contenders(Progress progress) {
    return Set.of();
  }

  @Override
  public String toString() {
    return "coarse to fine, rounds of %d".formatted(each);
  }
}
