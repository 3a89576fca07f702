package dev.cajal.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * How well a model does on some samples.
 *
 * @param loss the mean
 * @param metrics their values by name
 */
public record Scores(double loss, SequencedMap<String, Double> metrics) {

  public Scores {
    metrics = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
  }

  /** On one line: {@code loss 0.0312 accuracy 0.991}. */
  @Override
  public String toString() {
    var text = new StringBuilder(String.format(Locale.ROOT, "loss %.4f", loss));
    metrics.forEach(
        (name, value) -> text.append(String.format(Locale.ROOT, "  %s %.4f", name, value)));
    return text.toString();
  }
}
