package dev.cajal.engine.cpu.gemm;

/** Copies the rows of a matrix into panels that are a vector or two wide. */
interface Copy {
  /**
   * Copies {@code panels} pieces of each row, one behind the other, into a panel each.
   *
   * @param row from one row to the next
   * @param toRow from one row of a panel to the next
   * @param toPanel from one panel to the next
   */
  void copy(
      int rows,
      int panels,
      float[] from,
      int offset,
      int row,
      float[] to,
      int toOffset,
      int toRow,
      int toPanel);
}
