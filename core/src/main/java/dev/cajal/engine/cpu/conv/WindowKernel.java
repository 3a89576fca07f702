package dev.cajal.engine.cpu.conv;

/**
 * The product of a few rows, which are found by tables, and a few vectors of columns: {@code C[r,
 * j] = Σ a[rows[r] + steps[k]] · B[k, j]}, or that added to what C holds.
 */
interface WindowKernel {
  /**
   * Multiplies.
   *
   * @param k how many products each element of C sums
   * @param rows where rows begin in a, from {@code aOffset}; the tile's are those from {@code row}
   *     on
   * @param steps where the elements of a row lie from its beginning; the first is {@code step}
   * @param bStride from one row of B to the next; its columns are contiguous, like those of C
   * @param results where rows begin in c, from {@code cOffset}; the tile's are from {@code result}
   *     on
   * @param accumulate whether to add to C
   */
  void multiply(
      int k,
      float[] a,
      int aOffset,
      int[] rows,
      int row,
      int[] steps,
      int step,
      float[] b,
      int bOffset,
      int bStride,
      float[] c,
      int cOffset,
      int[] results,
      int result,
      boolean accumulate);
}
