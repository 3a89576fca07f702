package dev.cajal.bench.race;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/**
 * The race as a table of at most 80 columns:
 *
 * <pre>
 *                            median       least        most    MB   ratio    goal
 * W2  MLP 784-256-128-10, batch 64, Adam
 *   1 thread, samples/s
 *   Cajal                    72,400      70,100      74,000   128
 *   PyTorch 2.13.0+cpu       44,100      43,800      44,900   312    1.64  ≥ 1.80  missed
 *     memory                                                         0.41  ≤ 0.50  met
 * </pre>
 *
 * <p>The ratio is our median over the peer's.
 */
public record Table(PrintStream out) {

  /** What the columns are. */
  public void head() {
    out.printf("%-22s%10s%10s%10s%6s%7s%8s%n", "", "median", "min", "max", "MB", "ratio", "goal");
  }

  /** A workload's beginning. */
  public void title(Workload workload) {
    out.printf("%n%s  %s%n", workload, workload.description());
  }

  /** What was reached with one number of threads. */
  public void rows(Standing standing) {
    for (Metric metric : standing.workload().metrics()) {
      out.printf(
          "  %d thread%s, %s%n",
          standing.threads(), standing.threads() == 1 ? "" : "s", metric.unit());
      boolean withMemory = metric.equals(standing.workload().metrics().getLast());
      for (Standing.Place place : standing.places()) {
        row(standing, place, metric, withMemory);
        if (withMemory) {
          memoryGoal(standing, place);
        }
      }
    }
    standing.workload().ownMetric().ifPresent(metric -> own(standing, metric));
  }

  private void row(Standing standing, Standing.Place place, Metric metric, boolean withMemory) {
    String name = place.title().length() > 20 ? place.title().substring(0, 20) : place.title();
    Optional<Figure> found = place.figure(metric);
    if (found.isEmpty()) {
      String why = "failed: " + place.failure().orElse("told nothing");
      out.printf("  %-20s  %s%n", name, why.length() > 56 ? why.substring(0, 55) + "…" : why);
      return;
    }
    Figure figure = found.get();
    line(
        "  %-20s%10s%10s%10s%6s"
            .formatted(
                name,
                number(figure.median()),
                number(figure.least()),
                number(figure.most()),
                withMemory ? memory(place) : ""),
        standing,
        place,
        metric);
  }

  private static String memory(Standing.Place place) {
    return place.figure(Metric.MEMORY).map(figure -> number(figure.median())).orElse("");
  }

  private void memoryGoal(Standing standing, Standing.Place place) {
    if (standing.goal(place, Metric.MEMORY).isPresent()
        && standing.ratio(place, Metric.MEMORY).isPresent()) {
      line("    %-54s".formatted("memory"), standing, place, Metric.MEMORY);
    }
  }

  /** What only we are asked for, of which none is the goal. */
  private void own(Standing standing, Metric metric) {
    for (Standing.Place place : standing.places()) {
      place
          .figure(metric)
          .ifPresent(figure ->
              out.printf(
                  "    %-18s%10s%43s%8s%n",
                  metric.unit(),
                  number(figure.median()),
                  "= 0",
                  figure.most() == 0 ? "met" : "missed"));
    }
  }

  private void line(String beginning, Standing standing, Standing.Place place, Metric metric) {
    String ratio = standing.ratio(place, metric).map(Table::ratio).orElse("");
    String goal =
        standing.goal(place, metric).map(each -> sign(metric) + ratio(each.ratio())).orElse("");
    String verdict =
        standing
            .goal(place, metric)
            .flatMap(each -> standing.ratio(place, metric).map(each::isMetBy))
            .map(met -> met ? "met" : "missed")
            .orElse("");
    out.println((beginning + "%7s%8s%8s".formatted(ratio, goal, verdict)).stripTrailing());
  }

  private static String sign(Metric metric) {
    return switch (metric.better()) {
      case MORE -> "≥ ";
      case LESS -> "≤ ";
    };
  }

  private static String ratio(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
  }

  /** Three digits or more. */
  static String number(double value) {
    String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : value == 0 ? "%.0f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }
}
