package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Nest;
import dev.cajal.engine.cpu.emit.Lanes;

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

  /** Has vector code warmed up on memory like this, of which it only reads. */
  void warmUp(Object[] arrays, int[] offsets) {
    synchronized (this) {
      if (!isCold) {
        return;
      }
      isCold = false;
    }
    Object[] memories = arrays.clone();
    int[] starts = offsets.clone();
    LoopCode plain = now;
    Warmup.add(
        new Warmup.Candidate() {
          private final LoopCode[] vectors = new LoopCode[1];

          @Override
          public Warmup.Rehearsal rehearsal() {
            vectors[0] = LoopWriter.write(nest, lanes);
            return new LoopRehearsal(nest, plain, vectors[0], memories, starts);
          }

          @Override
          public void changeOver() {
            now = vectors[0];
          }
        });
  }
}
