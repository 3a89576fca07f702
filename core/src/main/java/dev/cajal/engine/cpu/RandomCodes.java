package dev.cajal.engine.cpu;

import dev.cajal.engine.cpu.emit.Lanes;
import dev.cajal.engine.cpu.emit.RandomNumbers;
import dev.cajal.tensor.Distribution;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What makes random numbers: plain code at first, and vectors when they are the quicker ones; both
 * give the same. All kernels of a kind share it, so that it is warmed up once.
 */
final class RandomCodes implements Warmup.Candidate, Warmup.Rehearsal {
  /** One for each distribution and number of lanes. */
  private static final Map<Kind, RandomCodes> ALL = new ConcurrentHashMap<>();

  /** As many numbers as a small layer leaves out in a small batch. */
  private static final int LITTLE = 512;

  private record Kind(Distribution distribution, int lanes) {}

  private final RandomNumbers plain;
  private final RandomNumbers vectors;
  private final AtomicBoolean isCold;
  private volatile RandomNumbers best;

  // What they are tried on.
  private final float[] little = new float[LITTLE];
  private final int[] memory = RandomNumbers.memory();

  private RandomCodes(Distribution distribution, Lanes lanes) {
    this.plain = RandomNumbers.of(distribution, Lanes.ONE);
    this.vectors = lanes.isVector() ? RandomNumbers.of(distribution, lanes) : plain;
    this.isCold = new AtomicBoolean(lanes.isVector());
    this.best = plain;
  }

  static RandomCodes of(Distribution distribution, Lanes lanes) {
    return ALL.computeIfAbsent(
        new Kind(distribution, lanes.count()), _ -> new RandomCodes(distribution, lanes));
  }

  /** The quicker ones at the moment. */
  RandomNumbers best() {
    if (isCold.get() && isCold.compareAndSet(true, false)) {
      Warmup.add(this);
    }
    return best;
  }

  @Override
  public Warmup.Rehearsal rehearsal() {
    return this;
  }

  @Override
  public void changeOver() {
    best = vectors;
  }

  @Override
  public void reset() {}

  @Override
  public void plain() {
    plain.fill(1, 2, 0, little, 0, LITTLE, memory);
  }

  @Override
  public void vectors() {
    vectors.fill(1, 2, 0, little, 0, LITTLE, memory);
  }
}
