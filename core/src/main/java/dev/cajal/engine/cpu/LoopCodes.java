package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Nest;
import dev.cajal.engine.cpu.emit.Lanes;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** The code of a nest: at first plain, then by vectors, when those are quicker. */
final class LoopCodes {
  private final Nest nest;
  private final Lanes lanes;
  private volatile LoopCode now;
  private volatile boolean isCold;

  LoopCodes(Nest nest, Lanes lanes, Vectors.Start start) {
    this.nest = nest;
    this.lanes = lanes;
    this.isCold = start == Vectors.Start.WHEN_WARM && LoopWriter.canUse(nest, lanes);
    this.now = LoopWriter.write(nest, start == Vectors.Start.NOW ? lanes : lanes.inTurn());
  }

  /** The code to run. */
  LoopCode now() {
    return now;
  }

  /** Whether this is plain code that may change over, and {@link #warmUp} was not called yet. */
  boolean isCold() {
    return isCold;
  }

  /**
   * Has vector code warmed up on memory like this, of which it only reads. Whose memory it is may
   * be forgotten before: then the next to come has it done.
   */
  void warmUp(Object[] arrays, int[] offsets) {
    synchronized (this) {
      if (!isCold) {
        return;
      }
      isCold = false;
    }
    Warmup.add(new Candidate(arrays, offsets));
  }

  private final class Candidate implements Warmup.Candidate {
    private final WeakReference<Object[]> arrays;
    private final int[] offsets;
    private final LoopCode plain = now;
    private LoopCode vectors = now;

    Candidate(Object[] arrays, int[] offsets) {
      this.arrays = new WeakReference<>(arrays);
      this.offsets = offsets.clone();
    }

    @Override
    public Warmup.@Nullable Rehearsal rehearsal() {
      Object[] memories = arrays.get();
      if (memories == null) {
        isCold = true;
        return null;
      }
      vectors = LoopWriter.write(nest, lanes);
      return new LoopRehearsal(nest, plain, vectors, memories.clone(), offsets);
    }

    @Override
    public void changeOver() {
      now = vectors;
    }
  }
}
