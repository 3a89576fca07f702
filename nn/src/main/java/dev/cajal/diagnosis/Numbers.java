package dev.cajal.diagnosis;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/** Measured numbers by what they are, in the order in which they are told. */
record Numbers(SequencedMap<String, Double> byName) {

  static Numbers of(String name, double value) {
    return new Numbers(new LinkedHashMap<>()).and(name, value);
  }

  Numbers and(String name, double value) {
    var more = new LinkedHashMap<>(byName);
    more.put(name, value);
    return new Numbers(more);
  }

  // Of rows of numbers.

  static double mean(double... numbers) {
    return Arrays.stream(numbers).average().orElse(Double.NaN);
  }

  /** That of a sample, divided by n - 1. */
  static double variance(double... numbers) {
    double mean = mean(numbers);
    double squares = Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).sum();
    return squares / Math.max(1, numbers.length - 1);
  }

  /** The least that at least half of the weight is not above. */
  static double weightedMedian(double[] numbers, double... weights) {
    int[] order =
        IntStream.range(0, numbers.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> numbers[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double half = Arrays.stream(weights).sum() / 2;
    double sum = 0;
    for (int i : order) {
      sum += weights[i];
      if (sum >= half && weights[i] > 0) {
        return numbers[i];
      }
    }
    return Double.NaN;
  }

  static double median(double... numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length == 0
        ? Double.NaN
        : sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The position of the first of the largest. */
  static int most(double... numbers) {
    int most = 0;
    for (int i = 1; i < numbers.length; i++) {
      most = numbers[i] > numbers[most] ? i : most;
    }
    return most;
  }
}
