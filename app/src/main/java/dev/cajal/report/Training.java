package dev.cajal.report;

import dev.cajal.train.Event;
import java.util.List;
import java.util.Optional;

/**
 * How a network learned.
 *
 * @param loss its name, such as {@code cross-entropy}
 * @param epochs in order; none if the run failed before the first was done
 * @param best the number of the epoch whose parameters were kept; 0 if there is none
 */
public record Training(String loss, List<Event.Epoch> epochs, int best) {

  public Training {
    epochs = List.copyOf(epochs);
  }

  Optional<Event.Epoch> bestEpoch() {
    return epochs.stream().filter(epoch -> epoch.number() == best).findFirst();
  }

  /** How far it came. */
  String reached() {
    return epochs.isEmpty()
        ? "before the first epoch was done"
        : "after epoch " + Numbers.count(epochs.getLast().number());
  }

  double seconds() {
    return epochs.stream().mapToDouble(Event.Epoch::seconds).sum();
  }
}
