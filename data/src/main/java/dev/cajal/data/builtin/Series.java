package dev.cajal.data.builtin;

import java.time.YearMonth;
import java.util.List;

/**
 * A number for each month.
 *
 * @param first the month of the first value
 */
public record Series(YearMonth first, List<Double> values) {

  public Series {
    values = List.copyOf(values);
  }

  public int size() {
    return values.size();
  }

  /** The month of a value. */
  public YearMonth month(int index) {
    return first.plusMonths(index);
  }

  public double value(int index) {
    return values.get(index);
  }
}
