package dev.cajal.report;

import java.util.Comparator;
import java.util.List;

/**
 * How much worse a network gets when the values of one feature are shuffled among the rows.
 *
 * @param measure what gets worse, such as {@code accuracy}
 * @param repeats how often each was shuffled
 * @param features in any order
 */
public record Importance(String measure, int repeats, List<Feature> features) {

  public Importance {
    features = List.copyOf(features);
  }

  /**
   * A feature.
   *
   * @param drop the mean by which the measure gets worse
   * @param deviation the standard deviation of that over the repeats
   */
  public record Feature(String name, double drop, double deviation) {}

  /** The most important first. */
  List<Feature> ranked() {
    return features.stream()
        .sorted(
            Comparator.comparingDouble((Feature each) ->
                Double.isNaN(each.drop()) ? Double.POSITIVE_INFINITY : -each.drop()))
        .toList();
  }
}
