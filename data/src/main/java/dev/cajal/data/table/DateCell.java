package dev.cajal.data.table;

/**
 * Reads dates in an order, and notices when most of those that are dates in one order alone are so
 * in the other: in a table sorted by day, the first rows may leave it open.
 */
final class DateCell implements ColumnBuilder.OfNumbers.Cell {
  private final Dates order;
  private final Dates other;
  private long inThis;
  private long inOther;

  DateCell(Dates order) {
    this.order = order;
    this.other = order.swapped();
  }

  @Override
  public double parse(byte[] bytes, int from, int to) {
    double value = order.parse(bytes, from, to);
    if (other != order) {
      boolean isThis = !Double.isNaN(value);
      boolean isOther = !Double.isNaN(other.parse(bytes, from, to));
      inThis += isThis && !isOther ? 1 : 0;
      inOther += isOther && !isThis ? 1 : 0;
    }
    return value;
  }

  Dates order() {
    return order;
  }

  boolean isSwapped() {
    return inOther > inThis;
  }
}
