package dev.cajal.engine.cpu;

/** A kernel of a schedule, bound to the memory of a frame. */
interface Kernel {
  /** Computes what it writes from what it reads; allocates nothing. */
  void run();
}
