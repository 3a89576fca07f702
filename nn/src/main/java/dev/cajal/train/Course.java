package dev.cajal.train;

import dev.cajal.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What each step of a run learns from, and how fast: the samples in a random order of their own for
 * each epoch. It follows from the settings, and from the epochs before, alone.
 */
final class Course {
  private final Trainer settings;
  private final Samples training;
  private int epoch;
  private int[] order = {};
  private double slower = 1;

  Course(Trainer settings, Samples training) {
    this.settings = settings;
    this.training = training;
  }

  /** How many samples an epoch has. */
  int samples() {
    return training.size();
  }

  long stepsInEpoch() {
    return Math.ceilDiv(training.size(), (long) settings.batch() * settings.accumulated());
  }

  /** Goes to an epoch, counted from 1. */
  private void enter(int number, List<Event.Epoch> history) {
    if (epoch != number) {
      epoch = number;
      order = RandomStream.of(settings.seed(), "order").derive(number).permutation(training.size());
      slower =
          settings
              .plateau()
              .pace(history.stream().limit(number - 1).mapToDouble(settings::judged).toArray());
    }
  }

  /** The batches of a step, from a position in an epoch's order on. */
  List<Batch> batches(int number, int from, List<Event.Epoch> history) {
    enter(number, history);
    var batches = new ArrayList<Batch>();
    int at = from;
    for (int i = 0; i < settings.accumulated() && at < order.length; i++) {
      int to = Math.min(order.length, at + settings.batch());
      batches.add(training.rows(Arrays.copyOfRange(order, at, to)));
      at = to;
    }
    return batches;
  }

  /** What the optimizer's rate is multiplied with in a step of an epoch. */
  double pace(int number, long step, List<Event.Epoch> history) {
    enter(number, history);
    return settings.schedule().at(step) * slower;
  }

  /** What a step's random numbers depend on. */
  long seed(long step) {
    return RandomStream.seedAt(settings.seed(), step);
  }
}
