package dev.cajal.engine.cpu.gemm;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.cajal.engine.cpu.emit.Code;
import dev.cajal.engine.cpu.emit.Generated;
import dev.cajal.engine.cpu.emit.Kind;
import dev.cajal.engine.cpu.emit.Lanes;
import dev.cajal.engine.cpu.emit.Value;
import dev.cajal.engine.cpu.gemm.Kernel.Left;
import dev.cajal.engine.cpu.gemm.Kernel.Right;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.function.Consumer;

/** Writes {@link Kernel}s: tiles of matrices with strides. */
final class KernelWriter implements TileWriter.Places {
  private static final ClassDesc FLOATS = CD_float.arrayType();
  private static final MethodTypeDesc SIGNATURE =
      MethodTypeDesc.of(
          CD_void,
          CD_int,
          FLOATS,
          CD_int,
          CD_int,
          FLOATS,
          CD_int,
          CD_int,
          FLOATS,
          CD_int,
          CD_int,
          CD_boolean);

  private final Code code;
  private final Left left;
  private final Right right;
  private final int rows;
  private final int vectors;
  private final Value[] leftRows;

  private KernelWriter(Code code, Left left, Right right, int rows, int vectors) {
    this.code = code;
    this.left = left;
    this.right = right;
    this.rows = rows;
    this.vectors = vectors;
    this.leftRows = left == Left.ROWS ? rowsFrom(2, 3) : new Value[0];
  }

  static Kernel write(Lanes lanes, Left left, Right right, int rows, int vectors) {
    return Generated.instance(
        MethodHandles.lookup(),
        Kernel.class,
        "Gemm%s%s%dx%d".formatted(left, right, rows, vectors),
        "multiply",
        SIGNATURE,
        builder -> {
          var code = new Code(builder, lanes);
          var places = new KernelWriter(code, left, right, rows, vectors);
          var arrays = new TileWriter.Arrays(places.array(1), places.array(4), places.array(7));
          new TileWriter(code, rows, vectors).write(arrays, places, 10);
          builder.return_();
        });
  }

  @Override
  public void each(Consumer<Value> body) {
    code.loop(code.constant(0), number(0), 1, body);
  }

  @Override
  public Value column(Value k) {
    return switch (left) {
      case ROWS -> k;
      case COLUMNS -> code.plus(number(2), code.times(k, number(3)));
      case PANEL ->
          code.plus(number(2), code.times(k, code.constant(new Tiling(code.lanes()).panel(rows))));
    };
  }

  @Override
  public Value left(Value k, Value column, int row) {
    return switch (left) {
      case ROWS -> code.plus(leftRows[row], k);
      case COLUMNS, PANEL -> row == 0 ? column : code.plus(column, code.constant(row));
    };
  }

  @Override
  public Value right(Value k) {
    Value stride =
        switch (right) {
          case ROWS -> number(6);
          case PANEL -> code.constant(vectors * code.lanes().count());
        };
    return code.plus(number(5), code.times(k, stride));
  }

  @Override
  public Value[] results() {
    return rowsFrom(8, 9);
  }

  private Value[] rowsFrom(int offset, int stride) {
    var starts = new Value[rows];
    starts[0] = number(offset);
    for (int r = 1; r < rows; r++) {
      starts[r] = code.plus(starts[r - 1], number(stride));
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
