package dev.cajal.engine.cpu.gemm;

import java.util.Arrays;

/**
 * The product where there is no Vector API. Rows of C and of a block of B are copied into arrays of
 * their own: only loops in which every array is read at the very same index are turned into vector
 * code by C2, which makes them four times as fast.
 *
 * <p>An object for each thread.
 */
final class Plain {
  private static final int WIDTH = 256;
  private static final int DEPTH = 64;

  /** How many rows of B are added at once: the sums stay in registers in between. */
  private static final int STEP = 8;

  private final float[][] rows = new float[DEPTH][WIDTH];
  private final float[] upper = new float[WIDTH];
  private final float[] lower = new float[WIDTH];

  void run(Product p) {
    for (int j = 0; j < p.n; j += WIDTH) {
      int width = Math.min(WIDTH, p.n - j);
      int k = 0;
      do {
        int depth = Math.min(DEPTH, p.k - k);
        p.b.rows(j, width, k, depth, rows);
        block(p, j, width, k, depth);
        k += DEPTH;
      } while (k < p.k);
      p.epilogue.apply(0, p.m, j, j + width);
    }
  }

  private void block(Product p, int j, int width, int k, int depth) {
    boolean add = p.accumulate || k > 0;
    for (int i = 0; i < p.m; i += 2) {
      // The last row of an odd number is computed twice.
      int next = Math.min(i + 1, p.m - 1);
      start(p, i, j, width, add, upper);
      start(p, next, j, width, add, lower);
      int q = 0;
      for (; q + STEP <= depth; q += STEP) {
        addEight(p.a, p.a.at(i, k + q), p.a.at(next, k + q), q, width);
      }
      for (; q < depth; q++) {
        addOne(p.a.data[p.a.at(i, k + q)], rows[q], upper, width);
        addOne(p.a.data[p.a.at(next, k + q)], rows[q], lower, width);
      }
      System.arraycopy(upper, 0, p.c, p.cOffset + i * p.cRow + j, width);
      System.arraycopy(lower, 0, p.c, p.cOffset + next * p.cRow + j, width);
    }
  }

  private static void start(Product p, int i, int j, int width, boolean add, float[] row) {
    if (add) {
      System.arraycopy(p.c, p.cOffset + i * p.cRow + j, row, 0, width);
    } else {
      Arrays.fill(row, 0, width, 0);
    }
  }

  private static void addOne(float factor, float[] b, float[] c, int width) {
    for (int j = 0; j < width; j++) {
      c[j] = Math.fma(factor, b[j], c[j]);
    }
  }

  private void addEight(Matrix a, int i, int next, int q, int width) {
    float[] x = a.data;
    int s = a.kStride;
    eight(
        width,
        upper,
        lower,
        q,
        x[i],
        x[i + s],
        x[i + 2 * s],
        x[i + 3 * s],
        x[i + 4 * s],
        x[i + 5 * s],
        x[i + 6 * s],
        x[i + 7 * s],
        x[next],
        x[next + s],
        x[next + 2 * s],
        x[next + 3 * s],
        x[next + 4 * s],
        x[next + 5 * s],
        x[next + 6 * s],
        x[next + 7 * s]);
  }

  private void eight(
      int width,
      float[] c,
      float[] d,
      int q,
      float c0,
      float c1,
      float c2,
      float c3,
      float c4,
      float c5,
      float c6,
      float c7,
      float d0,
      float d1,
      float d2,
      float d3,
      float d4,
      float d5,
      float d6,
      float d7) {
    float[] b0 = rows[q];
    float[] b1 = rows[q + 1];
    float[] b2 = rows[q + 2];
    float[] b3 = rows[q + 3];
    float[] b4 = rows[q + 4];
    float[] b5 = rows[q + 5];
    float[] b6 = rows[q + 6];
    float[] b7 = rows[q + 7];
    for (int j = 0; j < width; j++) {
      float x0 = b0[j];
      float x1 = b1[j];
      float x2 = b2[j];
      float x3 = b3[j];
      float x4 = b4[j];
      float x5 = b5[j];
      float x6 = b6[j];
      float x7 = b7[j];
      float cj = Math.fma(c3, x3, Math.fma(c2, x2, Math.fma(c1, x1, Math.fma(c0, x0, c[j]))));
      float dj = Math.fma(d3, x3, Math.fma(d2, x2, Math.fma(d1, x1, Math.fma(d0, x0, d[j]))));
      c[j] = Math.fma(c7, x7, Math.fma(c6, x6, Math.fma(c5, x5, Math.fma(c4, x4, cj))));
      d[j] = Math.fma(d7, x7, Math.fma(d6, x6, Math.fma(d5, x5, Math.fma(d4, x4, dj))));
    }
  }
}
