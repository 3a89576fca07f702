package dev.cajal.bench.race;

import static dev.cajal.bench.race.Metric.latency;
import static dev.cajal.bench.race.Metric.product;
import static dev.cajal.bench.race.Metric.rate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is run. Training is of random data, at a rate so small that the weights stay where they are.
 */
public enum Workload {
  W1("MLP 2-8-1 on XOR, batch 4, SGD"),
  W2("MLP 784-256-128-10, batch 64, Adam"),
  W3("MLP 784-2048-2048-10, batch 256, Adam"),
  W4("two convolutions on 28x28, batch 64, Adam"),
  W5("LSTM 65-64-256-65, length 64, batch 32, Adam"),
  W6("GPT, 4 layers of width 128, context 128, batch 16, AdamW"),
  W7("inference of one row through the network of W2"),
  W8("a whole process: start, train W2 on 6,000 samples, end"),
  W9("matrix product");

  private final String description;

  Workload(String description) {
    this.description = description;
  }

  public String description() {
    return description;
  }

  /** What it is measured by, besides memory. */
  public List<Metric> metrics() {
    return switch (this) {
      case W1 -> List.of(rate("steps"));
      case W2, W3, W4 -> List.of(rate("samples"));
      case W5, W6 -> List.of(rate("tokens"));
      case W7 -> List.of(latency("p50"), latency("p99"));
      case W8 -> List.of(Metric.SECONDS);
      case W9 -> List.of(product(1024), product(2048));
    };
  }

  /** What Cajal alone is asked for besides. */
  Optional<Metric> ownMetric() {
    return this == W7
        ? Optional.of(new Metric("bytes", "bytes allocated", Metric.Better.LESS))
        : Optional.empty();
  }

  /** All that may be told of it. */
  List<Metric> allMetrics() {
    return Stream.of(metrics().stream(), ownMetric().stream(), Stream.of(Metric.MEMORY))
        .flatMap(each -> each)
        .toList();
  }

  Metric metric(String name) {
    return allMetrics().stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The workload of a name, in whatever case. */
  public static Workload named(String name) {
    try {
      return valueOf(name.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "there is no workload '%s': they are W1 to W9".formatted(name), e);
    }
  }
}
