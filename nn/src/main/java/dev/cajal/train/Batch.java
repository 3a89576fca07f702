package dev.cajal.train;

import dev.cajal.random.RandomStream;
import dev.cajal.tensor.Array;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Samples in memory: inputs, targets, and how much each counts. The first axis is that of the
 * samples.
 *
 * @param weight of each sample, or of each place of one, where some count more than others or not
 *     at all
 * @param features what the numbers of an input are called; or nothing
 */
public record Batch(Array x, Array y, Optional<Array> weight, List<String> features)
    implements Samples {

  public Batch {
    requireSamples("inputs", x, x);
    requireSamples("targets", y, x);
    weight.ifPresent(w -> requireSamples("weights", w, x));
    features = List.copyOf(features);
    if (!features.isEmpty() && x.rowCount() > 0 && x.length() / x.rowCount() != features.size()) {
      throw new IllegalArgumentException(
          "samples: %d names for %d numbers of an input"
              .formatted(features.size(), x.length() / x.rowCount()));
    }
  }

  private static void requireSamples(String what, Array array, Array x) {
    if (array.shape().rank() == 0) {
      throw new IllegalArgumentException("samples: %s without an axis of samples".formatted(what));
    }
    if (array.rowCount() != x.rowCount()) {
      throw new IllegalArgumentException(
          "samples: %d %s for %d inputs".formatted(array.rowCount(), what, x.rowCount()));
    }
  }

  public static Batch of(Array x, Array y) {
    return new Batch(x, y, Optional.empty(), List.of());
  }

  /** The same samples, which count as much as this says. */
  public Batch weighted(Array weights) {
    return new Batch(x, y, Optional.of(weights), features);
  }

  /** The same samples, the numbers of whose inputs are called so. */
  public Batch named(List<String> names) {
    return new Batch(x, y, weight, names);
  }

  @Override
  public int size() {
    return x.rowCount();
  }

  @Override
  public Batch rows(int... positions) {
    return new Batch(
        x.rows(positions), y.rows(positions), weight.map(w -> w.rows(positions)), features);
  }

  @Override
  public Batch those(int... positions) {
    return rows(positions);
  }

  @Override
  public Batch some(int most) {
    return most >= size() ? this : Samples.super.some(most);
  }

  /**
   * In random order divided into parts, as in {@code split(7, 0.6, 0.2, 0.2)}.
   *
   * @param fractions of all samples; they add up to 1, or less if some are to be left out
   */
  public List<Batch> split(long seed, double... fractions) {
    double sum = 0;
    for (double fraction : fractions) {
      if (!(fraction >= 0)) {
        throw new IllegalArgumentException("split: a part is 0 or more, not " + fraction);
      }
      sum += fraction;
    }
    if (sum > 1 + 1e-9) {
      throw new IllegalArgumentException(
          "split: the parts add up to %s, more than all".formatted(sum));
    }
    int[] order = RandomStream.of(seed, "split").permutation(size());
    var parts = new Batch[fractions.length];
    double before = 0;
    for (int i = 0; i < parts.length; i++) {
      int from = (int) Math.round(before * size());
      before += fractions[i];
      int to = Math.min(size(), (int) Math.round(before * size()));
      parts[i] = rows(Arrays.copyOfRange(order, from, to));
    }
    return List.of(parts);
  }
}
