package dev.cajal.data.prepare;

import dev.cajal.data.table.Column;
import dev.cajal.data.table.Numbers;
import dev.cajal.data.table.Words;
import java.util.List;
import java.util.OptionalDouble;

/** Values of columns as the numbers that a network takes. */
final class Encoding {
  private Encoding() {}

  /** Writes what a feature makes of some rows of a column like its own. */
  static void encode(Feature feature, Column column, Rows rows, Block into) {
    switch (feature) {
      case Feature.Scaled its -> scaled(its, (Numbers) column, rows, into);
      case Feature.Moment its -> moment(its, (Numbers) column, rows, into);
      case Feature.Flag its -> flag(its, (Words) column, rows, into);
      case Feature.OneOf its -> oneOf(its, (Words) column, rows, into);
      case Feature.Embedded its -> embedded(its, (Words) column, rows, into);
    }
  }

  private static void scaled(Feature.Scaled its, Numbers column, Rows rows, Block into) {
    for (int i = 0; i < rows.count(); i++) {
      double value = filled(column.at(rows.at(i)), its.fill());
      into.set(i, 0, (value - its.mean()) / its.deviation());
    }
  }

  private static void moment(Feature.Moment its, Numbers column, Rows rows, Block into) {
    for (int i = 0; i < rows.count(); i++) {
      double value = filled(column.at(rows.at(i)), its.fill());
      into.set(i, 0, (value - its.mean()) / its.deviation());
      for (int k = 0; k < its.cycles().size(); k++) {
        double angle = 2 * Math.PI * value / its.cycles().get(k).seconds();
        into.set(i, 1 + 2 * k, StrictMath.sin(angle));
        into.set(i, 2 + 2 * k, StrictMath.cos(angle));
      }
    }
  }

  private static double filled(double value, OptionalDouble fill) {
    return Double.isNaN(value) ? fill.orElse(Double.NaN) : value;
  }

  private static void flag(Feature.Flag its, Words column, Rows rows, Block into) {
    int[] positions = into.positions(column, List.of(its.no(), its.yes()));
    for (int i = 0; i < rows.count(); i++) {
      int code = column.code(rows.at(i));
      boolean isUnseen = code >= 0 && positions[code] < 0;
      into.set(
          i,
          0,
          code < 0 ? its.fill().orElse(Double.NaN) : isUnseen ? 0.5 : (double) positions[code]);
      into.note(isUnseen);
    }
  }

  private static void oneOf(Feature.OneOf its, Words column, Rows rows, Block into) {
    int[] positions = into.positions(column, its.words());
    int filled = its.fill().map(its.words()::indexOf).orElse(-1);
    for (int i = 0; i < rows.count(); i++) {
      int code = column.code(rows.at(i));
      int position = code < 0 ? filled : positions[code];
      for (int k = 0; k < its.words().size(); k++) {
        into.set(i, k, k == position ? 1 : code < 0 && its.fill().isEmpty() ? Double.NaN : 0);
      }
      into.note(code >= 0 && position < 0);
    }
  }

  private static void embedded(Feature.Embedded its, Words column, Rows rows, Block into) {
    int[] positions = into.positions(column, its.words());
    double missing = its.fill().map(word -> its.words().indexOf(word) + 1.0).orElse(Double.NaN);
    for (int i = 0; i < rows.count(); i++) {
      int code = column.code(rows.at(i));
      into.set(i, 0, code < 0 ? missing : positions[code] + 1.0);
      into.note(code >= 0 && positions[code] < 0);
    }
  }
}
