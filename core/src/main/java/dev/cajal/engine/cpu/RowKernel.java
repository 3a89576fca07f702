package dev.cajal.engine.cpu;

/** A kernel that can be a part of a band. */
interface RowKernel extends Kernel {
  /**
   * Does what follows from some rows of a band, all rows of some matrices or some of one.
   *
   * @param from the first of the rows of all matrices
   * @param to the one after the last
   */
  void runRows(int from, int to);
}
