package dev.cajal.engine.cpu.gemm;

/**
 * A few rows of A times a few columns of B, both contiguous along k: each number is read once and
 * nothing is packed.
 */
interface Dot {
  /**
   * Leaves the dot product of each row and column in {@code to}, and scribbles on a vector for
   * each.
   *
   * @param k a multiple of the number of lanes
   * @param row from one row of A to the next
   * @param column from one column of B to the next
   */
  void multiply(
      int k,
      float[] a,
      int aOffset,
      int row,
      float[] b,
      int bOffset,
      int column,
      float[] to,
      int toOffset);
}
