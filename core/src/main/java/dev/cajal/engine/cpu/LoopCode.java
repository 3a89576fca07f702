package dev.cajal.engine.cpu;

/** The code of a loop kernel, which is generated. */
interface LoopCode {
  /**
   * Runs some rows of the loop, and of each row some columns.
   *
   * @param arrays the Java arrays of the nest's memories
   * @param offsets where each memory begins in its array
   * @param scratch memory of the calling thread, as much as {@link LoopWriter} says
   */
  void run(
      Object[] arrays, int[] offsets, float[] scratch, int rowFrom, int rowTo, int from, int to);
}
