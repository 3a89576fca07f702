package dev.cajal.search;

import dev.cajal.train.Scores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;

/**
 * How well models do, each on the part of the samples that it has not learned from.
 *
 * @param folds the scores of each part
 */
public record CrossValidation(List<Scores> folds) {

  public CrossValidation {
    folds = List.copyOf(folds);
    if (folds.size() < 2) {
      throw new IllegalArgumentException(
          "cross-validation: there are at least 2 folds, not " + folds.size());
    }
  }

  /** The mean of the folds. */
  public Scores mean() {
    return each(CrossValidation::mean);
  }

  /** The standard deviation of the folds, by the sample's formula: with n - 1. */
  public Scores deviation() {
    return each(CrossValidation::deviation);
  }

  private Scores each(ToDoubleFunction<List<Double>> formula) {
    SequencedMap<String, Double> metrics = new LinkedHashMap<>();
    for (String name : folds.getFirst().metrics().keySet()) {
      metrics.put(
          name,
          formula.applyAsDouble(
              folds.stream().map(it -> it.metrics().getOrDefault(name, Double.NaN)).toList()));
    }
    return new Scores(formula.applyAsDouble(folds.stream().map(Scores::loss).toList()), metrics);
  }

  static double mean(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  static double deviation(List<Double> numbers) {
    double mean = mean(numbers);
    double squares = numbers.stream().mapToDouble(it -> (it - mean) * (it - mean)).sum();
    return Math.sqrt(squares / (numbers.size() - 1));
  }

  /** A line for each fold, and one for all. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (int i = 0; i < folds.size(); i++) {
      text.append("fold %d  %s%n".formatted(i + 1, folds.get(i)));
    }
    Scores mean = mean();
    Scores deviation = deviation();
    text.append(line("all     loss", mean.loss(), deviation.loss()));
    mean.metrics()
        .forEach((name, value) ->
            text.append(
                line("  " + name, value, deviation.metrics().getOrDefault(name, Double.NaN))));
    return text.toString();
  }

  private static String line(String name, double mean, double deviation) {
    return String.format(Locale.ROOT, "%s %.4f ± %.4f", name, mean, deviation);
  }
}
