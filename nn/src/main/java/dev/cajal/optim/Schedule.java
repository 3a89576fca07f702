package dev.cajal.optim;

import java.util.Arrays;

/**
 * How the rate changes with the steps: what the optimizer's rate is multiplied with in step 0, 1, …
 */
@FunctionalInterface
public interface Schedule {

  double at(long step);

  static Schedule constant() {
    return _ -> 1;
  }

  /** {@code factor^⌊step/every⌋}. */
  static Schedule step(long every, double factor) {
    requireAtLeastOne("steps from one drop to the next", every);
    return step -> Math.pow(factor, (double) Math.floorDiv(step, every));
  }

  /** Multiplied by a factor at each of these steps. */
  static Schedule steps(double factor, long... milestones) {
    long[] all = milestones.clone();
    return step -> Math.pow(factor, (double) Arrays.stream(all).filter(at -> step >= at).count());
  }

  /** {@code factor^step}. */
  static Schedule exponential(double factor) {
    return step -> Math.pow(factor, (double) step);
  }

  /** {@code 1/(1 + decay·step)}. */
  static Schedule inverseTime(double decay) {
    return step -> 1 / (1 + decay * (double) step);
  }

  /** From 1 to {@code last} in so many steps, by half a cosine (Loshchilov and Hutter, 2017). */
  static Schedule cosine(long steps, double last) {
    requireAtLeastOne("steps of a cosine", steps);
    return step -> between(1, last, (double) Math.min(step, steps) / steps);
  }

  /**
   * A cosine from 1 to {@code last} that begins anew when it is done, each time {@code longer}
   * times as long (Loshchilov and Hutter, 2017).
   */
  static Schedule cosineRestarts(long steps, double last, int longer) {
    requireAtLeastOne("steps of a cosine", steps);
    requireAtLeastOne("how much longer each cosine is", longer);
    return step -> {
      long length = steps;
      long at = step;
      while (at >= length) {
        at -= length;
        length *= longer;
      }
      return between(1, last, (double) at / length);
    };
  }

  /** First {@code steps} steps of rates that rise evenly to that of this schedule's beginning. */
  default Schedule warmUp(long steps) {
    requireAtLeastOne("steps of a warm-up", steps);
    return step -> step < steps ? at(0) * (step + 1) / (steps + 1) : at(step - steps);
  }

  /**
   * Up from 1/25 to 1 in the first 30% of the steps and down to 1/250,000, by half cosines (Smith
   * and Topin, 2018).
   */
  static Schedule oneCycle(long steps) {
    if (steps < 2) {
      throw new IllegalArgumentException("a cycle has at least 2 steps, not " + steps);
    }
    double top = 0.3 * steps - 1;
    return step -> {
      double at = Math.min(step, steps - 1);
      return at <= top
          ? between(1.0 / 25, 1, at / top)
          : between(1, 1.0 / 250_000, (at - top) / (steps - 1 - top));
    };
  }

  /** On half a cosine from one number to another. */
  private static double between(double first, double last, double part) {
    return last + (first - last) * (1 + Math.cos(Math.PI * part)) / 2;
  }

  private static void requireAtLeastOne(String what, long number) {
    if (number < 1) {
      throw new IllegalArgumentException("%s: at least 1, not %d".formatted(what, number));
    }
  }
}
