package dev.cajal.engine.cpu.gemm;

/** Transposes squares with as many rows and columns as there are lanes. */
interface Transpose {
  /**
   * Transposes squares that lie side by side into squares one below the other.
   *
   * @param live how many rows there are; the columns of the result beyond are arbitrary
   * @param row from one row to the next
   * @param toRow from one row of the result to the next
   * @param pattern {@link MoverWriter#pattern}
   */
  void transpose(
      int squares,
      int live,
      float[] from,
      int offset,
      int row,
      float[] to,
      int toOffset,
      int toRow,
      int[] pattern);
}
