package dev.cajal.engine.cpu.conv;

/**
 * The product of a few rows, which are found by tables, and a few vectors of columns: {@code C[r,
 * j] = Σ a[rows[r] + k] · B[k, j]}, or that added to what C holds. The sum goes over runs of k, of
 * equal length, in which elements of a row are equally far apart; B is a panel.
 */
interface WindowKernel {
  /**
   * Multiplies.
   *
   * @param runs how many runs are summed
   * @param length how many products a run has
   * @param rows where rows begin in a, from {@code aOffset}; the tile's are those from {@code row}
   *     on
   * @param starts where runs begin from the beginning of a row; the first is that of {@code run}
   * @param results where rows begin in c, from {@code cOffset}; the tile's are from {@code result}
   *     on
   * @param accumulate whether to add to C
   */
  void multiply(
      int runs,
      int length,
      float[] a,
      int aOffset,
      int[] rows,
      int row,
      int[] starts,
      int run,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int[] results,
      int result,
      boolean accumulate);
}
