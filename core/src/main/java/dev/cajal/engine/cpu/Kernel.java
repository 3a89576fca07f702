package dev.cajal.engine.cpu;

import java.util.Optional;

/** A kernel of a schedule, bound to the memory of a frame. */
interface Kernel {
  /** Computes what it writes from what it reads; allocates nothing. */
  void run();

  /**
   * Is called before the first of several runs between which what {@link Frame#isFixed} stays the
   * same: the time to prepare it.
   */
  default void begin() {}

  /** The kernels that it runs itself. */
  default Optional<Repeated> body() {
    return Optional.empty();
  }

  /** From now on measures how long the kernels that it runs itself take, or no longer. */
  default void measure(boolean on) {}

  /** The kernels of a loop, and how often each runs. */
  record Repeated(Sequence kernels, int times) {}
}
