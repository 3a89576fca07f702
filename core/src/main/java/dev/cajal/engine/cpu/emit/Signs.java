package dev.cajal.engine.cpu.emit;

/** The sign bits of f32. */
final class Signs {
  private Signs() {}

  /** A number that is not negative, or already has the sign of x, with the sign of x. */
  static Value copy(Code code, Value x, Value size) {
    return code.fromBits(code.bitOr(code.toBits(size), of(code, x)));
  }

  /** The sign bit alone. */
  static Value of(Code code, Value x) {
    return code.bitAnd(code.toBits(x), code.constant(Integer.MIN_VALUE));
  }
}
