package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Nest;
import dev.cajal.engine.cpu.emit.Lanes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What kernels share: the lanes of a vector, the workers, and generated code. */
final class Engine {
  /** How many different loops are kept, for programs yet to come. */
  private static final int KEPT = 4096;

  private record Key(Nest nest, Lanes lanes, Vectors.Start start) {}

  private static final Map<Key, LoopCodes> CODES =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, LoopCodes> eldest) {
              return size() > KEPT;
            }
          });

  private final Lanes lanes;
  private final Workers workers;
  private final Vectors.Start start;

  Engine(Lanes lanes, Vectors.Start start, Workers workers) {
    this.lanes = lanes;
    this.start = start;
    this.workers = workers;
  }

  /** The same for one worker of a band, who has nobody to help. */
  Engine alone() {
    return new Engine(lanes, start, Workers.of(1));
  }

  Lanes lanes() {
    return lanes;
  }

  Workers workers() {
    return workers;
  }

  /** When kernels are to run as vector code. */
  Vectors.Start start() {
    return start;
  }

  /** The lanes that kernels begin with. */
  Lanes firstLanes() {
    return start == Vectors.Start.NOW ? lanes : lanes.inTurn();
  }

  /** The code of a nest; kernels with equal nests share it, and the compiler's work on it. */
  LoopCodes code(Nest nest) {
    return CODES.computeIfAbsent(
        new Key(nest, lanes, start), key -> new LoopCodes(key.nest, key.lanes, key.start));
  }
}
