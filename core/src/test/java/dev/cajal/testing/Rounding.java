package dev.cajal.testing;

import dev.cajal.tensor.Binary;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Unary;

/**
 * The stated bound: how far an engine's arithmetic may be off in one operation, whatever the
 * numbers. What follows for an expression is in {@link Tolerance}.
 *
 * <p>Everything that is computed in floating point is granted this; integers and truth values are
 * exact. Between two operations an engine may keep more digits, and fuse a product into a sum.
 */
final class Rounding {
  /** What a result that should be about 0 may be: below this, numbers have fewer digits. */
  static final double TINY = 1e-37;

  /** Sums of more terms than these are not granted their worst case. */
  private static final int FEW = 64;

  private Rounding() {}

  /** The relative error of one correctly rounded operation. */
  static double unit(DType dtype) {
    return switch (dtype) {
      case F32 -> 0x1p-24;
      case F64 -> 0x1p-53;
      case I32, BOOL -> 0;
    };
  }

  /** The largest finite number. */
  static double largest(DType dtype) {
    return switch (dtype) {
      case F32 -> Float.MAX_VALUE;
      case F64 -> Double.MAX_VALUE;
      case I32 -> Integer.MAX_VALUE;
      // One either way.
      case BOOL -> 2;
    };
  }

  /** Whether the dtype has this number. */
  static boolean has(DType dtype, double number) {
    return dtype != DType.F32 || number == (float) number || Double.isNaN(number);
  }

  /** How many units in the last place a function may be off; ½ is as good as it can be. */
  static double ulps(Unary f) {
    return switch (f) {
      case NEGATE, ABS, SIGN, FLOOR, CEIL, ROUND, RELU, NOT -> 0;
      case SQRT -> 0.5;
      case EXP, LOG, TANH, SIGMOID, ERF -> 2;
      case EXPM1, LOG1P, SOFTPLUS, SIN, COS -> 4;
    };
  }

  static double ulps(Binary f) {
    return switch (f) {
      case MAX, MIN, AND, OR -> 0;
      case PLUS, MINUS, TIMES, OVER -> 0.5;
      case POWER -> 4;
    };
  }

  /**
   * Beyond its units in the last place, the relative error of the sine and cosine counts from 1,
   * since near their zeros all digits are lost in reducing x.
   */
  static double floor(Unary f, DType dtype) {
    return f == Unary.SIN || f == Unary.COS ? 4 * unit(dtype) : 0;
  }

  /**
   * How many roundings a sum of n terms in any order is granted. The worst case is n - 1; for long
   * sums that would hide a term that is left out, while what happens is about √n (Higham and Mary,
   * 2019).
   */
  static double roundings(long terms) {
    return terms <= FEW ? Math.max(0, terms - 1) : 8 * Math.sqrt((double) terms);
  }
}
