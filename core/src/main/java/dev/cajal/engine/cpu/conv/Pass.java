package dev.cajal.engine.cpu.conv;

/** The tables of a product: its rows, where their results go, and the steps of the sum. */
final class Pass {
  /** Where rows begin. */
  final int[] rows;

  /** Where their results begin. */
  final int[] results;

  /** Where the elements of a row lie from its beginning. */
  final int[] steps;

  /** The row of B that belongs to the first step. */
  final int bRow;

  /** For each row, how many before it begin one element apart from each other and from it. */
  private final int[] adjacent;

  Pass(int[] rows, int[] results, int[] steps, int bRow) {
    this.rows = rows;
    this.results = results;
    this.steps = steps;
    this.bRow = bRow;
    this.adjacent = new int[rows.length];
    for (int i = 1; i < rows.length; i++) {
      adjacent[i] = rows[i] == rows[i - 1] + 1 ? adjacent[i - 1] + 1 : 0;
    }
  }

  /** Whether some rows begin one element apart, as elements of a window do. */
  boolean isAdjacent(int first, int count) {
    return count > 1 && adjacent[first + count - 1] >= count - 1;
  }
}
