package dev.cajal.diagnosis;

import static dev.cajal.diagnosis.Illness.RATE_TOO_HIGH;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether steps are too long. */
record LongSteps(Chart chart) implements Examination {
  /**
   * Steps that go the right way make the loss smaller. Noise makes that of a batch larger, but that
   * of several only by a part; half as much again as before anything was learned, steps went up.
   */
  private static final double CLIMB = 1.5;

  /**
   * Many a first step goes too far, and the next come back. Who has more than this part of the loss
   * of a constant left has not come back.
   */
  private static final double NOT_BACK = 0.3;

  /** By what part of the loss of a constant a loss may end above what it was before. */
  private static final double WORSE = 0.15;

  /** And by what part of it epochs may differ from their neighbours. */
  private static final double RESTLESS = 0.06;

  /**
   * Steps of a thousandth of the weights are usual, and of a hundredth early on. Where most change
   * a layer by a twentieth even late, it is another network every twenty steps.
   */
  private static final double LONG_STEP = 0.05;

  @Override
  public Set<Illness> examined() {
    return chart.probe().isPresent() || chart.curves().isCurve()
        ? EnumSet.of(RATE_TOO_HIGH)
        : Set.of();
  }

  @Override
  public List<Finding> findings() {
    return chart
        .probe()
        .flatMap(LongSteps::notFinite)
        .or(() -> chart.probe().flatMap(this::climbed))
        .or(() -> chart.probe().isEmpty() ? climbedByEpochs() : Optional.empty())
        .or(() -> chart.training().flatMap(this::restless))
        .or(() -> chart.probe().flatMap(LongSteps::longSteps))
        .stream()
        .toList();
  }

  private static Optional<Finding> notFinite(Probe probe) {
    if (probe.hasEnded() || (probe.isFinite() && probe.peak() < Float.MAX_VALUE)) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
            RATE_TOO_HIGH,
            String.format(
                Locale.ROOT,
                "after %d steps the weights or the loss were no finite numbers any more",
                probe.steps()),
            Numbers.of("steps", (double) probe.steps())));
  }

  private Optional<Finding> climbed(Probe probe) {
    double begin = probe.measurements().getFirst().loss();
    double first = Math.max(begin, chart.constant().map(Constant::loss).orElse(0.0));
    double[] losses = chart.curves().training();
    double end = losses.length == 0 ? probe.smooth() : Curves.end(losses);
    boolean isHarmed =
        !(end < NOT_BACK * chart.scale())
            || new Signals(chart).findings().stream().anyMatch(each -> !each.isInnate());
    return isHarmed
        ? climb(first, probe.peak(), "the loss of single steps, smoothed")
        : Optional.empty();
  }

  private Optional<Finding> climbedByEpochs() {
    double[] losses = chart.curves().training();
    if (losses.length < 2 || Curves.end(losses) < NOT_BACK * losses[0]) {
      return Optional.empty();
    }
    double peak = losses[0];
    for (double loss : losses) {
      peak = Math.max(peak, loss);
    }
    return climb(losses[0], peak, "the training loss of the epochs");
  }

  private static Optional<Finding> climb(double first, double peak, String what) {
    if (!(peak > CLIMB * first)) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
            RATE_TOO_HIGH,
            String.format(
                Locale.ROOT,
                "%s, rose to %.3g, %.3g times the %.3g before anything was learned",
                what,
                peak,
                peak / first,
                first),
            Numbers.of("first loss", first).and("highest loss", peak)));
  }

  /** Epochs that undo what others did, more than a few samples could make it look so. */
  private Optional<Finding> restless(Outcome training) {
    double[] losses = chart.curves().training();
    if (!chart.curves().isCurve()) {
      return Optional.empty();
    }
    double scale = chart.scale();
    double end = Curves.end(losses);
    double best = losses[Curves.best(losses)];
    double noise = Curves.noise(Arrays.copyOfRange(losses, losses.length / 3, losses.length));
    double chance = Math.sqrt(Numbers.variance(training.losses()) / training.size());
    boolean isWorse = end - best > Math.max(WORSE * scale, 4 * chance);
    boolean isRestless = noise > Math.max(RESTLESS * scale, chance);
    if (!isWorse && !isRestless) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
            RATE_TOO_HIGH,
            String.format(
                Locale.ROOT,
                "the training loss had come to %.3g and ended at %.3g, and an epoch differed from"
                    + " its neighbours by %.2g",
                best,
                end,
                noise),
            Numbers.of("best training loss", best)
                .and("last training loss", end)
                .and("difference of epochs", noise)));
  }

  private static Optional<Finding> longSteps(Probe probe) {
    double[] updates = probe.updates();
    double step = updates.length < 3 ? 0 : Numbers.median(tail(updates));
    if (!(step > LONG_STEP)) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
            RATE_TOO_HIGH,
            String.format(
                Locale.ROOT,
                "a single step changes the weights of a layer by %.1f%% of their length, and not"
                    + " only at the beginning",
                100 * step),
            Numbers.of("relative step", step)));
  }

  private static double[] tail(double... numbers) {
    return Arrays.copyOfRange(numbers, 1, numbers.length);
  }
}
