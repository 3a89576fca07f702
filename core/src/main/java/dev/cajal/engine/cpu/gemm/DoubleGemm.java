package dev.cajal.engine.cpu.gemm;

/**
 * The matrix product {@code C [m, n] = A [m, k] · B [k, n]} of f64 numbers in plain Java. Element
 * (i, j) of a matrix lies at {@code offset + i·row + j·column}; C's columns are contiguous.
 *
 * <p>Each element of C is the sum over k in its order, so its bits are the same however C is
 * divided.
 */
public final class DoubleGemm {
  private DoubleGemm() {}

  /**
   * Multiplies.
   *
   * @param accumulate whether the product is added to C
   */
  public static void multiply(
      int m,
      int n,
      int k,
      double[] a,
      int aOffset,
      int aRow,
      int aColumn,
      double[] b,
      int bOffset,
      int bRow,
      int bColumn,
      double[] c,
      int cOffset,
      int cRow,
      boolean accumulate) {
    for (int i = 0; i < m; i++) {
      int left = aOffset + i * aRow;
      int to = cOffset + i * cRow;
      if (bColumn == 1) {
        byRows(n, k, a, left, aColumn, b, bOffset, bRow, c, to, accumulate);
      } else {
        byElements(n, k, a, left, aColumn, b, bOffset, bRow, bColumn, c, to, accumulate);
      }
    }
  }

  /** A row of C as a sum of rows of B: neighbours are independent, so C2 computes them together. */
  private static void byRows(
      int n,
      int k,
      double[] a,
      int left,
      int aColumn,
      double[] b,
      int bOffset,
      int bRow,
      double[] c,
      int to,
      boolean accumulate) {
    if (!accumulate) {
      java.util.Arrays.fill(c, to, to + n, 0);
    }
    for (int q = 0; q < k; q++) {
      double factor = a[left + q * aColumn];
      int right = bOffset + q * bRow;
      for (int j = 0; j < n; j++) {
        c[to + j] = Math.fma(factor, b[right + j], c[to + j]);
      }
    }
  }

  private static void byElements(
      int n,
      int k,
      double[] a,
      int left,
      int aColumn,
      double[] b,
      int bOffset,
      int bRow,
      int bColumn,
      double[] c,
      int to,
      boolean accumulate) {
    for (int j = 0; j < n; j++) {
      int right = bOffset + j * bColumn;
      double sum = accumulate ? c[to + j] : 0;
      for (int q = 0; q < k; q++) {
        sum = Math.fma(a[left + q * aColumn], b[right + q * bRow], sum);
      }
      c[to + j] = sum;
    }
  }
}
