package dev.cajal.search;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Many settings for a few epochs, the best of them for more, and again; and the same with fewer
 * settings that have more epochs to begin with (Li et al., 2018).
 *
 * @param most how many epochs the best have
 * @param eta one in so many goes on, for so many times the epochs
 */
record Hyperband(int most, int eta) implements Plan {

  Hyperband {
    if (most < 1) {
      throw new IllegalArgumentException("search: %d epochs".formatted(most));
    }
    if (eta < 2) {
      throw new IllegalArgumentException("search: one in %d goes on".formatted(eta));
    }
  }

  /**
   * A rung on which not all is done.
   *
   * @param number in its bracket, from 0 on
   * @param entrants the trials on it
   * @param promoted how many will go on from it
   */
  private record Now(int number, int epochs, List<Trial> entrants, int promoted) {

    boolean isDone(Trial trial) {
      return trial.outcomes().size() > number;
    }
  }

  @Override
  public Optional<Job> next(Progress progress) {
    return now(progress)
        .map(now ->
            new Job(
                now.entrants().stream()
                    .filter(trial -> !now.isDone(trial))
                    .findFirst()
                    .orElseThrow(),
                OptionalInt.of(now.epochs())));
  }

  @Override
  public Set<Integer> contenders(Progress progress) {
    Set<Integer> numbers = new LinkedHashSet<>();
    now(progress)
        .ifPresent(now -> {
          now.entrants().stream()
              .filter(trial -> !now.isDone(trial))
              .forEach(trial -> numbers.add(trial.number()));
          List<Trial> done = now.entrants().stream().filter(now::isDone).toList();
          best(done, now.number(), now.promoted(), progress)
              .forEach(trial -> numbers.add(trial.number()));
        });
    return numbers;
  }

  private Optional<Now> now(Progress progress) {
    int first = 0;
    for (Bracket bracket : Bracket.of(most, eta)) {
      List<Trial> entrants =
          IntStream.range(first, first + bracket.trials())
              .mapToObj(number ->
                  number < progress.count()
                      ? progress.trials().get(number)
                      : progress.begun(number))
              .toList();
      for (int i = 0; i < bracket.rungs().size(); i++) {
        boolean isLast = i + 1 == bracket.rungs().size();
        int promoted = isLast ? 0 : bracket.rungs().get(i + 1).trials();
        var now = new Now(i, bracket.rungs().get(i).epochs(), entrants, promoted);
        if (!entrants.stream().allMatch(now::isDone)) {
          return Optional.of(now);
        }
        entrants = best(entrants, i, promoted, progress);
      }
      first += bracket.trials();
    }
    return Optional.empty();
  }

  /** The best by what came of a rung; what failed on it does not go on. */
  private static List<Trial> best(List<Trial> trials, int rung, int count, Progress progress) {
    return trials.stream()
        .filter(trial -> trial.outcomes().get(rung) instanceof Outcome.Scored)
        .sorted(progress.goal().ranking(trial -> trial.outcomes().get(rung)))
        .limit(count)
        .toList();
  }

  @Override
  public String toString() {
    return "hyperband, %d epochs, one in %d".formatted(most, eta);
  }
}
