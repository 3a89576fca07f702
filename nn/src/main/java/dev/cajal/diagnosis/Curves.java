package dev.cajal.diagnosis;

import dev.cajal.train.Event;
import java.util.Arrays;
import java.util.List;

/** The losses of the epochs of a run. */
final class Curves {
  /** Fewer epochs are no curve. */
  private static final int EPOCHS = 8;

  /** Who loses this part of the loss in a fifth of the epochs is not done. */
  private static final double FALL = 0.03;

  private final double[] training;
  private final double[] validation;

  private Curves(double[] training, double[] validation) {
    this.training = training;
    this.validation = validation;
  }

  static Curves of(List<Event.Epoch> history) {
    boolean isValidated =
        !history.isEmpty() && history.stream().allMatch(epoch -> epoch.validation().isPresent());
    return new Curves(
        history.stream().mapToDouble(Event.Epoch::loss).toArray(),
        isValidated
            ? history.stream().mapToDouble(epoch -> epoch.validation().orElseThrow()).toArray()
            : new double[0]);
  }

  /** Whether there are epochs enough to speak of a curve. */
  boolean isCurve() {
    return training.length >= EPOCHS;
  }

  double[] training() {
    return training.clone();
  }

  /** Empty if no samples were kept for it. */
  double[] validation() {
    return validation.clone();
  }

  /**
   * Whether more epochs would help: in the last fifth the training loss fell by more than it
   * jitters, and either by some percent or hardly slower than in the fifth before; and the
   * validation loss was never better than there.
   */
  boolean isStillFalling() {
    int epochs = training.length;
    if (epochs < 3) {
      return epochs > 0;
    }
    int last = Math.max(1, epochs / 5);
    double end = median(epochs - last, last);
    double late = median(epochs - 2 * last, last) - end;
    double early = median(epochs - 3 * last, last) - median(epochs - 2 * last, last);
    double jitter = isCurve() ? noise(training) / Math.sqrt(last) : 0;
    boolean isSteady = late > FALL / 10 * end && late > early / 2;
    boolean isFalling = late > 2 * jitter && (late > FALL * end || isSteady);
    return isFalling && (validation.length == 0 || best(validation) >= epochs - 2 * last);
  }

  private double median(int from, int count) {
    return Numbers.median(Arrays.copyOfRange(training, from, from + count));
  }

  /** How much it still fell in the second half of some epochs, for each it fell in the first. */
  static double lateFall(double... losses) {
    int middle = losses.length / 2;
    double early = losses[0] - losses[middle];
    double late = losses[middle] - losses[losses.length - 1];
    return early <= 0 ? (late <= 0 ? 0 : Double.POSITIVE_INFINITY) : late / early;
  }

  /**
   * What a smooth curve would not have: the deviation of epochs from the mean of their neighbours.
   */
  static double noise(double... losses) {
    var bends = new double[Math.max(0, losses.length - 2)];
    for (int i = 0; i < bends.length; i++) {
      bends[i] = Math.abs(losses[i + 1] - (losses[i] + losses[i + 2]) / 2);
    }
    // Of a normal deviate σ the bend has √1.5·σ, and its median size is 0.6745 of that.
    return bends.length == 0 ? Double.NaN : Numbers.median(bends) / (0.6745 * Math.sqrt(1.5));
  }

  /** The median of the last tenth, of three at least. */
  static double end(double... losses) {
    int last = Math.min(losses.length, Math.max(3, losses.length / 10));
    return Numbers.median(Arrays.copyOfRange(losses, losses.length - last, losses.length));
  }

  static int best(double... losses) {
    int best = 0;
    for (int i = 1; i < losses.length; i++) {
      best = losses[i] < losses[best] ? i : best;
    }
    return best;
  }
}
