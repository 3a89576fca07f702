package dev.cajal.train;

/** A mean of numbers that count differently, as they come. */
final class Mean {
  private double sum;
  private double weight;

  Mean() {
    this(0, 0);
  }

  /** One that goes on from what another had come to. */
  Mean(double sum, double weight) {
    this.sum = sum;
    this.weight = weight;
  }

  void add(double number, double itsWeight) {
    // What does not count at all may be anything.
    if (itsWeight != 0) {
      sum += number * itsWeight;
      weight += itsWeight;
    }
  }

  void add(Mean other) {
    sum += other.sum;
    weight += other.weight;
  }

  /** The mean of what was added; 0 of nothing. */
  double value() {
    return weight == 0 ? 0 : sum / weight;
  }

  double sum() {
    return sum;
  }

  double weight() {
    return weight;
  }
}
