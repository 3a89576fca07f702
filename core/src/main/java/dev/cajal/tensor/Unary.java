package dev.cajal.tensor;

import java.util.Locale;

/** Functions of one number, which {@link Op.Map1} applies to every element. */
public enum Unary {
  NEGATE,
  ABS,
  /** -1, 0 or 1. */
  SIGN,
  FLOOR,
  CEIL,
  /** To the nearest integer, halves to the even one. */
  ROUND,
  EXP,
  /** {@code exp(x) - 1}, accurate near 0. */
  EXPM1,
  LOG,
  /** {@code log(1 + x)}, accurate near 0. */
  LOG1P,
  SQRT,
  SIN,
  COS,
  TANH,
  /** {@code 1 / (1 + exp(-x))}. */
  SIGMOID,
  /** {@code log(1 + exp(x))}, without overflow. */
  SOFTPLUS,
  /** The error function, {@code 2/√π · ∫₀ˣ exp(-t²) dt}. */
  ERF,
  /** {@code max(x, 0)}; NaN stays NaN. */
  RELU,
  /** The opposite of a truth value. */
  NOT;

  /** Whether it is for i32 as well as for floating point. */
  boolean takesIntegers() {
    return this == NEGATE || this == ABS || this == SIGN || this == RELU;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
