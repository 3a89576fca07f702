package dev.cajal.train;

import dev.cajal.random.RandomStream;
import dev.cajal.tensor.Array;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * What a model learns from: inputs, targets, and how much each sample counts. The first axis is
 * that of the samples.
 *
 * @param weight of each sample, or of each place of one, where some count more than others or not
 *     at all
 */
public record Samples(Array x, Array y, Optional<Array> weight) {

  public Samples {
    requireSamples("inputs", x, x);
    requireSamples("targets", y, x);
    weight.ifPresent(w -> requireSamples("weights", w, x));
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

  public static Samples of(Array x, Array y) {
    return new Samples(x, y, Optional.empty());
  }

  /** The same samples, which count as much as this says. */
  public Samples weighted(Array weights) {
    return new Samples(x, y, Optional.of(weights));
  }

  public int size() {
    return x.rowCount();
  }

  /** A number that other samples hardly have. */
  public long checksum() {
    var crc = new CRC32C();
    add(x, crc);
    add(y, crc);
    weight.ifPresent(its -> add(its, crc));
    return crc.getValue();
  }

  private static void add(Array array, CRC32C crc) {
    crc.update((array.dtype() + " " + array.shape()).getBytes(StandardCharsets.UTF_8));
    ByteBuffer number = ByteBuffer.allocate(Double.BYTES);
    for (int i = 0; i < array.length(); i++) {
      crc.update(number.putDouble(0, array.at(i)).rewind());
    }
  }

  /** Some of the samples, by their positions. */
  public Samples rows(int... positions) {
    return new Samples(x.rows(positions), y.rows(positions), weight.map(w -> w.rows(positions)));
  }

  /** Those from one position to before another. */
  public Samples part(int from, int to) {
    var positions = new int[to - from];
    Arrays.setAll(positions, i -> from + i);
    return rows(positions);
  }

  /** All of them in order, so many at a time; the last may be fewer. */
  Stream<Samples> inBatches(int size) {
    return IntStream.iterate(0, from -> from < size(), from -> from + size)
        .mapToObj(from -> part(from, Math.min(size(), from + size)));
  }

  /**
   * In random order divided into parts, as in {@code split(7, 0.6, 0.2, 0.2)}.
   *
   * @param fractions of all samples; they add up to 1, or less if some are to be left out
   */
  public List<Samples> split(long seed, double... fractions) {
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
    var parts = new Samples[fractions.length];
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
