package dev.cajal.bench.race;

/**
 * One of the numbers that a contestant is measured by.
 *
 * @param name what the processes call it
 * @param unit what it is in the table
 * @param better which is the better of two
 */
public record Metric(String name, String unit, Better better) {

  public enum Better {
    MORE,
    LESS
  }

  /** The most memory that the process has had. */
  static final Metric MEMORY = new Metric("memory", "MB", Better.LESS);

  /** The time from the start of a process to its end; not told by the process but by its parent. */
  static final Metric SECONDS = new Metric("seconds", "s", Better.LESS);

  static Metric rate(String name) {
    return new Metric(name, name + "/s", Better.MORE);
  }

  static Metric latency(String name) {
    return new Metric(name, "µs, " + name, Better.LESS);
  }

  static Metric product(int size) {
    return new Metric(String.valueOf(size), "GFLOP/s, %d squares".formatted(size), Better.MORE);
  }
}
