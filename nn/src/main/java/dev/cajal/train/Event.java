package dev.cajal.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;

/** What happens while a model is trained, in the order in which it happens. */
public sealed interface Event {

  /**
   * Training begins, or goes on.
   *
   * @param samples how many there are to learn from
   * @param parameters how many numbers are learned
   * @param epochs how many passes over the samples there are at most
   * @param steps how many steps there are at most
   * @param done how many steps were done before, if it goes on
   * @param history the epochs that were done before
   */
  record Began(
      int samples, long parameters, int epochs, long steps, OptionalLong done, List<Epoch> history)
      implements Event {}

  /**
   * The parameters have changed once.
   *
   * @param number of the step, from 1 on
   * @param samples how many of the epoch were learned from up to now
   * @param loss the mean over the samples of this step
   * @param pace what the optimizer's rate was multiplied with
   */
  record Step(long number, int epoch, int samples, double loss, double pace) implements Event {}

  /**
   * A pass over all samples is done.
   *
   * @param number of the epoch, from 1 on
   * @param step the number of its last step
   * @param loss the mean over the samples, each seen when it was learned from
   * @param validation the mean loss over validation samples, if there are any, at the end
   * @param metrics of the validation samples, by name
   * @param isBest whether no epoch before was better
   */
  record Epoch(
      int number,
      long step,
      double loss,
      OptionalDouble validation,
      SequencedMap<String, Double> metrics,
      boolean isBest,
      double seconds)
      implements Event {

    /** The loss that epochs are compared by, unless it is a metric. */
    public double judged() {
      return validation.orElse(loss);
    }

    Epoch best() {
      return new Epoch(number, step, loss, validation, metrics, true, seconds);
    }
  }

  /** All that it takes to go on from here is in a file. */
  record Saved(Path file, long step) implements Event {}

  /** A file to go on from is damaged, and the one before it is tried. */
  record Damaged(Path file, String what) implements Event {}

  /**
   * Training ends, and the parameters are those of the best epoch.
   *
   * @param best the number of that epoch; 0 if there was none
   * @param folder where the run is kept, if it is
   */
  record Ended(int best, Ending why, Optional<Path> folder) implements Event {}
}
