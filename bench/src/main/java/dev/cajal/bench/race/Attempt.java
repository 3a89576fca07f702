package dev.cajal.bench.race;

import java.util.Map;

/** What came of one run of a contestant's process. */
sealed interface Attempt {

  /**
   * It told its figures, by metric.
   *
   * @param title the contestant's name with its version, as it told it
   */
  record Told(String title, Map<String, Double> figures) implements Attempt {}

  /** It failed. */
  record Failed(String why) implements Attempt {}
}
