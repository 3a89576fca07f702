package dev.cajal.train;

import java.util.OptionalDouble;

/** What happens while a model is trained, in the order in which it happens. */
public sealed interface Event {

  /**
   * Training begins.
   *
   * @param samples how many there are to learn from
   * @param parameters how many numbers are learned
   * @param epochs how many passes over the samples there are at most
   */
  record Began(int samples, long parameters, int epochs) implements Event {}

  /**
   * A pass over all samples is done.
   *
   * @param number of the epoch, from 1 on
   * @param loss the mean over the samples, each seen when it was learned from
   * @param validation the mean loss over validation samples, if there are any, at the end
   * @param isBest whether no epoch before had a smaller loss, of validation samples if there are
   *     any
   */
  record Epoch(int number, double loss, OptionalDouble validation, boolean isBest, double seconds)
      implements Event {

    /** What epochs are compared by. */
    public double judged() {
      return validation.orElse(loss);
    }
  }

  /**
   * Training ends, and the parameters are those of the best epoch.
   *
   * @param best the number of that epoch
   * @param stoppedEarly whether it ended because nothing became better any more
   */
  record Ended(int best, boolean stoppedEarly) implements Event {}
}
