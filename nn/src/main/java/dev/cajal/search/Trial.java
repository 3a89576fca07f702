package dev.cajal.search;

import java.util.ArrayList;
import java.util.List;

/**
 * A setting, and what came of it.
 *
 * @param number from 0 on
 * @param outcomes one each time it was trained, or trained further; the last is the one that counts
 */
public record Trial(int number, Setting setting, List<Outcome> outcomes) {

  public Trial {
    outcomes = List.copyOf(outcomes);
  }

  /** What counts. */
  public Outcome outcome() {
    if (outcomes.isEmpty()) {
      throw new IllegalStateException("trial %d has not been tried".formatted(number));
    }
    return outcomes.getLast();
  }

  public boolean isScored() {
    return outcome() instanceof Outcome.Scored;
  }

  Trial and(Outcome another) {
    List<Outcome> all = new ArrayList<>(outcomes);
    all.add(another);
    return new Trial(number, setting, all);
  }
}
