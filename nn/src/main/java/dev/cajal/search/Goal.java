package dev.cajal.search;

import dev.cajal.train.Event;
import dev.cajal.train.Metric;
import dev.cajal.train.Trained;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/** What trials are compared by: the validation loss, or a metric. */
record Goal(Optional<Metric> metric) {

  String name() {
    return metric.map(Metric::name).orElse("validation loss");
  }

  boolean isBetterLarger() {
    return metric.map(Metric::isBetterLarger).orElse(false);
  }

  /** The best of all epochs, if there is one with a number. */
  OptionalDouble best(Trained trained) {
    DoubleStream scores =
        trained.history().stream().mapToDouble(this::score).filter(Double::isFinite);
    return isBetterLarger() ? scores.max() : scores.min();
  }

  private double score(Event.Epoch epoch) {
    return metric
        .map(it -> epoch.metrics().getOrDefault(it.name(), Double.NaN))
        .orElseGet(epoch::judged);
  }

  /** The best first, what failed last, and among equals the earlier. */
  Comparator<Trial> ranking() {
    return ranking(Trial::outcome);
  }

  /** The same by one of several outcomes. */
  Comparator<Trial> ranking(Function<Trial, Outcome> outcome) {
    return Comparator.<Trial>comparingDouble(trial -> cost(outcome.apply(trial)))
        .thenComparingInt(Trial::number);
  }

  /** The smaller the better. */
  private double cost(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Scored(double score, _, _, _) -> isBetterLarger() ? -score : score;
      case Outcome.Failed _ -> Double.POSITIVE_INFINITY;
    };
  }

  @Override
  public String toString() {
    return "%s, %s is better".formatted(name(), isBetterLarger() ? "larger" : "smaller");
  }
}
