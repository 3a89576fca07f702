package dev.cajal.train;

/** A mean of numbers that count differently, as they come. */
final class Mean {
  private double sum;
  private double weight;

  void add(double number, double itsWeight) {
    // What does not count at all may be anything.
    if (itsWeight != 0) {
      sum += number * itsWeight;
      weight += itsWeight;
    }
  }

  /** The mean of what was added; 0 of nothing. */
  double value() {
    return weight == 0 ? 0 : sum / weight;
  }
}
