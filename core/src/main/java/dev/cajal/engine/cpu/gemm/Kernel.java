package dev.cajal.engine.cpu.gemm;

/**
 * The product of a few rows and a few vectors of columns, all of which is held in registers while
 * the sum over k runs: {@code C[r, c] = Σ A[r, k]·B[k, c]}, or added to what C holds.
 */
public interface Kernel {
  /** Which way the elements of A are contiguous; the stride is that of the other direction. */
  enum Left {
    /** Rows are contiguous; less quick, as each has an address of its own. */
    ROWS,
    /** Columns are contiguous, as in a packed panel. */
    COLUMNS
  }

  /**
   * Multiplies.
   *
   * @param k how many products each element of C sums
   * @param aStride from one row of A to the next, or from one column to the next
   * @param bStride from one row of B to the next; its columns are contiguous, like those of C
   * @param accumulate whether to add to C
   */
  void multiply(
      int k,
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      int bStride,
      float[] c,
      int cOffset,
      int cStride,
      boolean accumulate);
}
