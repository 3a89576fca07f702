package dev.cajal.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a search has come.
 *
 * @param trials by their numbers, each with an outcome
 */
record Progress(Space space, long seed, Goal goal, List<Trial> trials) {

  Progress {
    trials = List.copyOf(trials);
  }

  int count() {
    return trials.size();
  }

  /** All trials, the best first. */
  List<Trial> ranked() {
    return trials.stream().sorted(goal.ranking()).toList();
  }

  Optional<Trial> best() {
    return ranked().stream().findFirst().filter(Trial::isScored);
  }

  /** A trial that begins. */
  Trial begun(int number) {
    return new Trial(number, space.draw(seed, number), List.of());
  }

  /** With a trial, new or in the place of what it was. */
  Progress with(Trial trial) {
    var all = new ArrayList<>(trials);
    if (trial.number() < all.size()) {
      all.set(trial.number(), trial);
    } else {
      all.add(trial);
    }
    return new Progress(space, seed, goal, all);
  }

  Progress of(Space another) {
    return new Progress(another, seed, goal, trials);
  }
}
