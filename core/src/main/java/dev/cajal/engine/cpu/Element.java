package dev.cajal.engine.cpu;

import static dev.cajal.engine.cpu.LoopWriter.scaled;

import dev.cajal.compile.schedule.Nest;
import dev.cajal.engine.cpu.emit.Code;
import dev.cajal.engine.cpu.emit.Functions;
import dev.cajal.engine.cpu.emit.Value;
import dev.cajal.tensor.Op;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The values of a nest's instructions at one place of the innermost loop: each is written once. */
final class Element {
  private final LoopWriter loop;
  private final Scope scope;
  private final Code code;
  private final Value[] addresses;
  private final Value index;
  private final Value position;
  private final int pass;
  private final Map<Integer, Value> values;

  /**
   * The values at a place.
   *
   * @param addresses where the elements with index 0 along the last axis are
   * @param index the index along the last axis
   * @param position the same along all inner axes, and where the row is kept in scratch memory
   * @param pass the pass over the row
   * @param steady values that are the same along the last axis
   */
  Element(
      LoopWriter loop,
      Scope scope,
      Value[] addresses,
      Value index,
      Value position,
      int pass,
      Map<Integer, Value> steady) {
    this.loop = loop;
    this.scope = scope;
    this.code = scope.code();
    this.addresses = addresses;
    this.index = index;
    this.position = position;
    this.pass = pass;
    this.values = new HashMap<>(steady);
  }

  Value value(int instruction) {
    Value known = scope.uniform().get(instruction);
    known = known == null ? values.get(instruction) : known;
    if (known == null) {
      known = compute(instruction);
      values.put(instruction, known);
    }
    return known;
  }

  private Value compute(int instruction) {
    NestAnalysis analysis = loop.analysis;
    if (analysis.isKept(instruction, pass)) {
      return code.load(scope.scratch(), kept(analysis.slot(instruction)));
    }
    return switch (loop.program.get(instruction)) {
      case Nest.Load load -> {
        int stride = load.strides().getLast();
        Value array = loop.array(scope, load.memory());
        Value address = code.plus(addresses[instruction], scaled(code, index, stride));
        yield stride == 1 ? code.load(array, address) : code.loadOne(array, address);
      }
      case Nest.Index of -> {
        int stride = of.strides().getLast();
        Value first = code.plus(addresses[instruction], scaled(code, index, stride));
        Value numbers = stride == 0 ? first : code.indices(first, stride);
        yield code.convert(numbers, LoopWriter.kind(of.dtype()));
      }
      case Nest.Map map -> apply(code, map, map.arguments().stream().map(this::value).toList());
      case Nest.Literal _, Nest.Reduce _, Nest.Store _ -> throw new AssertionError(instruction);
    };
  }

  /** Keeps the value of an instruction for a later pass. */
  void keep(int instruction) {
    code.store(scope.scratch(), kept(loop.analysis.slot(instruction)), value(instruction));
  }

  /** Keeps the arguments of a function, which is called when they are there for the whole row. */
  void keepArguments(int instruction) {
    List<Integer> arguments = ((Nest.Map) loop.program.get(instruction)).arguments();
    Value first = value(arguments.getFirst());
    Value second = value(arguments.getLast());
    code.store(scope.scratch(), kept(loop.analysis.slot(instruction)), first);
    if (arguments.size() > 1) {
      code.store(scope.scratch(), kept(loop.analysis.secondSlot(instruction)), second);
    }
  }

  private Value kept(int slot) {
    return code.plus(position, code.constant(slot * LoopWriter.rowLength(loop.nest)));
  }

  /** Does a store, whose value may have been computed before. */
  void store(int instruction, Value value) {
    Nest.Store store = (Nest.Store) loop.program.get(instruction);
    code.store(loop.array(scope, store.memory()), place(instruction, store), value);
  }

  /** What is where a store puts something. */
  Value stored(int instruction) {
    Nest.Store store = (Nest.Store) loop.program.get(instruction);
    return code.load(loop.array(scope, store.memory()), place(instruction, store));
  }

  private Value place(int instruction, Nest.Store store) {
    return code.plus(addresses[instruction], scaled(code, index, store.strides().getLast()));
  }

  static Value apply(Code code, Nest.Map map, List<Value> arguments) {
    Value a = Objects.requireNonNull(arguments.getFirst());
    Value b = arguments.getLast();
    var functions = new Functions(code);
    return switch (map.function()) {
      case Op.Map1(var f) -> functions.apply(f, a);
      case Op.Map2(var f) -> functions.apply(f, a, b);
      case Op.Compare(var relation) ->
          switch (relation) {
            case LESS -> code.less(a, b);
            case LESS_OR_EQUAL -> code.lessOrEqual(a, b);
            case EQUAL -> code.equal(a, b);
          };
      case Op.Select _ -> code.select(a, arguments.get(1), b);
      case Op.Cast(var dtype) -> code.convert(a, LoopWriter.kind(dtype));
      default -> throw new AssertionError(map.function());
    };
  }
}
