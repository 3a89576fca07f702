package dev.cajal.engine.cpu.gemm;

import java.util.Arrays;

/**
 * The product in plain Java, with the same bits as by vectors. Rows of C and of a block of B are
 * copied into arrays of their own: only loops in which every array is read at the very same index
 * are turned into vector code by C2, which makes them four times as fast.
 *
 * <p>An object for each thread.
 */
final class Plain {
  private static final int WIDTH = 256;

  /** How many rows of B are added at once: the sums stay in registers in between. */
  private static final int STEP = 8;

  private final Blocking blocking;
  private final int lanes;
  private final float[] upper = new float[WIDTH];
  private final float[] lower = new float[WIDTH];
  private final float[] sums;
  private float[][] rows = new float[0][];

  /**
   * A product for one thread.
   *
   * @param blocking how vectors block the sum over k
   * @param lanes how many sums vectors take side by side; 1 for none
   */
  Plain(Blocking blocking, int lanes) {
    this.blocking = blocking;
    this.lanes = lanes;
    this.sums = new float[lanes];
  }

  void run(Product p) {
    if (lanes > 1 && Dots.suits(p)) {
      dots(p);
    } else {
      run(p, false);
    }
  }

  /** As {@link #run}, with B packed as {@link Product#pack} does. */
  void runPacked(Product p) {
    run(p, true);
  }

  private void run(Product p, boolean isPacked) {
    int most = blocking.depth(p.k);
    for (int q = rows.length; q < most; q++) {
      rows = q == rows.length ? Arrays.copyOf(rows, most) : rows;
      rows[q] = new float[WIDTH];
    }
    for (int j = 0; j < p.n; j += WIDTH) {
      int width = Math.min(WIDTH, p.n - j);
      int k = 0;
      do {
        int depth = Math.min(most, p.k - k);
        if (isPacked) {
          unpack(p, j, width, k, depth);
        } else {
          p.b.rows(j, width, k, depth, rows);
        }
        block(p, j, width, k, depth);
        k += most;
      } while (k < p.k);
      p.epilogue.apply(0, p.m, j, j + width);
    }
  }

  private void unpack(Product p, int from, int width, int k, int depth) {
    int panel = p.panel();
    for (int j = 0; j < width; j += panel) {
      int columns = Math.min(panel, p.n - from - j);
      int stride = Math.ceilDiv(columns, lanes) * lanes;
      int start = p.b.offset + (from + j) * p.k + k * stride;
      for (int q = 0; q < depth; q++) {
        System.arraycopy(p.b.data, start + q * stride, rows[q], j, Math.min(columns, width - j));
      }
    }
  }

  private void block(Product p, int j, int width, int k, int depth) {
    boolean add = p.accumulate || k > 0;
    for (int i = 0; i < p.m; i += 2) {
      // The last row of an odd number is computed twice.
      int next = Math.min(i + 1, p.m - 1);
      Arrays.fill(upper, 0, width, 0);
      Arrays.fill(lower, 0, width, 0);
      int q = 0;
      for (; q + STEP <= depth; q += STEP) {
        addEight(p.a, p.a.at(i, k + q), p.a.at(next, k + q), q, width);
      }
      for (; q < depth; q++) {
        addOne(p.a.data[p.a.at(i, k + q)], rows[q], upper, width);
        addOne(p.a.data[p.a.at(next, k + q)], rows[q], lower, width);
      }
      finish(p, i, j, width, add, upper);
      if (next > i) {
        finish(p, next, j, width, add, lower);
      }
    }
  }

  private static void finish(Product p, int i, int j, int width, boolean add, float[] row) {
    int to = p.cOffset + i * p.cRow + j;
    if (add) {
      for (int c = 0; c < width; c++) {
        p.c[to + c] += row[c];
      }
    } else {
      System.arraycopy(row, 0, p.c, to, width);
    }
  }

  /** As {@link Dots} does: by lanes, these in pairs, and what is left of k. */
  private void dots(Product p) {
    int whole = p.k / lanes * lanes;
    for (int i = 0; i < p.m; i++) {
      for (int j = 0; j < p.n; j++) {
        int left = p.a.at(i, 0);
        int right = p.b.at(j, 0);
        float sum = whole > 0 ? acrossLanes(p.a.data, left, p.b.data, right, whole) : 0;
        for (int q = whole; q < p.k; q++) {
          sum = Math.fma(p.a.data[left + q], p.b.data[right + q], sum);
        }
        int to = p.cOffset + i * p.cRow + j;
        p.c[to] = p.accumulate ? p.c[to] + sum : sum;
      }
    }
    p.epilogue.apply(0, p.m, 0, p.n);
  }

  private float acrossLanes(float[] a, int left, float[] b, int right, int whole) {
    Arrays.fill(sums, 0);
    for (int q = 0; q < whole; q += lanes) {
      for (int lane = 0; lane < lanes; lane++) {
        sums[lane] = Math.fma(a[left + q + lane], b[right + q + lane], sums[lane]);
      }
    }
    for (int half = lanes / 2; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        sums[lane] += sums[lane + half];
      }
    }
    return sums[0];
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
