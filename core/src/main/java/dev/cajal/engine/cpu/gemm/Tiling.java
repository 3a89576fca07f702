package dev.cajal.engine.cpu.gemm;

import dev.cajal.engine.cpu.emit.Lanes;

/** The sizes of tiles that suit the registers of a machine. */
public record Tiling(Lanes lanes) {
  static final int MOST_ROWS = 12;
  static final int MOST_VECTORS = 16;

  /**
   * How many rows a tile of two vectors has at most. Of 512-bit vectors, 12 by 2 run at 97% of what
   * the machine can add and multiply, and with more rows registers are spilled; of 256-bit ones,
   * anything beyond 4 by 2 does.
   */
  public int rows() {
    return lanes.count() == 16 ? MOST_ROWS : 4;
  }

  /**
   * How many vectors wide the tiles of a product of so many rows are: enough for the additions not
   * to wait for each other.
   */
  public int vectors(int rows) {
    if (lanes.count() < 16) {
      return rows == 1 ? 4 : 2;
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
    int most = rows();
    if (hasWidePanels()) {
      return Math.min(left, most);
    }
    int least = most / 3;
    return left > most && left <= most + least ? most - least : Math.min(left, most);
  }

  /**
   * Whether the panels of A are a vector wide and serve several tiles, so that packing moves whole
   * vectors. Otherwise each tile has a panel of its own.
   */
  boolean hasWidePanels() {
    return lanes.count() % rows() == 0;
  }

  /** From one column to the next in the panel of A that a tile of so many rows reads. */
  int panel(int rows) {
    return hasWidePanels() ? lanes.count() : rows;
  }

  /**
   * For up to so many rows, rows of B are read as they lie, from the second level of the cache.
   * Narrow vectors have no time for it.
   */
  int rightInPlace() {
    return hasWidePanels() ? 12 : 240;
  }

  /** For up to so many columns, rows of A are read as they lie, by kernels that are 10% slower. */
  int rowsInPlace() {
    return hasWidePanels() ? 256 : 96;
  }

  /** As much for columns of A. */
  int columnsInPlace() {
    return hasWidePanels() ? 128 : 512;
  }
}
