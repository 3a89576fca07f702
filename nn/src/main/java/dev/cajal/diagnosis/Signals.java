package dev.cajal.diagnosis;

import static dev.cajal.diagnosis.Illness.DEAD_RELUS;
import static dev.cajal.diagnosis.Illness.EXPLODING_GRADIENTS;
import static dev.cajal.diagnosis.Illness.SATURATED_SIGMOIDS;
import static dev.cajal.diagnosis.Illness.SATURATED_TANHS;
import static dev.cajal.diagnosis.Illness.VANISHING_GRADIENTS;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether signals go through the layers, forwards and backwards: at the beginning, and the end. */
record Signals(Chart chart) implements Examination {
  /**
   * Relative to its weights, the gradient of a layer is usually within a hundredth of the largest
   * one's. At a thousandth and less a rate that suits one layer can't suit the other.
   */
  private static final double VANISHED = 5e-4;

  /**
   * How many times the loss of the best constant is at stake when the weights of a layer are
   * blurred by their own size: usually up to five. At thirty, a blur of a few percent, as small as
   * a step, undoes whatever was learned.
   */
  private static final double STEEP = 30;

  /** Some units of a layer are dead in every network; with three of four it is another network. */
  private static final double DEAD = 0.75;

  /** First weights that suit leave nearly no answer without a slope. */
  private static final double SATURATED_AT_FIRST = 0.5;

  /** Learning sharpens answers, so that more may be at their ends later. */
  private static final double SATURATED_AT_LAST = 0.8;

  /** Where no layer has more, everything is learned. */
  private static final double NOTHING = 1e-12;

  @Override
  public Set<Illness> examined() {
    return chart.probe().isEmpty()
        ? Set.of()
        : EnumSet.of(
            DEAD_RELUS,
            SATURATED_SIGMOIDS,
            SATURATED_TANHS,
            VANISHING_GRADIENTS,
            EXPLODING_GRADIENTS);
  }

  @Override
  public List<Finding> findings() {
    List<Measurement> all =
        chart.probe().map(Probe::measurements).orElse(List.of()).stream()
            .filter(Measurement::isFinite)
            .toList();
    var found = new ArrayList<Finding>();
    if (all.isEmpty()) {
      return found;
    }
    for (Illness illness : examined()) {
      Optional<Finding> atFirst = look(illness, all.getFirst());
      atFirst.or(() -> look(illness, all.getLast())).ifPresent(found::add);
    }
    return found;
  }

  private Optional<Finding> look(Illness illness, Measurement at) {
    // A run that goes on has no step 0, and what it began with is not known.
    boolean isFirst = at.step() == 0;
    return found(illness, at, isFirst ? SATURATED_AT_FIRST : SATURATED_AT_LAST)
        .map(it -> it.innate(isFirst));
  }

  private Optional<Finding> found(Illness illness, Measurement at, double saturated) {
    return switch (illness) {
      case DEAD_RELUS -> units(illness, at, DEAD, "of the units of %s answer 0 to every sample");
      case SATURATED_SIGMOIDS, SATURATED_TANHS ->
          units(
              illness,
              at,
              saturated,
              "of the answers of %s are where the slope is below a twentieth of the steepest");
      case VANISHING_GRADIENTS -> vanishing(at, after(at));
      case EXPLODING_GRADIENTS -> exploding(at);
      default -> Optional.empty();
    };
  }

  private static Optional<Finding> units(
      Illness illness, Measurement at, double most, String what) {
    List<Measurement.OfUnits> ill =
        at.units().stream()
            .filter(each -> each.illness() == illness && each.share() > most)
            .sorted(Comparator.comparingDouble(Measurement.OfUnits::share).reversed())
            .toList();
    if (ill.isEmpty()) {
      return Optional.empty();
    }
    Numbers numbers = Numbers.of("step", (double) at.step());
    for (Measurement.OfUnits each : ill) {
      numbers = numbers.and(each.path(), each.share());
    }
    return Optional.of(
        Finding.of(
                illness,
                String.format(
                    Locale.ROOT,
                    "%s, %.0f%% %s",
                    when(at),
                    100 * ill.getFirst().share(),
                    what.formatted(ill.getFirst().path())),
                numbers)
            .at(ill.stream().map(Measurement.OfUnits::path).distinct().toList()));
  }

  private static String when(Measurement at) {
    return at.step() == 0
        ? "before the first step"
        : String.format(Locale.ROOT, "after %d steps", at.step());
  }

  /** The next measurement, or the last itself. */
  private Measurement after(Measurement at) {
    return chart.probe().map(Probe::measurements).orElse(List.of()).stream()
        .filter(each -> each.step() > at.step() && each.isFinite())
        .findFirst()
        .orElse(at);
  }

  private static Optional<Finding> vanishing(Measurement at, Measurement next) {
    double most = largest(at);
    Set<String> later =
        vanished(next).stream().map(Measurement.OfLayer::path).collect(Collectors.toSet());
    List<Measurement.OfLayer> ill =
        vanished(at).stream()
            // Weights above that begin with 0 let nothing through, but only once.
            .filter(each -> each.gradient() > 0 || later.contains(each.path()))
            .sorted(Comparator.comparingDouble(Measurement.OfLayer::relative))
            .toList();
    if (ill.isEmpty()) {
      return Optional.empty();
    }
    Measurement.OfLayer worst = ill.getFirst();
    return Optional.of(
        Finding.of(
                VANISHING_GRADIENTS,
                String.format(
                    Locale.ROOT,
                    "%s, the gradient of %s is %.2g of its weights, and that of another layer %.2g",
                    when(at),
                    worst.path(),
                    worst.relative(),
                    most),
                Numbers.of("step", (double) at.step())
                    .and("relative gradient", worst.relative())
                    .and("largest relative gradient", most))
            .at(ill.stream().map(Measurement.OfLayer::path).toList()));
  }

  private static List<Measurement.OfLayer> vanished(Measurement at) {
    double most = largest(at);
    return at.layers().stream()
        .filter(each -> most >= NOTHING && each.relative() < VANISHED * most)
        .toList();
  }

  /** Of weights that are all 0 every gradient is infinitely much, and says nothing of others. */
  private static double largest(Measurement at) {
    return at.layers().stream()
        .filter(each -> each.weight() > 0)
        .mapToDouble(Measurement.OfLayer::relative)
        .max()
        .orElse(0);
  }

  private Optional<Finding> exploding(Measurement at) {
    double scale = chart.scale();
    List<Measurement.OfLayer> ill =
        at.layers().stream()
            .filter(each -> each.steepness() > STEEP * scale)
            .sorted(Comparator.comparingDouble(Measurement.OfLayer::steepness).reversed())
            .toList();
    if (ill.isEmpty()) {
      return Optional.empty();
    }
    Measurement.OfLayer worst = ill.getFirst();
    double change = worst.steepness() / 100;
    return Optional.of(
        Finding.of(
                EXPLODING_GRADIENTS,
                String.format(
                    Locale.ROOT,
                    "%s, noise of 1%% in the weights of %s changes the loss by %.3g, where %.3g is"
                        + " that of a constant",
                    when(at),
                    worst.path(),
                    change,
                    scale),
                Numbers.of("step", (double) at.step())
                    .and("gradient", worst.gradient())
                    .and("change of the loss", change)
                    .and("loss of a constant", scale))
            .at(ill.stream().map(Measurement.OfLayer::path).toList()));
  }
}
