package dev.cajal.engine.cpu.gemm;

/**
 * The product of a few rows and a few vectors of columns, all of which is held in registers while
 * the sum over k runs: {@code C[r, c] = Σ A[r, k]·B[k, c]}, or added to what C holds.
 */
public interface Kernel {
  /** How the elements of A lie; the stride is that of the other direction. */
  enum Left {
    /** Rows are contiguous; less quick, as each has an address of its own. */
    ROWS,
    /** Columns are contiguous. */
    COLUMNS,
    /** Columns are contiguous, and {@link Tiling#panel} apart. */
    PANEL
  }

  /**
   * How the rows of B, whose elements are contiguous, lie. Where a stride is a number in the code
   * the compiler checks the bounds of a whole loop at once: with 256-bit vectors that is 76 or 97
   * GFLOP/s.
   */
  enum Right {
    /** A stride apart. */
    ROWS,
    /** One behind the other: the stride is the number of columns. */
    PANEL
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
