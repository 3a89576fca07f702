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

  private record Key(Nest nest, Lanes lanes) {}

  private static final Map<Key, LoopCode> CODES =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, LoopCode> eldest) {
              return size() > KEPT;
            }
          });

  private final Lanes lanes;
  private final Workers workers;

  Engine(Lanes lanes, Workers workers) {
    this.lanes = lanes;
    this.workers = workers;
  }

  Lanes lanes() {
    return lanes;
  }

  Workers workers() {
    return workers;
  }

  /** The code of a nest; kernels with equal nests share it, and the compiler's work on it. */
  LoopCode code(Nest nest) {
    return CODES.computeIfAbsent(new Key(nest, lanes), key -> LoopWriter.write(nest, key.lanes));
  }
}
