package dev.cajal.engine.cpu.conv;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.cajal.engine.cpu.emit.Code;
import dev.cajal.engine.cpu.emit.Generated;
import dev.cajal.engine.cpu.emit.Kind;
import dev.cajal.engine.cpu.emit.Lanes;
import dev.cajal.engine.cpu.emit.Value;
import dev.cajal.engine.cpu.gemm.Packing;
import dev.cajal.engine.cpu.gemm.TileWriter;
import dev.cajal.engine.cpu.gemm.Tiling;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * The {@link WindowKernel}s for vectors of so many lanes, each written when it is first asked for.
 */
final class WindowKernels {
  private static final ClassDesc FLOATS = CD_float.arrayType();
  private static final ClassDesc INTS = CD_int.arrayType();
  private static final MethodTypeDesc SIGNATURE =
      MethodTypeDesc.of(
          CD_void,
          CD_int,
          CD_int,
          FLOATS,
          CD_int,
          INTS,
          CD_int,
          INTS,
          CD_int,
          FLOATS,
          CD_int,
          FLOATS,
          CD_int,
          INTS,
          CD_int,
          CD_boolean);

  /** How many vectors a tile has at most. */
  static final int VECTORS = 2;

  private static final ConcurrentHashMap<Lanes, WindowKernels> ALL = new ConcurrentHashMap<>();

  /** The shape of a tile, and how the elements of its rows lie. */
  record Form(int rows, int vectors, boolean isAdjacent, int step) {}

  private final Lanes lanes;
  private final Tiling tiling;
  private final Packing packing;
  private final ConcurrentMap<Form, WindowKernel> written = new ConcurrentHashMap<>();

  private WindowKernels(Lanes lanes) {
    if (lanes.count() != lanes.sums()) {
      throw new IllegalArgumentException(
          "convolutions have no plain form with the bits of vectors");
    }
    this.lanes = lanes;
    this.tiling = new Tiling(lanes);
    this.packing = new Packing(lanes);
  }

  static WindowKernels of(Lanes lanes) {
    return ALL.computeIfAbsent(lanes, WindowKernels::new);
  }

  int lanes() {
    return lanes.count();
  }

  Tiling tiling() {
    return tiling;
  }

  Packing packing() {
    return packing;
  }

  /** How many columns a panel of B has. */
  int panel() {
    return VECTORS * lanes.count();
  }

  /** How many numbers panels have in which columns are packed. */
  int packed(int columns, int steps) {
    return Math.ceilDiv(columns, lanes.count()) * lanes.count() * steps + 2 * lanes.count();
  }

  /**
   * Packs columns that are contiguous into panels.
   *
   * @param row from one row to the next
   */
  void pack(int columns, int rows, float[] from, int offset, int row, float[] to, int toOffset) {
    packing.panels(columns, rows, from, offset, 1, row, to, toOffset, panel(), rows);
  }

  /** The kernel for a tile. */
  WindowKernel of(Form form) {
    return written.computeIfAbsent(form, this::write);
  }

  private WindowKernel write(Form form) {
    return Generated.instance(
        MethodHandles.lookup(),
        WindowKernel.class,
        (form.isAdjacent ? "Adjacent%dx%d_%d" : "Window%dx%d_%d")
            .formatted(form.rows, form.vectors, form.step),
        "multiply",
        SIGNATURE,
        builder -> {
          var code = new Code(builder, lanes);
          var arrays =
              new TileWriter.Arrays(
                  code.parameter(Kind.F32, 2),
                  code.parameter(Kind.F32, 8),
                  code.parameter(Kind.F32, 10));
          new TileWriter(code, form.rows, form.vectors).write(arrays, new Tables(code, form), 14);
          builder.return_();
        });
  }

  /** Where the numbers of a tile lie, by the tables. */
  private static final class Tables implements TileWriter.Places {
    private final Code code;
    private final Form form;
    private final Value[] rows;

    // The run at hand: where its first elements are, of each row of A and of B.
    private final Value[] left;
    private final Value right;

    Tables(Code code, Form form) {
      this.code = code;
      this.form = form;
      this.rows = starts(3, 4, 5, form.isAdjacent ? 1 : form.rows);
      this.left = new Value[rows.length];
      for (int r = 0; r < rows.length; r++) {
        left[r] = code.variable(rows[r]);
      }
      this.right = code.variable(number(9));
    }

    @Override
    public void each(Consumer<Value> body) {
      Value width = code.constant(form.vectors * code.lanes().count());
      code.loop(
          code.constant(0),
          number(0),
          1,
          run -> {
            Value start = code.loadOne(number(6), code.plus(number(7), run));
            for (int r = 0; r < left.length; r++) {
              code.set(left[r], code.plus(rows[r], start));
            }
            code.loop(code.constant(0), number(1), 1, body);
            code.set(right, code.plus(right, code.times(number(1), width)));
          });
    }

    @Override
    public Value column(Value k) {
      return form.step == 1 ? k : code.times(k, code.constant(form.step));
    }

    @Override
    public Value left(Value k, Value column, int row) {
      Value first = form.isAdjacent ? left[0] : left[row];
      Value at = code.plus(first, column);
      return form.isAdjacent && row > 0 ? code.plus(at, code.constant(row)) : at;
    }

    @Override
    public Value right(Value k) {
      return code.plus(right, code.times(k, code.constant(form.vectors * code.lanes().count())));
    }

    @Override
    public Value[] results() {
      return starts(11, 12, 13, form.rows);
    }

    private Value[] starts(int offset, int table, int first, int count) {
      var starts = new Value[count];
      for (int r = 0; r < count; r++) {
        Value at = code.plus(number(first), code.constant(r));
        starts[r] = code.variable(code.plus(number(offset), code.loadOne(number(table), at)));
      }
      return starts;
    }

    Value number(int parameter) {
      return code.parameter(Kind.I32, parameter);
    }
  }
}
