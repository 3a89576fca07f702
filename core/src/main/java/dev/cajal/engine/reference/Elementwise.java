package dev.cajal.engine.reference;

import dev.cajal.math.ErrorFunction;
import dev.cajal.tensor.Binary;
import dev.cajal.tensor.Comparison;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Unary;

/** The functions of one number and of two. */
final class Elementwise {
  private Elementwise() {}

  static Block map1(Unary f, DType dtype, Block x) {
    var y = new double[x.values().length];
    for (int i = 0; i < y.length; i++) {
      y[i] = wrapped(dtype, apply(f, x.values()[i]));
    }
    return new Block(x.sizes(), y);
  }

  private static double apply(Unary f, double x) {
    return switch (f) {
      case NEGATE -> -x;
      case ABS -> Math.abs(x);
      case SIGN -> Math.signum(x);
      case FLOOR -> Math.floor(x);
      case CEIL -> Math.ceil(x);
      case ROUND -> Math.rint(x);
      case EXP -> StrictMath.exp(x);
      case EXPM1 -> StrictMath.expm1(x);
      case LOG -> StrictMath.log(x);
      case LOG1P -> StrictMath.log1p(x);
      case SQRT -> Math.sqrt(x);
      case SIN -> StrictMath.sin(x);
      case COS -> StrictMath.cos(x);
      case TANH -> StrictMath.tanh(x);
      case SIGMOID -> sigmoid(x);
      case SOFTPLUS -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
      case ERF -> ErrorFunction.erf(x);
      case RELU -> Math.max(x, 0);
      case NOT -> x == 0 ? 1 : 0;
    };
  }

  /** Of the two forms of the same function, the one whose exp does not overflow. */
  private static double sigmoid(double x) {
    double e = StrictMath.exp(-Math.abs(x));
    return x >= 0 ? 1 / (1 + e) : e / (1 + e);
  }

  static Block map2(Binary f, DType dtype, Block x, Block y) {
    var z = new double[x.values().length];
    for (int i = 0; i < z.length; i++) {
      double a = x.values()[i];
      double b = y.values()[i];
      // The product of two ints may need more digits than a double has.
      boolean exact = dtype == DType.I32 && f == Binary.TIMES;
      z[i] = exact ? ((int) a) * ((int) b) : wrapped(dtype, apply(f, a, b));
    }
    return new Block(x.sizes(), z);
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
      case AND -> x != 0 && y != 0 ? 1 : 0;
      case OR -> x != 0 || y != 0 ? 1 : 0;
    };
  }

  static Block compare(Comparison relation, Block x, Block y) {
    var z = new double[x.values().length];
    for (int i = 0; i < z.length; i++) {
      double a = x.values()[i];
      double b = y.values()[i];
      boolean holds =
          switch (relation) {
            case LESS -> a < b;
            case LESS_OR_EQUAL -> a <= b;
            case EQUAL -> a == b;
          };
      z[i] = holds ? 1 : 0;
    }
    return new Block(x.sizes(), z);
  }

  static Block select(Block condition, Block x, Block y) {
    var z = new double[x.values().length];
    for (int i = 0; i < z.length; i++) {
      z[i] = condition.values()[i] != 0 ? x.values()[i] : y.values()[i];
    }
    return new Block(x.sizes(), z);
  }

  /**
   * Numbers to i32 are rounded towards zero and kept in its range, to bool they are whether they
   * differ from 0.
   */
  static Block cast(DType to, Block x) {
    var y = x.values().clone();
    for (int i = 0; i < y.length; i++) {
      y[i] =
          switch (to) {
            case F32, F64 -> y[i];
            case I32 -> (int) y[i];
            case BOOL -> y[i] != 0 ? 1 : 0;
          };
    }
    return new Block(x.sizes(), y);
  }

  /** The number as its dtype holds it: i32 wraps. */
  static double wrapped(DType dtype, double value) {
    return dtype == DType.I32 ? (int) (long) value : value;
  }
}
