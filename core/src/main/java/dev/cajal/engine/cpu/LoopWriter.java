package dev.cajal.engine.cpu;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.util.Objects.requireNonNull;

import dev.cajal.compile.schedule.Nest;
import dev.cajal.compile.schedule.View;
import dev.cajal.engine.cpu.emit.Code;
import dev.cajal.engine.cpu.emit.Generated;
import dev.cajal.engine.cpu.emit.Kind;
import dev.cajal.engine.cpu.emit.Lanes;
import dev.cajal.engine.cpu.emit.Parts;
import dev.cajal.engine.cpu.emit.RowFunction;
import dev.cajal.engine.cpu.emit.Value;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Op;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the code of a nest: a loop over rows, each of which is written by {@link RowWriter} or, if
 * reductions run across rows, by {@link ColumnWriter}.
 */
final class LoopWriter {
  /** Floats at the beginning of the scratch memory in which sums over lanes are taken. */
  static final int LANE_SCRATCH = 16;

  /** How many reductions of a row are taken in one pass at most. */
  static final int MOST_SUMS = 12;

  /** Where in the scratch memory the rows begin that are kept. */
  static final int ROW_SCRATCH = MOST_SUMS * LANE_SCRATCH;

  /** How much of a row is done at once if functions are called and nothing needs a whole row. */
  static final int PIECE = 512;

  private static final MethodTypeDesc SIGNATURE =
      MethodTypeDesc.of(
          CD_void,
          CD_Object.arrayType(),
          CD_int.arrayType(),
          CD_float.arrayType(),
          CD_int,
          CD_int,
          CD_int,
          CD_int);

  final Nest nest;
  final List<Nest.Instruction> program;
  final NestAnalysis analysis;
  final Parts parts;
  final Code code;

  /** What is at hand in the main method. */
  final Scope scope;

  private final Value[] offsets;

  private LoopWriter(Nest nest, NestAnalysis analysis, Parts parts, Code code) {
    this.nest = nest;
    this.program = nest.code();
    this.analysis = analysis;
    this.parts = parts;
    this.code = code;
    this.scope = new Scope(code, code.parameter(Kind.F32, 2));
    this.offsets = new Value[nest.memories()];
  }

  /** The code of a nest, for as many lanes as it can use. */
  static LoopCode write(Nest nest, Lanes wanted) {
    var analysis = new NestAnalysis(nest);
    Lanes lanes = canUse(nest, wanted) ? wanted : Lanes.ONE;
    var parts = new Parts(MethodHandles.lookup(), nest.isColumns() ? "ColumnLoop" : "RowLoop");
    return Generated.instance(
        MethodHandles.lookup(),
        LoopCode.class,
        parts,
        "run",
        SIGNATURE,
        analysis.calls().stream().map(i -> function(nest, i, lanes)).toList(),
        builder -> new LoopWriter(nest, analysis, parts, new Code(builder, lanes)).write(builder));
  }

  private static RowFunction function(Nest nest, int instruction, Lanes lanes) {
    return RowFunction.of(((Nest.Map) nest.code().get(instruction)).function(), lanes);
  }

  /** How many floats of scratch memory the code of a nest needs. */
  static int scratch(Nest nest) {
    return ROW_SCRATCH + new NestAnalysis(nest).slots() * rowLength(nest);
  }

  /** The elements of a row, rounded up so that a whole vector can be stored at its end. */
  static int rowLength(Nest nest) {
    int row = hasFixedRows(nest) ? View.product(nest.inner()) : PIECE;
    return (row + LANE_SCRATCH - 1) / LANE_SCRATCH * LANE_SCRATCH + LANE_SCRATCH;
  }

  /** Whether a row is always done as a whole. */
  static boolean hasFixedRows(Nest nest) {
    return nest.hasReductions() || nest.inner().size() > 1;
  }

  /** Whether a part of the columns can be done alone. */
  static boolean splitsColumns(Nest nest) {
    return nest.inner().size() == 1 && (nest.isColumns() || !nest.hasReductions());
  }

  // What vectors can do.

  static boolean canUse(Nest nest, Lanes lanes) {
    boolean tooShort = nest.inner().getLast() <= 2;
    boolean sumsTruths = nest.isColumns() && movesTruths(nest);
    return lanes.sums() > 1
        && !tooShort
        && !sumsTruths
        && nest.code().stream().allMatch(LoopWriter::suitsVectors);
  }

  /** Whether truths are in memory: they are loaded and stored by whole vectors alone. */
  static boolean movesTruths(Nest nest) {
    return nest.code().stream()
        .anyMatch(instruction ->
            switch (instruction) {
              case Nest.Load load -> load.dtype() == DType.BOOL;
              case Nest.Store store -> store.dtype() == DType.BOOL;
              case Nest.Literal _, Nest.Index _, Nest.Map _, Nest.Reduce _ -> false;
            });
  }

  private static boolean suitsVectors(Nest.Instruction instruction) {
    return switch (instruction) {
      case Nest.Load load ->
          load.dtype() != DType.F64
              && (load.isPerRow()
                  || load.strides().getLast() == 0
                  || load.strides().getLast() == 1);
      case Nest.Store store ->
          store.dtype() != DType.F64 && (store.isPerRow() || store.strides().getLast() == 1);
      case Nest.Index index -> index.dtype() != DType.F64;
      case Nest.Literal literal -> literal.dtype() != DType.F64;
      case Nest.Map map -> map.dtype() != DType.F64 && !isOfDoubles(map.function());
      case Nest.Reduce reduce -> reduce.dtype() == DType.F32;
    };
  }

  private static boolean isOfDoubles(Op function) {
    return function instanceof Op.Cast(var dtype) && dtype == DType.F64;
  }

  // The method.

  private void write(CodeBuilder builder) {
    openMemories(builder);
    for (int i = 0; i < program.size(); i++) {
      if (program.get(i) instanceof Nest.Literal(var dtype, var value)) {
        scope.uniform().put(i, code.number(kind(dtype), value));
      }
    }
    var literals = Map.copyOf(scope.uniform());
    code.loop(
        code.parameter(Kind.I32, 3),
        code.parameter(Kind.I32, 4),
        1,
        row -> {
          Value[] addresses = addresses(row);
          if (nest.isColumns()) {
            new ColumnWriter(this).write(addresses);
          } else {
            new RowWriter(this, addresses).write();
          }
          scope.uniform().keySet().retainAll(literals.keySet());
        });
    builder.return_();
  }

  private void openMemories(CodeBuilder builder) {
    for (Nest.Instruction instruction : program) {
      switch (instruction) {
        case Nest.Load load -> open(builder, load.memory(), kind(load.dtype()));
        case Nest.Store store -> open(builder, store.memory(), kind(store.dtype()));
        case Nest.Literal _, Nest.Index _, Nest.Map _, Nest.Reduce _ -> {}
      }
    }
  }

  private void open(CodeBuilder builder, int memory, Kind kind) {
    if (scope.arrays().containsKey(memory)) {
      return;
    }
    int local = builder.allocateLocal(TypeKind.REFERENCE);
    builder.aload(1).loadConstant(memory).aaload().checkcast(kind.array()).astore(local);
    scope.arrays().put(memory, new Value(kind, true, local));
    int offset = builder.allocateLocal(TypeKind.INT);
    builder.aload(2).loadConstant(memory).iaload().istore(offset);
    offsets[memory] = new Value(Kind.I32, true, offset);
  }

  static Kind kind(DType dtype) {
    return switch (dtype) {
      case F32 -> Kind.F32;
      case F64 -> Kind.F64;
      case I32 -> Kind.I32;
      case BOOL -> Kind.BOOL;
    };
  }

  /** The Java array of a memory, as a method has it. */
  Value array(Scope its, int memory) {
    return requireNonNull(its.arrays().get(memory));
  }

  /** The memory that an instruction reads or writes; negative if it does not. */
  int memory(int instruction) {
    return switch (program.get(instruction)) {
      case Nest.Load load -> load.memory();
      case Nest.Store store -> store.memory();
      case Nest.Literal _, Nest.Index _, Nest.Map _, Nest.Reduce _ -> -1;
    };
  }

  // Addresses.

  /** Where each instruction that reads or writes memory finds the first element of a row. */
  private Value[] addresses(Value row) {
    var addresses = new Value[program.size()];
    var digits = new Digits(row);
    for (int i = 0; i < addresses.length; i++) {
      List<Integer> strides = strides(i);
      if (!strides.isEmpty()) {
        Value steps = digits.offset(strides.subList(0, 1 + nest.outer().size()));
        addresses[i] = code.plus(start(program.get(i)), steps);
      }
    }
    return addresses;
  }

  /** The strides of an instruction that reads or writes memory; empty for others. */
  List<Integer> strides(int instruction) {
    return switch (program.get(instruction)) {
      case Nest.Load load -> load.strides();
      case Nest.Store store -> store.strides();
      case Nest.Index index -> index.strides();
      case Nest.Literal _, Nest.Map _, Nest.Reduce _ -> List.of();
    };
  }

  private Value start(Nest.Instruction instruction) {
    return switch (instruction) {
      case Nest.Load load -> offsets[load.memory()];
      case Nest.Store store -> offsets[store.memory()];
      case Nest.Index index -> code.constant(index.offset());
      case Nest.Literal _, Nest.Map _, Nest.Reduce _ -> throw new AssertionError(instruction);
    };
  }

  /** All addresses, moved on along an axis. */
  Value[] moved(Code its, Value[] addresses, int axis, Value index) {
    var moved = new Value[addresses.length];
    for (int i = 0; i < moved.length; i++) {
      if (addresses[i] != null) {
        moved[i] = its.plus(addresses[i], scaled(its, index, strides(i).get(axis)));
      }
    }
    return moved;
  }

  static Value scaled(Code its, Value index, int stride) {
    return stride == 1 ? index : its.times(index, its.constant(stride));
  }

  /** What a reduction starts from. */
  static Value neutral(Code code, Nest.Reduce reduce) {
    Kind kind = kind(reduce.dtype());
    if (reduce.isSum()) {
      return code.number(kind, 0);
    }
    return kind == Kind.I32
        ? code.constant(Integer.MIN_VALUE)
        : code.number(kind, Double.NEGATIVE_INFINITY);
  }

  /** The number of a row, taken apart into an index along each outer axis. */
  private final class Digits {
    private final Value row;
    private final Map<List<Integer>, Value> known = new HashMap<>();
    private final Value[] digits = new Value[1 + nest.outer().size()];

    Digits(Value row) {
      this.row = row;
    }

    /** How far a row lies from the first one. */
    Value offset(List<Integer> strides) {
      Value offset = known.get(strides);
      if (offset == null) {
        offset = isRegular(strides) ? scaled(code, row, strides.getLast()) : sum(strides);
        known.put(strides, offset);
      }
      return offset;
    }

    /** Whether all axes together are like one. */
    private boolean isRegular(List<Integer> strides) {
      for (int axis = 1; axis < strides.size(); axis++) {
        if (strides.get(axis - 1) != strides.get(axis) * nest.outer().get(axis - 1)) {
          return false;
        }
      }
      return true;
    }

    private Value sum(List<Integer> strides) {
      if (digits[0] == null) {
        takeApart();
      }
      Value sum = scaled(code, digits[0], strides.getFirst());
      for (int axis = 1; axis < strides.size(); axis++) {
        sum = code.plus(sum, scaled(code, digits[axis], strides.get(axis)));
      }
      return sum;
    }

    private void takeApart() {
      Value left = row;
      for (int axis = digits.length - 1; axis > 0; axis--) {
        int size = nest.outer().get(axis - 1);
        Value quotient = code.quotient(left, size);
        digits[axis] = code.minus(left, scaled(code, quotient, size));
        left = quotient;
      }
      digits[0] = left;
    }
  }
}
