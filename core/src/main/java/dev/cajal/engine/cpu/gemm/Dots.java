package dev.cajal.engine.cpu.gemm;

/**
 * The product of a few rows with a matrix whose columns are contiguous, as in a layer that is asked
 * about one example and keeps its weights by output. It is bound by reading B, so B is read once
 * and as it lies.
 *
 * <p>The sum over k has another order than in {@link Product}: by lanes first, then the lanes in
 * pairs, then what is left of k after the last whole vector.
 */
final class Dots {
  /** The most rows for which this is the quicker way. */
  static final int ROWS = 7;

  /** Eight sums are enough for them not to wait for each other. */
  private static final int SUMS = 8;

  private final Kernels kernels;
  private final int lanes;

  Dots(Kernels kernels, int lanes) {
    this.kernels = kernels;
    this.lanes = lanes;
  }

  int scratch() {
    return SUMS * lanes;
  }

  /** Whether this is the way to compute a product. */
  static boolean suits(Product p) {
    return p.plannedM <= ROWS
        && p.a.kStride == 1
        && p.b.kStride == 1
        && (p.b.lineStride != 1 || p.n == 1);
  }

  void run(Product p) {
    int most = p.m == 1 ? SUMS : SUMS / 2;
    int columns;
    for (int j = 0; j < p.n; j += columns) {
      columns = p.n - j >= most ? most : 1;
      int rows;
      for (int i = 0; i < p.m; i += rows) {
        rows = Math.min(2, p.m - i);
        block(p, i, rows, j, columns);
      }
    }
    p.epilogue.apply(0, p.m, 0, p.n);
  }

  private void block(Product p, int i, int rows, int j, int columns) {
    int whole = p.k / lanes * lanes;
    int left = p.a.at(i, 0);
    int right = p.b.at(j, 0);
    if (whole > 0) {
      Dot dot = kernels.dot(rows, columns);
      dot.multiply(
          whole, p.a.data, left, p.a.lineStride, p.b.data, right, p.b.lineStride, p.scratch, 0);
    }
    for (int r = 0; r < rows; r++) {
      for (int s = 0; s < columns; s++) {
        float sum = whole > 0 ? p.scratch[r * columns + s] : 0;
        for (int q = whole; q < p.k; q++) {
          sum = Math.fma(p.a.data[left + q], p.b.data[right + q], sum);
        }
        int to = p.cOffset + (i + r) * p.cRow + j + s;
        p.c[to] = p.accumulate ? p.c[to] + sum : sum;
        right += p.b.lineStride;
      }
      left += p.a.lineStride;
      right = p.b.at(j, 0);
    }
  }
}
