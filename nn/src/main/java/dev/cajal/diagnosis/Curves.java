package dev.cajal.diagnosis;

import dev.cajal.train.Event;
import java.util.Arrays;
import java.util.List;

/** The losses of the epochs of a run. */
final class Curves {
  /** Fewer epochs are no curve. */
  private static final int EPOCHS = 8;

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
