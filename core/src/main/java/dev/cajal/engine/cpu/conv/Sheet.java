package dev.cajal.engine.cpu.conv;

import dev.cajal.engine.cpu.gemm.Tiling;

/**
 * What a worker needs to go through a product with tables tile by tile: its scratch memory and the
 * three arrays. It is made once, so that a run makes nothing.
 */
public final class Sheet {
  private final WindowKernels kernels;
  private final int lanes;
  private final int tile;
  private final int[] tileRows;
  private final int bRows;

  float[] scratch = {};

  float[] a = {};
  int aOffset;

  /** B in panels of columns, each with all its rows. */
  float[] b = {};

  int bOffset;
  float[] c = {};
  int cOffset;

  /**
   * A sheet.
   *
   * @param tile where in the scratch a tile may be kept: {@link #tileSize} floats
   * @param bRows how many rows B has
   */
  Sheet(WindowKernels kernels, int tile, int bRows) {
    this.kernels = kernels;
    this.lanes = kernels.lanes();
    this.tile = tile;
    this.tileRows = new int[kernels.tiling().rows()];
    for (int i = 0; i < tileRows.length; i++) {
      tileRows[i] = i * kernels.panel();
    }
    this.bRows = bRows;
  }

  /** The same sheet, with scratch memory as large as the convolution wants it. */
  public Sheet with(float[] memory) {
    scratch = memory;
    return this;
  }

  /** Begins a product of A, of what the scratch has of B, to C. */
  void begin(float[] left, float[] result) {
    a = left;
    b = scratch;
    c = result;
  }

  static int tileSize(WindowKernels kernels) {
    return kernels.tiling().rows() * kernels.panel();
  }

  /**
   * Computes some rows of all columns: panel of columns by panel, so that one of B stays in cache.
   *
   * @param runFrom the first of the runs that are summed
   */
  void multiply(
      Pass pass, int from, int to, int runFrom, int runTo, int columns, boolean accumulate) {
    int panel = kernels.panel();
    for (int j = 0; j < columns; j += panel) {
      int count = Math.min(panel, columns - j);
      int vectors = Math.ceilDiv(count, lanes);
      int right = bOffset + j * bRows + (pass.bRow + runFrom * pass.length) * vectors * lanes;
      panel(pass, from, to, runFrom, runTo - runFrom, right, j, count, vectors, accumulate);
    }
  }

  private void panel(
      Pass pass,
      int from,
      int to,
      int run,
      int runs,
      int right,
      int j,
      int columns,
      int vectors,
      boolean accumulate) {
    Tiling tiling = kernels.tiling();
    boolean isWhole = columns == vectors * lanes;
    int count;
    for (int i = from; i < to; i += count) {
      count = tiling.next(to - i);
      pass.kernel(i, count, vectors)
          .multiply(
              runs,
              pass.length,
              a,
              aOffset,
              pass.rows,
              i,
              pass.starts,
              run,
              b,
              right,
              isWhole ? c : scratch,
              isWhole ? cOffset + j : tile,
              isWhole ? pass.results : tileRows,
              isWhole ? i : 0,
              isWhole && accumulate);
      for (int r = 0; r < count && !isWhole; r++) {
        copyRow(tile + tileRows[r], cOffset + pass.results[i + r] + j, columns, accumulate);
      }
    }
  }

  private void copyRow(int from, int to, int count, boolean accumulate) {
    if (accumulate) {
      for (int j = 0; j < count; j++) {
        c[to + j] += scratch[from + j];
      }
    } else {
      System.arraycopy(scratch, from, c, to, count);
    }
  }
}
