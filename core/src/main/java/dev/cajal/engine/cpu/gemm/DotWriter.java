package dev.cajal.engine.cpu.gemm;

import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.cajal.engine.cpu.emit.Code;
import dev.cajal.engine.cpu.emit.Generated;
import dev.cajal.engine.cpu.emit.Kind;
import dev.cajal.engine.cpu.emit.Lanes;
import dev.cajal.engine.cpu.emit.Value;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;

/** Writes {@link Dot}s. */
final class DotWriter {
  private static final ClassDesc FLOATS = CD_float.arrayType();

  private final Code code;

  private DotWriter(Code code) {
    this.code = code;
  }

  static Dot write(Lanes lanes, int rows, int columns) {
    return Generated.instance(
        MethodHandles.lookup(),
        Dot.class,
        "GemmDot%dx%d".formatted(rows, columns),
        "multiply",
        MethodTypeDesc.of(
            CD_void, CD_int, FLOATS, CD_int, CD_int, FLOATS, CD_int, CD_int, FLOATS, CD_int),
        builder -> new DotWriter(new Code(builder, lanes)).write(rows, columns));
  }

  private void write(int rows, int columns) {
    int lanes = code.lanes().count();
    var sums = new Value[rows * columns];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = code.lanesOf(code.constant(0f));
    }
    Value[] a = starts(rows, 2, 3);
    Value[] b = starts(columns, 5, 6);
    code.loop(
        code.constant(0),
        number(0),
        lanes,
        k -> {
          var left = new Value[rows];
          for (int r = 0; r < rows; r++) {
            left[r] = code.load(array(1), code.plus(a[r], k));
          }
          for (int c = 0; c < columns; c++) {
            Value right = code.load(array(4), code.plus(b[c], k));
            for (int r = 0; r < rows; r++) {
              Value sum = sums[r * columns + c];
              code.set(sum, code.fma(left[r], right, sum));
            }
          }
        });
    for (int i = 0; i < sums.length; i++) {
      code.store(array(7), code.plus(number(8), code.constant(i * lanes)), sums[i]);
    }
    for (int i = 0; i < sums.length; i++) {
      code.storeOne(array(7), code.plus(number(8), code.constant(i)), total(i * lanes));
    }
    code.builder().return_();
  }

  /** The sum of a vector's lanes in pairs: lane i and lane i + half. */
  private Value total(int vector) {
    var parts = new Value[code.lanes().count()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = code.loadOne(array(7), code.plus(number(8), code.constant(vector + i)));
    }
    for (int half = parts.length / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        parts[i] = code.plus(parts[i], parts[i + half]);
      }
    }
    return parts[0];
  }

  private Value[] starts(int count, int offset, int stride) {
    var starts = new Value[count];
    starts[0] = number(offset);
    for (int i = 1; i < count; i++) {
      starts[i] = code.plus(starts[i - 1], number(stride));
    }
    return starts;
  }

  private Value number(int parameter) {
    return code.parameter(Kind.I32, parameter);
  }

  private Value array(int parameter) {
    return code.parameter(Kind.F32, parameter);
  }
}
