package dev.cajal.engine.cpu.gemm;

import dev.cajal.engine.cpu.gemm.Kernel.Left;
import dev.cajal.engine.cpu.gemm.Kernel.Right;

/**
 * A product that is computed by tiles of C that are held in registers. What of A and B is read so
 * often, or lies so badly, that it pays is packed into panels first: B in ranges of columns, in
 * these by blocks of k, in these A by blocks of rows, and in these C region by region.
 *
 * <p>An object for each thread, filled in before each {@link #run}.
 */
final class Product {
  /** As many as a tile of one row has. */
  private static final int MOST_COLUMNS = 256;

  private static final float[] NONE = {};

  /** How kernels get B. */
  enum Reading {
    /** Where it lies. */
    IN_PLACE,
    /** From panels that are packed on the way. */
    PACKING,
    /** From panels that were packed before: all of k of one, then of the next. */
    PACKED
  }

  private final Kernels kernels;
  private final Tiling tiling;
  private final Blocking blocking;
  private final int lanes;

  int m;
  int n;
  int k;

  /** The sizes by which it is decided how it is done: m, n and k, except in a rehearsal. */
  int plannedM;

  int plannedN;
  int plannedK;

  final Matrix a;
  final Matrix b;
  float[] c = NONE;
  int cOffset;
  int cRow;
  boolean accumulate;
  float[] scratch = NONE;
  Epilogue epilogue = Epilogue.NONE;

  private boolean leftInPlace;
  private Reading right = Reading.PACKING;
  private int vectors;
  private int panel;

  // The block at hand: rows from i0, columns from j0, k from k0.
  private int i0;
  private int k0;
  private int depth;

  // Where in the scratch A and tiles that are not whole go; B is in front.
  private int left;
  private int tile;

  Product(Tiling tiling, Kernels kernels, Packing packing, Blocking blocking) {
    this.tiling = tiling;
    this.kernels = kernels;
    this.blocking = blocking;
    this.lanes = packing.lanes();
    this.a = new Matrix(packing);
    this.b = new Matrix(packing);
  }

  /** How many floats of scratch a product needs that is no larger in any direction. */
  int scratch(int m, int n, int k) {
    int columns = Math.ceilDiv(Math.min(n, blocking.width()), MOST_COLUMNS) * MOST_COLUMNS;
    int rows = Math.ceilDiv(Math.min(m, blocking.height() + tiling.rows()), lanes) * lanes;
    return blocking.depth(k) * (columns + rows) + 4 * lanes + tiling.rows() * panel();
  }

  /** How many columns a packed panel of B has. */
  int panel() {
    return 2 * lanes;
  }

  /** Sets the sizes. */
  void size(int rows, int columns, int depth) {
    m = rows;
    n = columns;
    k = depth;
    plannedM = m;
    plannedN = n;
    plannedK = k;
  }

  /** Makes it the product of Bᵀ and Aᵀ. */
  void mirror() {
    int rows = m;
    m = n;
    n = rows;
    int plannedRows = plannedM;
    plannedM = plannedN;
    plannedN = plannedRows;
    a.swap(b);
  }

  /** Packs B for {@link Reading#PACKED}. */
  void pack(float[] to, int toOffset) {
    b.packAll(0, n, 0, k, to, toOffset, panel());
  }

  /** Computes it; forget it afterwards. */
  void run() {
    run(
        b.lineStride == 1 && plannedM <= tiling.rightInPlace()
            ? Reading.IN_PLACE
            : Reading.PACKING);
  }

  void run(Reading how) {
    right = how;
    leftInPlace =
        m == 1
            || (a.kStride == 1 && plannedN <= tiling.rowsInPlace())
            || (a.lineStride == 1 && tiling.readsColumnsInPlace(plannedN, plannedK));
    vectors = how == Reading.PACKED ? 2 : tiling.vectors(plannedM);
    panel = vectors * lanes;
    for (int j0 = 0; j0 < n; j0 += blocking.width()) {
      columns(j0, Math.min(n, j0 + blocking.width()));
    }
  }

  /** Lets go of the caller's arrays. */
  void forget() {
    a.forget();
    b.forget();
    c = NONE;
    scratch = NONE;
    epilogue = Epilogue.NONE;
  }

  private void columns(int from, int to) {
    int most = blocking.depth(k);
    int height = blocking.height(m, tiling.rows());
    int region = Math.max(panel, blocking.region());
    k0 = 0;
    do {
      depth = Math.min(most, k - k0);
      // With a single block of rows no panel of B is needed again after its region.
      boolean once = m <= height;
      int packed = once ? Math.min(to - from, region) : to - from;
      left = Math.ceilDiv(packed, panel) * panel * depth + 2 * lanes;
      for (i0 = 0; i0 < m; i0 += height) {
        int rows = Math.min(height, m - i0);
        packLeft(rows);
        for (int j = from; j < to; j += region) {
          region(rows, j, Math.min(to, j + region), once ? 0 : (j - from) * depth);
        }
      }
      k0 += most;
    } while (k0 < k);
  }

  private void packLeft(int rows) {
    tile = left;
    if (leftInPlace) {
      return;
    }
    if (tiling.hasWidePanels()) {
      a.packAll(i0, rows, k0, depth, scratch, left, lanes);
    } else {
      int count;
      for (int i = 0; i < rows; i += count) {
        count = tiling.next(rows - i);
        a.pack(i0 + i, count, k0, depth, scratch, left + i * depth, count);
      }
    }
    tile = left + Math.ceilDiv(rows, lanes) * lanes * depth + 2 * lanes;
  }

  private void region(int rows, int from, int to, int slot) {
    if (right == Reading.PACKING && i0 == 0) {
      b.packAll(from, to - from, k0, depth, scratch, slot, panel);
    }
    int count;
    for (int j = from; j < to; j += count) {
      int rest = to - j;
      // In place, columns behind the last whole vector are packed, so that none is read beyond B.
      boolean inPlace = right == Reading.IN_PLACE && rest >= lanes;
      int wide = Math.min(vectors, inPlace ? rest / lanes : Math.ceilDiv(rest, lanes));
      if (right == Reading.IN_PLACE && !inPlace) {
        wide = 1;
        b.pack(j, rest, k0, depth, scratch, 0, lanes);
      }
      count = Math.min(rest, wide * lanes);
      if (inPlace) {
        tiles(rows, j, count, wide, b.data, b.at(j, k0), b.kStride);
      } else if (right == Reading.PACKED) {
        tiles(rows, j, count, wide, b.data, b.offset + j * k + k0 * wide * lanes, wide * lanes);
      } else {
        int start = right == Reading.PACKING ? slot + (j - from) * depth : 0;
        tiles(rows, j, count, wide, scratch, start, wide * lanes);
      }
    }
    if (k0 + depth == k) {
      epilogue.apply(i0, i0 + rows, from, to);
    }
  }

  /** The tiles of a panel of B, one below the other. */
  private void tiles(
      int rows, int j, int columns, int wide, float[] bData, int bOffset, int bStride) {
    boolean add = accumulate || k0 > 0;
    Left form = !leftInPlace ? Left.PANEL : a.kStride == 1 ? Left.ROWS : Left.COLUMNS;
    Right lines = bStride == wide * lanes ? Right.PANEL : Right.ROWS;
    float[] aData = leftInPlace ? a.data : scratch;
    int count;
    for (int i = 0; i < rows; i += count) {
      count = tiling.next(rows - i);
      Kernel kernel = kernels.of(form, lines, count, wide);
      int aOffset = leftInPlace ? a.at(i0 + i, k0) : left + inPanels(i);
      int aStride = form == Left.ROWS ? a.lineStride : a.kStride;
      int to = cOffset + (i0 + i) * cRow + j;
      if (columns == wide * lanes) {
        kernel.multiply(depth, aData, aOffset, aStride, bData, bOffset, bStride, c, to, cRow, add);
      } else {
        kernel.multiply(
            depth, aData, aOffset, aStride, bData, bOffset, bStride, scratch, tile, bStride, false);
        copyTile(count, columns, bStride, to, add);
      }
    }
  }

  /** Where row i of A's block is in its panels. */
  private int inPanels(int i) {
    int line = tiling.hasWidePanels() ? i & lanes - 1 : 0;
    return (i - line) * depth + line;
  }

  /**
   * Copies what of a tile belongs to C. Stores under a mask would do without: but C2 does not
   * always inline a dozen of them, and the kernel is a hundred times slower then.
   */
  private void copyTile(int rows, int columns, int stride, int to, boolean add) {
    for (int i = 0; i < rows; i++) {
      int source = tile + i * stride;
      int target = to + i * cRow;
      if (add) {
        for (int j = 0; j < columns; j++) {
          c[target + j] += scratch[source + j];
        }
      } else {
        System.arraycopy(scratch, source, c, target, columns);
      }
    }
  }
}
