package dev.cajal.diagnosis;

import static dev.cajal.diagnosis.Illness.RATE_TOO_LOW;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether steps are too short. */
record ShortSteps(Chart chart) implements Examination {
  /**
   * Weights that have gone a fifth of their length in all, at most, are nearly those they began
   * with: usual is several times their length, there and back.
   */
  private static final double SHORT_WAY = 0.2;

  /** In fewer steps nobody gets far. */
  private static final int STEPS = 100;

  /** A curve that flattens falls less than a tenth as much in its second half as in its first. */
  private static final double STILL_FALLING = 0.1;

  /** And one that falls on in a straight line nearly as much: the rest is for its bend. */
  private static final double STRAIGHT = 0.6;

  /** What is left of the loss of a constant where learning is done, but for a better model. */
  private static final double HALF_DONE = 0.5;

  @Override
  public Set<Illness> examined() {
    return chart.probe().isPresent() || chart.curves().isCurve()
        ? EnumSet.of(RATE_TOO_LOW)
        : Set.of();
  }

  @Override
  public List<Finding> findings() {
    return chart.probe().map(this::hardlyMoved).orElseGet(this::straight).stream().toList();
  }

  private Optional<Finding> hardlyMoved(Probe probe) {
    double[] updates = probe.updates();
    long steps = probe.steps() - probe.measurements().getFirst().step();
    double way = Numbers.mean(updates) * steps;
    double begin = probe.measurements().getFirst().loss();
    double end = probe.measurements().getLast().loss();
    double reached = chart.training().map(Outcome::mean).orElse(end);
    boolean isDone = reached < HALF_DONE * Math.min(chart.scale(), begin) && !isStillFalling();
    if (steps < STEPS || !(way < SHORT_WAY) || isDone) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
            RATE_TOO_LOW,
            String.format(
                Locale.ROOT,
                "in %d steps the weights went %.1f%% of their length at most, and the loss of the"
                    + " same few samples from %.3g to %.3g",
                steps,
                100 * way,
                begin,
                end),
            Numbers.of("relative way", way).and("first loss", begin).and("last loss", end)));
  }

  private boolean isStillFalling() {
    double[] losses = chart.curves().training();
    return chart.curves().isCurve() && Curves.lateFall(losses) > STILL_FALLING;
  }

  private Optional<Finding> straight() {
    double[] losses = chart.curves().training();
    if (!chart.curves().isCurve()) {
      return Optional.empty();
    }
    double late = Curves.lateFall(losses);
    double fall = losses[0] - losses[losses.length - 1];
    boolean isSure = fall > losses.length * Curves.noise(losses);
    if (!isSure || late < STRAIGHT || fall > HALF_DONE * losses[0]) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
            RATE_TOO_LOW,
            String.format(
                Locale.ROOT,
                "the training loss fell from %.3g to %.3g, in the second half of the epochs %.0f%%"
                    + " as much as in the first",
                losses[0],
                losses[losses.length - 1],
                100 * late),
            Numbers.of("first loss", losses[0])
                .and("last loss", losses[losses.length - 1])
                .and("late fall", late)));
  }
}
