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
import java.util.concurrent.atomic.AtomicReferenceArray;

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
          FLOATS,
          CD_int,
          INTS,
          CD_int,
          INTS,
          CD_int,
          FLOATS,
          CD_int,
          CD_int,
          FLOATS,
          CD_int,
          INTS,
          CD_int,
          CD_boolean);

  /** How many vectors a tile has at most. */
  static final int VECTORS = 2;

  private static final ConcurrentHashMap<Lanes, WindowKernels> ALL = new ConcurrentHashMap<>();

  private final Lanes lanes;
  private final Tiling tiling;
  private final Packing packing;
  private final AtomicReferenceArray<WindowKernel> written;

  private WindowKernels(Lanes lanes) {
    this.lanes = lanes;
    this.tiling = new Tiling(lanes);
    this.packing = new Packing(lanes);
    this.written = new AtomicReferenceArray<>(2 * (tiling.rows() + 1) * (VECTORS + 1));
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

  /**
   * The kernel for a tile.
   *
   * @param adjacent whether rows begin one element apart, so that one address serves them all
   */
  WindowKernel of(int rows, int vectors, boolean adjacent) {
    int place = (rows * (VECTORS + 1) + vectors) * 2 + (adjacent ? 1 : 0);
    WindowKernel kernel = written.getAcquire(place);
    return kernel != null ? kernel : write(place, rows, vectors, adjacent);
  }

  private synchronized WindowKernel write(int place, int rows, int vectors, boolean adjacent) {
    WindowKernel kernel = written.get(place);
    if (kernel == null) {
      kernel =
          Generated.instance(
              MethodHandles.lookup(),
              WindowKernel.class,
              (adjacent ? "Adjacent%dx%d" : "Window%dx%d").formatted(rows, vectors),
              "multiply",
              SIGNATURE,
              builder -> {
                var code = new Code(builder, lanes);
                var places = new Tables(code, rows, adjacent);
                var arrays =
                    new TileWriter.Arrays(
                        code.parameter(Kind.F32, 1),
                        code.parameter(Kind.F32, 7),
                        code.parameter(Kind.F32, 10));
                new TileWriter(code, rows, vectors).write(arrays, places, places.number(0), 14);
                builder.return_();
              });
      written.setRelease(place, kernel);
    }
    return kernel;
  }

  /** Where the numbers of a tile lie, by the tables. */
  private static final class Tables implements TileWriter.Places {
    private final Code code;
    private final int rows;
    private final boolean adjacent;
    private final Value[] left;

    Tables(Code code, int rows, boolean adjacent) {
      this.code = code;
      this.rows = rows;
      this.adjacent = adjacent;
      this.left = starts(2, 3, 4, adjacent ? 1 : rows);
    }

    @Override
    public Value column(Value k) {
      Value step = code.loadOne(number(5), code.plus(number(6), k));
      return adjacent ? code.plus(left[0], step) : step;
    }

    @Override
    public Value left(Value k, Value column, int row) {
      return code.plus(adjacent ? code.constant(row) : left[row], column);
    }

    @Override
    public Value right(Value k) {
      return code.plus(number(8), code.times(k, number(9)));
    }

    @Override
    public Value[] results() {
      return starts(11, 12, 13, rows);
    }

    private Value[] starts(int offset, int table, int first, int count) {
      var starts = new Value[count];
      for (int r = 0; r < count; r++) {
        Value at = code.plus(number(first), code.constant(r));
        starts[r] = code.plus(number(offset), code.loadOne(number(table), at));
      }
      return starts;
    }

    Value number(int parameter) {
      return code.parameter(Kind.I32, parameter);
    }
  }
}
