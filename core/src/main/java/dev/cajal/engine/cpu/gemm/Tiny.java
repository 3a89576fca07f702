package dev.cajal.engine.cpu.gemm;

/** The product of matrices so small that anything but doing it would take longer than doing it. */
final class Tiny {
  private Tiny() {}

  static void multiply(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      float[] b,
      int bOffset,
      int bRow,
      int bColumn,
      float[] c,
      int cOffset,
      int cRow,
      boolean accumulate) {
    for (int i = 0; i < m; i++) {
      int left = aOffset + i * aRow;
      int to = cOffset + i * cRow;
      int j = 0;
      // Four sums at a time: the additions of one would wait for each other.
      for (; j + 4 <= n; j += 4) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        for (int q = 0; q < k; q++) {
          float factor = a[left + q * aColumn];
          int right = bOffset + j * bColumn + q * bRow;
          sum0 = Math.fma(factor, b[right], sum0);
          sum1 = Math.fma(factor, b[right + bColumn], sum1);
          sum2 = Math.fma(factor, b[right + 2 * bColumn], sum2);
          sum3 = Math.fma(factor, b[right + 3 * bColumn], sum3);
        }
        c[to + j] = accumulate ? c[to + j] + sum0 : sum0;
        c[to + j + 1] = accumulate ? c[to + j + 1] + sum1 : sum1;
        c[to + j + 2] = accumulate ? c[to + j + 2] + sum2 : sum2;
        c[to + j + 3] = accumulate ? c[to + j + 3] + sum3 : sum3;
      }
      for (; j < n; j++) {
        int right = bOffset + j * bColumn;
        float sum = 0;
        for (int q = 0; q < k; q++) {
          sum = Math.fma(a[left + q * aColumn], b[right + q * bRow], sum);
        }
        c[to + j] = accumulate ? c[to + j] + sum : sum;
      }
    }
  }
}
