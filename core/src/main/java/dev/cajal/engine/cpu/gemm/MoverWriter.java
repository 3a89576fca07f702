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

/** Writes what moves numbers into panels: {@link Copy} and {@link Transpose}. */
final class MoverWriter {
  private static final ClassDesc FLOATS = CD_float.arrayType();

  private final Code code;
  private final int lanes;

  private MoverWriter(Code code) {
    this.code = code;
    this.lanes = code.lanes().count();
  }

  /** Copies into panels of so many vectors. */
  static Copy copy(Lanes lanes, int vectors) {
    return Generated.instance(
        MethodHandles.lookup(),
        Copy.class,
        "GemmCopy" + vectors,
        "copy",
        MethodTypeDesc.of(
            CD_void, CD_int, CD_int, FLOATS, CD_int, CD_int, FLOATS, CD_int, CD_int, CD_int),
        builder -> {
          new MoverWriter(new Code(builder, lanes)).copy(vectors);
          builder.return_();
        });
  }

  /** Row by row, since reading long pieces of memory is what prefetching is good at. */
  private void copy(int vectors) {
    code.loop(
        code.constant(0),
        number(0),
        1,
        i -> {
          Value from = code.variable(code.plus(number(3), code.times(i, number(4))));
          Value to = code.variable(code.plus(number(6), code.times(i, number(7))));
          code.loop(code.constant(0), number(1), 1, _ -> copyPiece(vectors, from, to));
        });
  }

  private void copyPiece(int vectors, Value from, Value to) {
    var piece = new Value[vectors];
    for (int v = 0; v < vectors; v++) {
      piece[v] = code.load(array(2), plus(from, v * lanes));
    }
    for (int v = 0; v < vectors; v++) {
      code.store(array(5), plus(to, v * lanes), piece[v]);
    }
    code.set(from, plus(from, vectors * lanes));
    code.set(to, code.plus(to, number(8)));
  }

  static Transpose transpose(Lanes lanes) {
    return Generated.instance(
        MethodHandles.lookup(),
        Transpose.class,
        "GemmTranspose",
        "transpose",
        MethodTypeDesc.of(
            CD_void,
            CD_int,
            CD_int,
            FLOATS,
            CD_int,
            CD_int,
            FLOATS,
            CD_int,
            CD_int,
            CD_int.arrayType()),
        builder -> {
          new MoverWriter(new Code(builder, lanes)).transpose();
          builder.return_();
        });
  }

  /**
   * A square is transposed by log₂(lanes) rounds, each of which interleaves the first half of the
   * rows with the second. All rounds select lanes by the same two vectors, so that everything fits
   * in registers; on the bits as ints, since selecting floats would convert the indices each time.
   */
  private void transpose() {
    var starts = new Value[lanes];
    Value last = code.minus(number(1), code.constant(1));
    for (int i = 0; i < lanes; i++) {
      Value row = code.min(code.constant(i), last);
      starts[i] = code.plus(number(3), code.times(row, number(4)));
    }
    Value low = code.load(number(8), code.constant(0));
    Value high = code.load(number(8), code.constant(lanes));
    code.loop(
        code.constant(0),
        number(0),
        1,
        square -> {
          Value column = code.times(square, code.constant(lanes));
          var rows = new Value[lanes];
          for (int i = 0; i < lanes; i++) {
            rows[i] = code.toBits(code.load(array(2), code.plus(starts[i], column)));
          }
          for (int round = 1; round < lanes; round *= 2) {
            rows = interleaved(rows, low, high);
          }
          Value to = code.plus(number(6), code.times(column, number(7)));
          for (Value row : rows) {
            code.store(array(5), to, code.fromBits(row));
            to = code.plus(to, number(7));
          }
        });
  }

  private Value[] interleaved(Value[] rows, Value low, Value high) {
    var mixed = new Value[lanes];
    for (int i = 0; i < lanes / 2; i++) {
      mixed[2 * i] = code.selectFrom(low, rows[i], rows[i + lanes / 2]);
      mixed[2 * i + 1] = code.selectFrom(high, rows[i], rows[i + lanes / 2]);
    }
    return mixed;
  }

  /** The lanes of two vectors in turn: those of their first halves, then of their second. */
  static int[] pattern(int lanes) {
    var pattern = new int[2 * lanes];
    for (int i = 0; i < 2 * lanes; i++) {
      pattern[i] = i / 2 + i % 2 * lanes;
    }
    return pattern;
  }

  private Value plus(Value index, int constant) {
    return constant == 0 ? index : code.plus(index, code.constant(constant));
  }

  private Value number(int parameter) {
    return code.parameter(Kind.I32, parameter);
  }

  private Value array(int parameter) {
    return code.parameter(Kind.F32, parameter);
  }
}
