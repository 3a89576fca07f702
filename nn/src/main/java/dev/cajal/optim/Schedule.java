package dev.cajal.optim;

import java.util.Arrays;
import java.util.List;

/**
 * How the rate changes with the steps: what the optimizer's rate is multiplied with in step 0, 1, …
 */
@FunctionalInterface
public interface Schedule {

  double at(long step);

  static Schedule constant() {
    return new Named.Pace("constant", _ -> 1);
  }

  /** {@code factor^⌊step/every⌋}. */
  static Schedule step(long every, double factor) {
    requireAtLeastOne("steps from one drop to the next", every);
    requirePositive("the factor of a drop", factor);
    return new Named.Pace(
        "times %s every %d steps".formatted(factor, every),
        step -> Math.pow(factor, (double) Math.floorDiv(step, every)));
  }

  /** Multiplied by a factor at each of these steps. */
  static Schedule steps(double factor, long... milestones) {
    requirePositive("the factor of a drop", factor);
    List<Long> all = Arrays.stream(milestones).boxed().toList();
    return new Named.Pace(
        "times %s at steps %s".formatted(factor, all),
        step -> Math.pow(factor, (double) all.stream().filter(at -> step >= at).count()));
  }

  /** {@code factor^step}. */
  static Schedule exponential(double factor) {
    requirePositive("the factor of a step", factor);
    return new Named.Pace(
        "times %s each step".formatted(factor), step -> Math.pow(factor, (double) step));
  }

  /** {@code 1/(1 + decay·step)}. */
  static Schedule inverseTime(double decay) {
    requireNotNegative("the decay", decay);
    return new Named.Pace(
        "1/(1 + %s·step)".formatted(decay), step -> 1 / (1 + decay * (double) step));
  }

  /** From 1 to {@code last} in so many steps, by half a cosine (Loshchilov and Hutter, 2017). */
  static Schedule cosine(long steps, double last) {
    requireAtLeastOne("steps of a cosine", steps);
    requireNotNegative("the end of a cosine", last);
    return new Named.Pace(
        "cosine over %d steps to %s".formatted(steps, last),
        step -> between(1, last, (double) Math.min(step, steps) / steps));
  }

  /**
   * A cosine from 1 to {@code last} that begins anew when it is done, each time {@code longer}
   * times as long (Loshchilov and Hutter, 2017).
   */
  static Schedule cosineRestarts(long steps, double last, int longer) {
    requireAtLeastOne("steps of a cosine", steps);
    requireAtLeastOne("how much longer each cosine is", longer);
    requireNotNegative("the end of a cosine", last);
    return new Named.Pace(
        "cosine over %d steps to %s, each restart %d times as long".formatted(steps, last, longer),
        step -> {
          // In floating point nothing overflows, and those of equal length need no counting.
          double length = steps;
          double at = longer == 1 ? step % steps : step;
          while (at >= length) {
            at -= length;
            length *= longer;
          }
          return between(1, last, at / length);
        });
  }

  /** First {@code steps} steps of rates that rise evenly to that of this schedule's beginning. */
  default Schedule warmUp(long steps) {
    requireAtLeastOne("steps of a warm-up", steps);
    return new Named.Pace(
        "%s, warm-up %d".formatted(this, steps),
        step -> step < steps ? at(0) * (step + 1) / (steps + 1) : at(step - steps));
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
    return new Named.Pace(
        "one cycle of %d steps".formatted(steps),
        step -> {
          double at = Math.min(step, steps - 1);
          return at <= top
              ? between(1.0 / 25, 1, at / top)
              : between(1, 1.0 / 250_000, (at - top) / (steps - 1 - top));
        });
  }

  /** On half a cosine from one number to another. */
  private static double between(double first, double last, double part) {
    return last + (first - last) * (1 + Math.cos(Math.PI * part)) / 2;
  }

  private static void requirePositive(String what, double number) {
    if (!(number > 0 && number < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("%s is positive, not %s".formatted(what, number));
    }
  }

  private static void requireNotNegative(String what, double number) {
    if (!(number >= 0 && number < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("%s is not negative; it is %s".formatted(what, number));
    }
  }

  private static void requireAtLeastOne(String what, long number) {
    if (number < 1) {
      throw new IllegalArgumentException("%s: at least 1, not %d".formatted(what, number));
    }
  }
}
