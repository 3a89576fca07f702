package dev.cajal.engine.cpu.gemm;

/**
 * A product divided into parts for workers: a grid of ranges of rows and of columns of C. Part
 * number p is at row {@code p / columnParts} and column {@code p % columnParts} of the grid.
 *
 * <p>The bits of an element of C don't depend on the part that it is in. For that, no part is so
 * small that it would be computed by the ways of very small products unless the whole is.
 */
public record Split(int m, int n, int rowParts, int columnParts, int columnGrain) {
  /** Parts have at least so many rows, if C has. */
  private static final int ROW_GRAIN = 8;

  /** Moving a number into a panel takes about as long as so many products of a tile. */
  private static final double PACKING = 10;

  /** The quickest of the grids with at most so many parts. */
  public static Split of(int m, int n, int workers, int columnGrain) {
    int mostRows = Math.max(1, m / ROW_GRAIN);
    int mostColumns = Math.max(1, n / columnGrain);
    Split best = new Split(m, n, 1, 1, columnGrain);
    for (int rows = 1; rows <= Math.min(workers, mostRows); rows++) {
      Split split = new Split(m, n, rows, Math.min(workers / rows, mostColumns), columnGrain);
      if (split.cost() < best.cost()) {
        best = split;
      }
    }
    return best;
  }

  public int parts() {
    return rowParts * columnParts;
  }

  public int rowFrom(int part) {
    return rowsBefore(part / columnParts);
  }

  public int rowTo(int part) {
    return rowsBefore(part / columnParts + 1);
  }

  public int columnFrom(int part) {
    return columnsBefore(part % columnParts);
  }

  public int columnTo(int part) {
    return columnsBefore(part % columnParts + 1);
  }

  private int rowsBefore(int row) {
    return (int) ((long) m * row / rowParts);
  }

  private int columnsBefore(int column) {
    long grains = Math.max(1, n / columnGrain);
    return column == columnParts ? n : (int) (grains * column / columnParts) * columnGrain;
  }

  /** The time of the largest part, for each k. */
  private double cost() {
    int columns = n - columnsBefore(columnParts - 1);
    for (int column = 1; column < columnParts; column++) {
      columns = Math.max(columns, columnsBefore(column) - columnsBefore(column - 1));
    }
    double rows = Math.ceilDiv(m, rowParts);
    return rows * columns + PACKING * (rows + columns);
  }
}
