package dev.cajal.engine.cpu.gemm;

import dev.cajal.engine.cpu.emit.Lanes;

/** The sizes of tiles that suit the registers of a machine. */
public final class Tiling {
  static final int MOST_ROWS = 12;
  static final int MOST_VECTORS = 16;

  private final int lanes;
  private final int rows;
  private final boolean widePanels;

  public Tiling(Lanes lanes) {
    this.lanes = lanes.sums();
    this.widePanels = lanes.sums() < 16;
    this.rows = widePanels ? 4 : MOST_ROWS;
  }

  /**
   * How many rows a tile of two vectors has at most. Of 512-bit vectors, 12 by 2 run at 97% of what
   * the machine can add and multiply, and with more rows registers are spilled; of 256-bit ones,
   * anything beyond 4 by 2 does.
   */
  public int rows() {
    return rows;
  }

  /**
   * How many vectors wide the tiles of a product of so many rows are: enough for the additions not
   * to wait for each other.
   */
  public int vectors(int rows) {
    if (widePanels) {
      return rows == 1 ? 8 : rows == 2 ? 4 : 2;
    }
    return switch (rows) {
      case 1 -> MOST_VECTORS;
      case 2 -> 8;
      case 3, 4, 5, 6 -> 4;
      default -> 2;
    };
  }

  /**
   * How many of the rows that are left the next tile takes: the most, but of 12 so that not just a
   * few are left in the end, since tiles of few rows spend their time loading B. Powers of two are
   * divided into 12s and 8s, which takes two kernels.
   */
  public int next(int left) {
    int least = MOST_ROWS / 3;
    boolean twoLast = !widePanels && left > rows && left <= rows + least;
    return twoLast ? rows - least : Math.min(left, rows);
  }

  /**
   * Whether the panels of A are a vector wide and serve several tiles, so that packing moves whole
   * vectors. Otherwise each tile has a panel of its own.
   */
  boolean hasWidePanels() {
    return widePanels;
  }

  /** From one column to the next in the panel of A that a tile of so many rows reads. */
  int panel(int rows) {
    return widePanels ? lanes : rows;
  }

  /**
   * For up to so many rows, rows of B are read as they lie, from the second level of the cache.
   * Narrow vectors have no time for it.
   */
  int rightInPlace() {
    return widePanels ? 12 : 240;
  }

  /** For up to so many columns, rows of A are read as they lie, by kernels that are 10% slower. */
  int rowsInPlace() {
    return widePanels ? 256 : 96;
  }

  /**
   * Whether a product of so many columns, that sums over k, reads columns of A as they lie. Of each
   * line of the cache a tile of 4 rows reads a quarter, so that all lines should still be there for
   * the next three.
   */
  boolean readsColumnsInPlace(int n, int k) {
    return widePanels ? n <= 128 && k <= 128 : n <= 512;
  }
}
