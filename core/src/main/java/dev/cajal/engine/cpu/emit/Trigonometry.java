package dev.cajal.engine.cpu.emit;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * sin and cos of f32: x = n·π/2 + r with the nearest integer n, and a minimax polynomial for sin(r)
 * or cos(r) as n says. π/2 is taken in three parts of 24 bits (W. J. Cody, W. Waite, "Software
 * manual for the elementary functions", 1980, chapter 8), of which fused multiply-adds subtract the
 * first without error. That is done up to 2¹⁷; if any lane is beyond, those that are get what
 * {@link StrictMath} says, one by one: much slower, and as exact.
 */
final class Trigonometry {
  private static final float TWO_OVER_PI = 0x1.45f306p-1f;
  private static final float HALF_PI_1 = 0x1.921fb6p0f;
  private static final float HALF_PI_2 = -0x1.777a5cp-25f;
  private static final float HALF_PI_3 = -0x1.ee59dap-50f;

  /**
   * Further out, n is not always the nearest integer, and r leaves the range of the polynomials.
   */
  private static final float LARGEST = 0x1p17f;

  private static final ClassDesc LARGE_ANGLES =
      ClassDesc.ofDescriptor(LargeAngles.class.descriptorString());

  private final Code code;

  Trigonometry(Code code) {
    this.code = code;
  }

  /** sin(x), off by at most 1.54 ulp. */
  Value sin(Value x) {
    Value result = quarterTurned(x, 0);
    result = code.select(code.equal(x, code.constant(0f)), x, result);
    return withLarge(x, result, "sine");
  }

  /** cos(x), off by at most 1.54 ulp. */
  Value cos(Value x) {
    return withLarge(x, quarterTurned(x, 1), "cosine");
  }

  /** The result, replaced where x is large by what a method of {@link LargeAngles} gives. */
  private Value withLarge(Value x, Value result, String method) {
    Value large = code.less(code.constant(LARGEST), code.abs(x));
    Value checked = code.variable(result);
    CodeBuilder out = code.builder();
    Label end = out.newLabel();
    if (large.uniform() || !code.lanes().isVector()) {
      out.iload(large.local()).ifeq(end);
      out.fload(x.local())
          .invokestatic(LARGE_ANGLES, method, MethodTypeDesc.of(CD_float, CD_float));
      out.fstore(checked.local());
    } else {
      out.aload(large.local())
          .invokevirtual(VectorApi.MASK, "anyTrue", MethodTypeDesc.of(CD_boolean))
          .ifeq(end);
      code.set(checked, code.select(large, oneByOne(x, method), result));
    }
    out.labelBinding(end);
    return checked;
  }

  /** By way of an array, so that no vector is handed to a method and so to the heap. */
  private Value oneByOne(Value x, String method) {
    CodeBuilder out = code.builder();
    Value array = new Value(Kind.F32, true, out.allocateLocal(TypeKind.REFERENCE));
    out.loadConstant(code.lanes().count()).newarray(TypeKind.FLOAT).astore(array.local());
    Value first = code.constant(0);
    code.store(array, first, x);
    out.aload(array.local())
        .invokestatic(LARGE_ANGLES, method + "s", MethodTypeDesc.of(CD_void, Kind.F32.array()));
    return code.load(array, first);
  }

  /** sin(x + quarters·π/2). */
  private Value quarterTurned(Value x, int quarters) {
    Value rounder = code.constant(Exponentials.ROUNDER);
    Value shifted = code.fma(x, code.constant(TWO_OVER_PI), rounder);
    Value n = code.minus(shifted, rounder);
    Value r = code.fma(n, code.constant(-HALF_PI_1), x);
    r = code.fma(n, code.constant(-HALF_PI_2), r);
    r = code.fma(n, code.constant(-HALF_PI_3), r);
    Value quadrant = code.toBits(shifted);
    if (quarters != 0) {
      quadrant = code.plus(quadrant, code.constant(quarters));
    }
    Value even = code.equal(code.bitAnd(quadrant, code.constant(1)), code.constant(0));
    Value square = code.times(r, r);
    Value value = code.select(even, sine(r, square), cosine(square));
    Value sign = code.shiftLeft(code.bitAnd(quadrant, code.constant(2)), 30);
    return code.fromBits(code.bitXor(code.toBits(value), sign));
  }

  /** sin(r), of relative error 2^-27.9 for |r| ≤ π/4. */
  private Value sine(Value r, Value square) {
    Value rest = Polynomial.at(code, square, -0x1.555546p-3f, 0x1.110774p-7f, -0x1.9951eap-13f);
    return code.fma(code.times(r, square), rest, r);
  }

  /** cos(r), of relative error 2^-33 for |r| ≤ π/4. */
  private Value cosine(Value square) {
    return Polynomial.at(
        code, square, 1f, -0.5f, 0x1.55554ap-5f, -0x1.6c0c28p-10f, 0x1.99e80cp-16f);
  }
}
