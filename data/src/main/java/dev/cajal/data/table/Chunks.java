package dev.cajal.data.table;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** Values by row, in pieces of equally many rows, wherever they lie. */
final class Chunks {
  /** Rows of a piece, as a power of two. */
  private static final int BITS = 16;

  static final int ROWS = 1 << BITS;

  private final int size;
  private final int bits;
  private final MemorySegment[] pieces;

  private Chunks(int size, int bits, List<MemorySegment> pieces) {
    this.size = size;
    this.bits = bits;
    this.pieces = pieces.toArray(MemorySegment[]::new);
  }

  /** Of pieces of so many rows, or of one that has all. */
  static Chunks of(int size, List<MemorySegment> pieces) {
    return new Chunks(size, pieces.size() == 1 ? Integer.SIZE - 1 : BITS, pieces);
  }

  int size() {
    return size;
  }

  MemorySegment of(int row) {
    return pieces[row >>> bits];
  }

  int within(int row) {
    return row & ((1 << bits) - 1);
  }
}
