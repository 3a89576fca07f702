package dev.cajal.testing;

import static dev.cajal.testing.Enclosure.distance;
import static dev.cajal.testing.Enclosure.rounded;

import dev.cajal.tensor.Binary;
import dev.cajal.tensor.Comparison;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Unary;
import java.util.function.IntToDoubleFunction;

/**
 * The errors of what works element by element: the function at the ends of what its inputs can be,
 * as far as that is from its value, and a rounding.
 */
final class MapTolerance {
  private MapTolerance() {}

  private static double[] each(double[] values, IntToDoubleFunction error) {
    var errors = new double[values.length];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = error.applyAsDouble(i);
    }
    return errors;
  }

  private static boolean isAnything(int i, Enclosure... in) {
    for (Enclosure x : in) {
      if (Double.isInfinite(x.errors()[i])) {
        return true;
      }
    }
    return false;
  }

  static double[] map1(Unary f, Again again, double[] y, Enclosure x) {
    DType dtype = again.node().dtype();
    double[] e = x.errors();
    if (f == Unary.NOT) {
      return e;
    }
    // All functions but these rise or fall throughout.
    boolean isLipschitz = f == Unary.SIN || f == Unary.COS || f == Unary.ABS;
    boolean isPlain = x.isExact() || isLipschitz;
    double[] low = isPlain ? y : again.on(x.low());
    double[] high = isPlain ? y : again.on(x.high());
    return each(
        y,
        i -> {
          double off = isLipschitz ? e[i] : distance(y[i], low[i], high[i]);
          off += Math.abs(x.values()[i]) + e[i] == 0 ? 0 : Rounding.floor(f, dtype);
          return isAnything(i, x)
              ? Double.POSITIVE_INFINITY
              : rounded(dtype, Rounding.ulps(f), y[i], off);
        });
  }

  static double[] map2(Binary f, DType dtype, double[] z, Enclosure x, Enclosure y) {
    double[] xLow = x.low();
    double[] xHigh = x.high();
    double[] yLow = y.low();
    double[] yHigh = y.high();
    return each(
        z,
        i -> {
          boolean certain = x.errors()[i] == 0 && y.errors()[i] == 0;
          boolean isQuotient = f == Binary.OVER && yLow[i] <= 0 && yHigh[i] >= 0;
          boolean isPower = f == Binary.POWER && !isTame(xLow[i], xHigh[i], yLow[i], yHigh[i]);
          if (isAnything(i, x, y)
              // The sign of a zero is not certain.
              || (isQuotient && !(certain && Double.isNaN(z[i])))
              || (isPower && !certain)) {
            return f.equals(Binary.AND) || f.equals(Binary.OR) ? 1 : Double.POSITIVE_INFINITY;
          }
          double off =
              certain
                  ? 0
                  : distance(
                      z[i],
                      apply(f, xLow[i], yLow[i]),
                      apply(f, xLow[i], yHigh[i]),
                      apply(f, xHigh[i], yLow[i]),
                      apply(f, xHigh[i], yHigh[i]));
          return rounded(dtype, Rounding.ulps(f), z[i], off);
        });
  }

  /** Whether a power rises or falls throughout, in its base and in its exponent. */
  private static boolean isTame(double xLow, double xHigh, double yLow, double yHigh) {
    boolean whole = yLow == yHigh && yLow == Math.rint(yLow);
    return xLow > 0 || (whole && xHigh < 0);
  }

  private static double apply(Binary f, double x, double y) {
    return switch (f) {
      case PLUS -> x + y;
      case MINUS -> x - y;
      case TIMES -> x * y;
      case OVER -> x / y;
      case POWER -> StrictMath.pow(x, y);
      case MAX -> Math.max(x, y);
      case MIN -> Math.min(x, y);
      case AND -> x > 0 && y > 0 ? 1 : 0;
      case OR -> x > 0 || y > 0 ? 1 : 0;
    };
  }

  static double[] compare(Comparison relation, double[] holds, Enclosure x, Enclosure y) {
    double[] xLow = x.low();
    double[] xHigh = x.high();
    double[] yLow = y.low();
    double[] yHigh = y.high();
    return each(
        holds,
        i -> {
          boolean certain =
              switch (relation) {
                case LESS -> xHigh[i] < yLow[i] || xLow[i] >= yHigh[i];
                case LESS_OR_EQUAL -> xHigh[i] <= yLow[i] || xLow[i] > yHigh[i];
                case EQUAL -> xHigh[i] < yLow[i] || xLow[i] > yHigh[i];
              };
          boolean exact = x.errors()[i] == 0 && y.errors()[i] == 0;
          return exact || (certain && !isAnything(i, x, y)) ? 0 : 1;
        });
  }

  static double[] select(double[] z, Enclosure condition, Enclosure x, Enclosure y) {
    return each(
        z,
        i -> {
          boolean first = condition.values()[i] != 0;
          Enclosure taken = first ? x : y;
          Enclosure other = first ? y : x;
          return condition.errors()[i] == 0
              ? taken.errors()[i]
              : Math.max(taken.errors()[i], distance(z[i], other.values()[i]) + other.errors()[i]);
        });
  }

  static double[] cast(Again again, double[] y, Enclosure x) {
    DType dtype = again.node().dtype();
    double[] low = x.isExact() ? y : again.on(x.low());
    double[] high = x.isExact() ? y : again.on(x.high());
    return each(
        y,
        i ->
            switch (dtype) {
              case F32, F64 -> rounded(dtype, 0.5, y[i], x.errors()[i]);
              case I32 ->
                  isAnything(i, x) ? Double.POSITIVE_INFINITY : distance(y[i], low[i], high[i]);
              case BOOL -> x.errors()[i] == 0 || Math.abs(x.values()[i]) > x.errors()[i] ? 0 : 1;
            });
  }
}
