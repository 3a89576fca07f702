package dev.cajal.engine.cpu.conv;

import dev.cajal.engine.cpu.gemm.Tiling;

/** The three arrays of a product with tables, and what is needed to go through it tile by tile. */
final class Sheet {
  private final WindowKernels kernels;
  private final int lanes;
  private final int columns;
  private final float[] scratch;
  private final int tile;
  private final int[] tileRows;

  float[] a;
  int aOffset;
  float[] b;
  int bOffset;
  int bRow;
  float[] c;
  int cOffset;

  // Where the columns of B behind the last whole vector lie, with room to read a vector.
  float[] rest;
  int restOffset;
  int restRow;

  /**
   * For products of so many columns.
   *
   * @param tile where in the scratch a tile may be kept: {@link #tileSize} floats
   */
  Sheet(
      WindowKernels kernels,
      int columns,
      float[] scratch,
      int tile,
      float[] a,
      float[] b,
      float[] c) {
    this.kernels = kernels;
    this.lanes = kernels.lanes();
    this.columns = columns;
    this.scratch = scratch;
    this.tile = tile;
    this.tileRows = new int[kernels.tiling().rows()];
    for (int i = 0; i < tileRows.length; i++) {
      tileRows[i] = i * lanes;
    }
    this.a = a;
    this.b = b;
    this.c = c;
    this.rest = b;
  }

  static int tileSize(WindowKernels kernels) {
    return kernels.tiling().rows() * kernels.lanes();
  }

  /** How many columns there are behind the last whole vector. */
  static int rest(WindowKernels kernels, int columns) {
    return columns % kernels.lanes();
  }

  /** Copies what of B lies behind the last whole vector of columns to where vectors can be read. */
  void packRest(int rows, float[] to, int toOffset) {
    int count = columns % lanes;
    int from = bOffset + columns - count;
    for (int k = 0; k < rows && count > 0; k++) {
      System.arraycopy(b, from + k * bRow, to, toOffset + k * lanes, count);
    }
    rest = to;
    restOffset = toOffset;
    restRow = lanes;
  }

  /**
   * Computes some rows: panel of columns by panel, so that one of B stays in cache.
   *
   * @param stepFrom the first of the steps that are summed
   */
  void multiply(
      Pass pass,
      int from,
      int to,
      int stepFrom,
      int stepTo,
      int columnFrom,
      int columnTo,
      boolean accumulate) {
    int j = columnFrom;
    while (j < columnTo) {
      int vectors = Math.min(WindowKernels.VECTORS, (columnTo - j) / lanes);
      if (vectors > 0) {
        panel(pass, from, to, stepFrom, stepTo, j, vectors, accumulate);
        j += vectors * lanes;
      } else {
        rest(pass, from, to, stepFrom, stepTo, j, accumulate);
        j = columnTo;
      }
    }
  }

  private void panel(
      Pass pass,
      int from,
      int to,
      int stepFrom,
      int stepTo,
      int j,
      int vectors,
      boolean accumulate) {
    Tiling tiling = kernels.tiling();
    int k = stepTo - stepFrom;
    int right = bOffset + (pass.bRow + stepFrom) * bRow + j;
    int count;
    for (int i = from; i < to; i += count) {
      count = tiling.next(to - i);
      kernels
          .of(count, vectors, pass.isAdjacent(i, count))
          .multiply(
              k,
              a,
              aOffset,
              pass.rows,
              i,
              pass.steps,
              stepFrom,
              b,
              right,
              bRow,
              c,
              cOffset + j,
              pass.results,
              i,
              accumulate);
    }
  }

  private void rest(
      Pass pass, int from, int to, int stepFrom, int stepTo, int j, boolean accumulate) {
    Tiling tiling = kernels.tiling();
    int k = stepTo - stepFrom;
    int right = restOffset + (pass.bRow + stepFrom) * restRow;
    int count;
    for (int i = from; i < to; i += count) {
      count = tiling.next(to - i);
      kernels
          .of(count, 1, pass.isAdjacent(i, count))
          .multiply(
              k,
              a,
              aOffset,
              pass.rows,
              i,
              pass.steps,
              stepFrom,
              rest,
              right,
              restRow,
              scratch,
              tile,
              tileRows,
              0,
              false);
      for (int r = 0; r < count; r++) {
        copyRow(tile + r * lanes, cOffset + pass.results[i + r] + j, accumulate);
      }
    }
  }

  private void copyRow(int from, int to, boolean accumulate) {
    int count = columns % lanes;
    if (accumulate) {
      for (int j = 0; j < count; j++) {
        c[to + j] += scratch[from + j];
      }
    } else {
      System.arraycopy(scratch, from, c, to, count);
    }
  }
}
