package dev.cajal.engine.cpu.emit;

import dev.cajal.tensor.Binary;
import dev.cajal.tensor.Unary;

/**
 * The elementwise functions as generated code. Those of f32 consist of additions, multiplications,
 * fused multiply-adds, divisions, square roots, comparisons and operations on bits, all of which
 * IEEE 754 and Java define to the last bit: so vectors of any number of lanes, plain code, and
 * every machine give the same results. Those of f64 are what {@link StrictMath} says, one number at
 * a time.
 */
public final class Functions {
  private static final float INTEGERS_FROM = 0x1p23f;

  private final Code code;

  public Functions(Code code) {
    this.code = code;
  }

  public Value apply(Unary f, Value x) {
    return switch (x.kind()) {
      case F32 -> ofFloats(f, x);
      case F64 -> new Doubles(code).apply(f, x);
      case I32 -> ofIntegers(f, x);
      case BOOL -> ofTruths(f, x);
    };
  }

  public Value apply(Binary f, Value x, Value y) {
    return switch (f) {
      case PLUS -> code.plus(x, y);
      case MINUS -> code.minus(x, y);
      case TIMES -> code.times(x, y);
      case OVER -> code.over(x, y);
      case POWER -> power(x, y);
      case MAX -> code.max(x, y);
      case MIN -> code.min(x, y);
      case AND -> code.and(x, y);
      case OR -> code.or(x, y);
    };
  }

  private Value power(Value x, Value y) {
    return switch (x.kind()) {
      case F32 -> new Powers(code).power(x, y);
      case F64 -> new Doubles(code).power(x, y);
      case I32, BOOL -> throw refused(Binary.POWER.name(), x);
    };
  }

  private Value ofFloats(Unary f, Value x) {
    return switch (f) {
      case NEGATE -> code.negate(x);
      case ABS -> code.abs(x);
      case SIGN -> sign(x);
      case FLOOR -> floor(x);
      case CEIL -> ceil(x);
      case ROUND -> round(x);
      case EXP -> new Exponentials(code).exp(x);
      case EXPM1 -> new Exponentials(code).expm1(x);
      case LOG -> new Logarithms(code).log(x);
      case LOG1P -> new Logarithms(code).log1p(x);
      case SQRT -> code.sqrt(x);
      case SIN -> new Trigonometry(code).sin(x);
      case COS -> new Trigonometry(code).cos(x);
      case TANH -> new Sigmoids(code).tanh(x);
      case SIGMOID -> new Sigmoids(code).sigmoid(x);
      case SOFTPLUS -> new Sigmoids(code).softplus(x);
      case ERF -> new Sigmoids(code).erf(x);
      case RELU -> relu(x);
      case NOT -> throw refused(f.name(), x);
    };
  }

  private Value ofIntegers(Unary f, Value x) {
    return switch (f) {
      case NEGATE -> code.negate(x);
      case ABS -> code.abs(x);
      case SIGN -> code.bitOr(code.shiftRight(x, 31), code.shiftRightUnsigned(code.negate(x), 31));
      case RELU -> code.max(x, code.constant(0));
      case FLOOR, CEIL, ROUND, EXP, EXPM1, LOG, LOG1P, SQRT, SIN, COS -> throw refused(f.name(), x);
      case TANH, SIGMOID, SOFTPLUS, ERF, NOT -> throw refused(f.name(), x);
    };
  }

  private Value ofTruths(Unary f, Value x) {
    if (f != Unary.NOT) {
      throw refused(f.name(), x);
    }
    return code.not(x);
  }

  private static IllegalArgumentException refused(String f, Value x) {
    return new IllegalArgumentException("%s does not take %s".formatted(f, x.kind()));
  }

  /** Of NaN it is NaN, of -0 it is 0. */
  private Value relu(Value x) {
    Value zero = code.constant(0f);
    return code.select(code.lessOrEqual(x, zero), zero, x);
  }

  /** Zeros and NaN are their own. */
  private Value sign(Value x) {
    Value zero = code.constant(0f);
    Value orNegative = code.select(code.less(x, zero), code.constant(-1f), x);
    return code.select(code.less(zero, x), code.constant(1f), orNegative);
  }

  private Value round(Value x) {
    return sameSign(x, rounded(x));
  }

  private Value floor(Value x) {
    Value nearest = withSignOf(x, rounded(x));
    Value below = code.minus(nearest, code.constant(1f));
    return sameSign(x, code.select(code.less(x, nearest), below, nearest));
  }

  private Value ceil(Value x) {
    Value nearest = withSignOf(x, rounded(x));
    Value above = code.plus(nearest, code.constant(1f));
    return sameSign(x, code.select(code.less(nearest, x), above, nearest));
  }

  /** |x| to the nearest integer: where the last place of a float is 1, adding it has rounded. */
  private Value rounded(Value x) {
    Value integers = code.constant(INTEGERS_FROM);
    return code.minus(code.plus(code.abs(x), integers), integers);
  }

  /** What has been found for x, with its sign, or x where that has no fraction or is NaN. */
  private Value sameSign(Value x, Value found) {
    Value small = code.less(code.abs(x), code.constant(INTEGERS_FROM));
    return code.select(small, withSignOf(x, found), x);
  }

  private Value withSignOf(Value x, Value size) {
    return Signs.copy(code, x, size);
  }
}
