package dev.cajal.engine.cpu.gemm;

import dev.cajal.engine.cpu.emit.Lanes;

/** The sizes of tiles that suit the registers of a machine. */
public final class Tiling {
  static final int MOST_ROWS = 12;
  static final int MOST_VECTORS = 16;

  private static final int MANY_ROWS = 6;
  private static final int FEW_ROWS = 4;

  private final boolean isNarrow;
  private final int rows;

  private Tiling(Lanes lanes, boolean mayHideRows) {
    this.isNarrow = lanes.sums() < 16;
    // A panel of A is packed by vectors, and no wider than one.
    boolean hasRoom = mayHideRows && lanes.sums() >= MANY_ROWS;
    this.rows = !isNarrow ? MOST_ROWS : hasRoom ? MANY_ROWS : FEW_ROWS;
  }

  /** Tiles of products. */
  public static Tiling of(Lanes lanes) {
    return new Tiling(lanes, true);
  }

  /** Tiles of convolutions. */
  public static Tiling ofWindows(Lanes lanes) {
    return new Tiling(lanes, false);
  }

  /**
   * How many rows a tile of two vectors has at most. Of 512-bit vectors, 12 by 2 run at 97% of what
   * the machine can add and multiply, and with more rows registers are spilled. Of 256-bit ones, 6
   * by 2 do (98 GFLOP/s where 4 by 2 have 91), if rows have addresses of their own: the loop is too
   * long to be unrolled then, which would cost more registers than there are.
   */
  public int rows() {
    return rows;
  }

  /** Whether the compiler must not know how far apart the rows of such a tile are. */
  boolean hidesRows(int ofTile) {
    return isNarrow && ofTile == MANY_ROWS;
  }

  /**
   * How many vectors wide the tiles of a product of so many rows are: enough for the additions not
   * to wait for each other.
   */
  public int vectors(int rows) {
    if (isNarrow) {
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
   * How many of the rows that are left the next tile takes: the most, but so that not just a few
   * are left in the end, since tiles of few rows spend their time loading B; and never 5 of narrow
   * vectors, for which registers do not suffice either. Powers of two are divided into 12s and 8s,
   * or into 6s and 4s, which takes two kernels.
   */
  public int next(int left) {
    if (rows == MANY_ROWS) {
      return switch (left) {
        case 5 -> 3;
        case 7, 8, 11 -> 4;
        default -> Math.min(left, rows);
      };
    }
    int least = MOST_ROWS / 3;
    boolean twoLast = !isNarrow && left > rows && left <= rows + least;
    return twoLast ? rows - least : Math.min(left, rows);
  }

  /**
   * For up to so many rows, rows of B are read as they lie, from the second level of the cache.
   * Narrow vectors have no time for it.
   */
  int rightInPlace() {
    return isNarrow ? 12 : 240;
  }

  /** For up to so many columns, rows of A are read as they lie, by kernels that are 10% slower. */
  int rowsInPlace() {
    return isNarrow ? 256 : 96;
  }

  /**
   * Whether a product of so many columns reads columns of A as they lie. Of each line of the cache
   * a tile reads a part, so that all lines should still be there for the next. A loop over narrow
   * ones would be unrolled, and spill registers.
   */
  boolean readsColumnsInPlace(int n) {
    return !isNarrow && n <= 512;
  }
}
