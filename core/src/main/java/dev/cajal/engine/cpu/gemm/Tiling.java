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
   * How many of the rows that are left the next tile takes: the most, but so that not just a few
   * are left in the end, since tiles of few rows spend their time loading B. Powers of two are
   * divided into 12s and 8s, which takes two kernels.
   */
  public int next(int left) {
    int most = rows();
    int least = most / 3;
    return left > most && left <= most + least ? most - least : Math.min(left, most);
  }
}
