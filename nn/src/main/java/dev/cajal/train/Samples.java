package dev.cajal.train;

import dev.cajal.tensor.Array;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a model learns from: samples, each an input, a target and how much it counts, found by its
 * position. They may lie in memory, which is a {@link Batch}, or in a file, or be made when they
 * are asked for; but the same position always gives the same sample.
 */
public interface Samples {

  /** Those of some inputs and targets, whose first axis is that of the samples. */
  static Batch of(Array x, Array y) {
    return Batch.of(x, y);
  }

  int size();

  /** Some of the samples, by their positions, in memory; of none, what they are like. */
  Batch rows(int... positions);

  /** What the numbers of an input are called, where each is something in itself; or nothing. */
  default List<String> features() {
    return List.of();
  }

  /** Those from one position to before another. */
  default Batch part(int from, int to) {
    return rows(IntStream.range(from, to).toArray());
  }

  /** Only those at some positions, of which none is loaded yet. */
  default Samples those(int... positions) {
    return new Selection(this, positions.clone());
  }

  /** All of them in order, so many at a time; the last may be fewer. */
  default Stream<Batch> inBatches(int size) {
    return IntStream.iterate(0, from -> from < size(), from -> from + size)
        .mapToObj(from -> part(from, Math.min(size(), from + size)));
  }

  /** So many of them, all over the set, if there are more. */
  default Batch some(int most) {
    int size = Math.min(most, size());
    return rows(
        IntStream.range(0, size).map(i -> (int) ((long) i * size() / Math.max(1, size))).toArray());
  }

  /** A number that other samples hardly have. */
  default long checksum() {
    return Checksum.of(this);
  }

  /** Of others, those at some positions. */
  final class Selection implements Samples {
    private final Samples all;
    private final int[] positions;

    private Selection(Samples all, int[] positions) {
      this.all = all;
      this.positions = positions;
    }

    @Override
    public int size() {
      return positions.length;
    }

    @Override
    public List<String> features() {
      return all.features();
    }

    @Override
    public Batch rows(int... some) {
      return all.rows(Arrays.stream(some).map(i -> positions[i]).toArray());
    }
  }
}
