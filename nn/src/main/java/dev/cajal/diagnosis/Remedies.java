package dev.cajal.diagnosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to try: what usually helps with an illness, unless what is known of the run says that
 * something else does.
 */
record Remedies(Chart chart) {
  /** Numbers of pixels, years or prices: whatever else is wrong, first weights do not suit them. */
  private static final double FAR = 20;

  /** Where units are saturated, numbers a few times as large as usual are reason enough. */
  private static final double LARGE = 5;

  /** So many layers of sigmoids let little of the error through, and more let less. */
  private static final int STACK = 4;

  /** How many weights there are for each target in a network that can't be much too small. */
  private static final double ROOM = 0.25;

  /** What part of the targets the outputs must be unable to reach for that to be the reason. */
  private static final double OUT_OF_REACH = 0.2;

  /** How many outputs are at the end of an activation, and how near. */
  private static final double AT_THE_END = 0.05;

  Finding of(Finding finding) {
    return switch (finding.illness()) {
      case SATURATED_SIGMOIDS, SATURATED_TANHS ->
          scaling(finding, inputs().filter(each -> each.size() > LARGE).stream().toList())
              .orElseGet(() -> unsaturated(finding));
      case UNDER_FITTING ->
          scaling(finding, far())
              .or(() -> outOfReach(finding))
              .or(() -> stacked(finding, Illness.SATURATED_SIGMOIDS, "sigmoids"))
              .or(() -> lasting(finding))
              .or(() -> stacked(finding, Illness.SATURATED_TANHS, "tanhs"))
              .or(() -> hopeless(finding))
              .or(() -> roomy(finding))
              .orElse(finding);
      case RATE_TOO_HIGH, RATE_TOO_LOW, EXPLODING_GRADIENTS, DEAD_RELUS ->
          scaling(finding, far()).orElse(finding);
      case VANISHING_GRADIENTS ->
          layersOf(Illness.SATURATED_SIGMOIDS) > 0
              ? finding
              : finding.trying(
                  "begin with larger first weights (Init.he for relu, Init.glorot for tanh), or put"
                      + " BatchNorm between the layers");
      case OVER_FITTING,
          CLASSES_NEVER_PREDICTED,
          LEAKING_FEATURES,
          CONSTANT_FEATURES,
          VALIDATION_EASIER ->
          finding;
    };
  }

  private Optional<Scale> inputs() {
    return chart.probe().flatMap(probe -> Scale.of("input", probe.samples().x()));
  }

  private Optional<Scale> targets() {
    return chart.probe().flatMap(probe -> Scale.of("target", probe.samples().y()));
  }

  private List<Scale> far() {
    return Stream.concat(inputs().stream(), targets().stream())
        .filter(each -> each.isFar(FAR))
        .toList();
  }

  private static Optional<Finding> scaling(Finding finding, List<Scale> scales) {
    if (scales.isEmpty()) {
      return Optional.empty();
    }
    var what = new ArrayList<String>();
    Finding known = finding;
    for (Scale each : scales) {
      what.add(each.name().startsWith("target") ? "targets" : "inputs");
      known =
          known
              .knowing("mean of " + each.name(), each.mean())
              .knowing("deviation of " + each.name(), each.deviation());
    }
    return Optional.of(
        known
            .measuring(scales.stream().map(Scale::toString).collect(Collectors.joining(", and ")))
            .trying("scale the %s to mean 0 and variance 1".formatted(String.join(" and ", what))));
  }

  /** The inputs are as they should be. */
  private static Finding unsaturated(Finding finding) {
    return finding.trying(
        finding.isInnate()
            ? "begin with smaller first weights (Init.glorot)"
            : "make the learning rate smaller, or put BatchNorm before the units");
  }

  /** Capacity is no answer to a loss that still falls. */
  private Optional<Finding> lasting(Finding finding) {
    Curves curves = chart.curves();
    if (!curves.isStillFalling()) {
      return Optional.empty();
    }
    double[] losses = curves.training();
    String fall =
        losses.length < 3
            ? String.format(Locale.ROOT, "hardly any epochs were there: %d", losses.length)
            : String.format(
                Locale.ROOT,
                "the training loss fell from %.3g to %.3g in %d epochs, up to the end",
                losses[0],
                losses[losses.length - 1],
                losses.length);
    return Optional.of(
        finding
            .measuring(fall)
            .trying(
                losses.length < 3
                    ? "train for more epochs"
                    : "train for more epochs: the loss still falls"));
  }

  /** The slope of each is a part of what comes through: with one more layer less does. */
  private Optional<Finding> stacked(Finding finding, Illness theirs, String units) {
    long layers = layersOf(theirs);
    return layers < STACK
        ? Optional.empty()
        : Optional.of(
            finding
                .measuring(String.format(Locale.ROOT, "%d layers answer with %s", layers, units))
                .trying(
                    "take fewer layers, or relu and he weights instead of %s, or put BatchNorm between the layers"
                        .formatted(units)));
  }

  /** How many layers have units that can have this illness. */
  private long layersOf(Illness theirs) {
    return chart.probe().stream()
        .flatMap(probe -> probe.measurements().getFirst().units().stream())
        .filter(each -> each.illness() == theirs)
        .map(Measurement.OfUnits::path)
        .distinct()
        .count();
  }

  /** Outputs that end at 0, or at -1, where many targets do not: those of an activation. */
  private Optional<Finding> outOfReach(Finding finding) {
    Optional<Outcome> numbers =
        chart.training().filter(its -> its.isOfNumbers() && !its.isOfYesAndNo());
    if (numbers.isEmpty()) {
      return Optional.empty();
    }
    double[] outputs = numbers.get().output().toDoubles();
    DoubleSummaryStatistics range = Arrays.stream(outputs).summaryStatistics();
    double floor = range.getMin() >= 0 ? 0 : -1;
    double near = range.getMax() - range.getMin() > 0.5 ? AT_THE_END : 0;
    double at = share(outputs, output -> output >= floor && output <= floor + near);
    boolean hasFloor = at > AT_THE_END && range.getMin() >= floor;
    double below = share(numbers.get().samples().y().toDoubles(), target -> target < floor);
    return hasFloor && below > OUT_OF_REACH
        ? Optional.of(
            finding
                .measuring(
                    String.format(
                        Locale.ROOT,
                        "no output is below %.0f, and %.0f%% of the targets are",
                        floor,
                        100 * below))
                .trying("leave out the activation after the last layer, or scale the targets"))
        : Optional.empty();
  }

  private static double share(double[] numbers, DoublePredicate those) {
    return (double) Arrays.stream(numbers).filter(those).count() / Math.max(1, numbers.length);
  }

  /** No better than a constant, and no simpler method is. */
  private Optional<Finding> hopeless(Finding finding) {
    boolean isLearnable = chart.training().flatMap(WorseThanNeighbours::look).isPresent();
    return isLearnable
        ? Optional.empty()
        : Optional.of(
            finding.trying(
                "make the network larger, or ask for other features: there may be hardly anything"
                    + " to learn from these"));
  }

  /** With so many weights it could nearly know the samples by heart: it is not too small. */
  private Optional<Finding> roomy(Finding finding) {
    List<Measurement.OfLayer> layers =
        chart.probe().map(probe -> probe.measurements().getFirst().layers()).orElse(List.of());
    long weights = layers.stream().mapToLong(Measurement.OfLayer::count).sum();
    long targets = chart.training().map(Outcome::targets).orElse(0L);
    return layers.size() < 2 || weights < ROOM * targets
        ? Optional.empty()
        : Optional.of(
            finding
                .measuring(
                    String.format(
                        Locale.ROOT, "there are %d weights for %d targets", weights, targets))
                .knowing("weights", (double) weights)
                .trying(
                    "train for more epochs, or try other learning rates: the network is large"
                        + " enough to know more"));
  }
}
