package dev.cajal.bench.race;

import java.util.List;

/** What one contestant reached in one metric, over some rounds. */
public record Figure(double median, double least, double most) {

  static Figure of(List<Double> rounds) {
    List<Double> sorted = rounds.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Figure(median, sorted.getFirst(), sorted.getLast());
  }
}
