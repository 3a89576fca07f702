package dev.cajal.engine.cpu.emit;

import static dev.cajal.engine.cpu.emit.VectorApi.FLOATS;
import static dev.cajal.engine.cpu.emit.VectorApi.INTS;
import static dev.cajal.engine.cpu.emit.VectorApi.MASK;
import static dev.cajal.engine.cpu.emit.VectorApi.SPECIES;
import static dev.cajal.engine.cpu.emit.VectorApi.VECTOR;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.DEFAULT_NAME;
import static java.util.Objects.requireNonNull;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes the body of a method, value by value: {@code code.plus(a, b)} appends the addition and
 * gives the local variable that holds the sum. The same calls write vector code and plain code, as
 * the {@link Lanes} say, and both compute the same bits.
 *
 * <p>A uniform value is one number; where it meets lanes it is broadcast. Everything is written
 * inline: a helper method that returns vectors stops being inlined at about its third call, and its
 * vectors then live on the heap.
 */
public final class Code {
  private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
  private static final ClassDesc FLOAT = ClassDesc.of("java.lang.Float");

  private static final DirectMethodHandleDesc CLASS_DATA =
      ConstantDescs.ofConstantBootstrap(
          ClassDesc.of("java.lang.invoke.MethodHandles"), "classDataAt", CD_Object, CD_int);

  private final CodeBuilder out;
  private final Lanes lanes;
  private final Optional<Value> active;

  public Code(CodeBuilder out, Lanes lanes) {
    this(out, lanes, Optional.empty());
  }

  private Code(CodeBuilder out, Lanes lanes, Optional<Value> active) {
    this.out = out;
    this.lanes = lanes;
    this.active = active;
  }

  public Lanes lanes() {
    return lanes;
  }

  /** For what is not in this class: the method's own builder. */
  public CodeBuilder builder() {
    return out;
  }

  /** The same method, continued with other lanes: plain code beside vector code. */
  public Code with(Lanes others) {
    return new Code(out, others);
  }

  /**
   * The same method, continued with the first lanes alone, as many as are left until an end: loads
   * give 0 in the others, stores leave them alone.
   */
  public Code upTo(Value from, Value end) {
    VectorApi.species(out, Kind.F32, lanes);
    push(from);
    push(end);
    out.invokeinterface(SPECIES, "indexInRange", MethodTypeDesc.of(MASK, CD_int, CD_int));
    return new Code(out, lanes, Optional.of(pop(Kind.BOOL, false)));
  }

  /** Which lanes count, where not all do. */
  public Optional<Value> active() {
    return active;
  }

  // Constants and variables.

  public Value constant(float number) {
    out.loadConstant(number);
    return pop(Kind.F32, true);
  }

  public Value constant(double number) {
    out.loadConstant(number);
    return pop(Kind.F64, true);
  }

  public Value constant(int number) {
    out.loadConstant(number);
    return pop(Kind.I32, true);
  }

  public Value constant(boolean truth) {
    out.loadConstant(truth ? 1 : 0);
    return pop(Kind.BOOL, true);
  }

  /** A parameter of the method, counted from 0. */
  public Value parameter(Kind kind, int position) {
    return new Value(kind, true, out.parameterSlot(position));
  }

  /** A variable that starts as a value and can be {@link #set} to others. */
  public Value variable(Value initial) {
    push(initial);
    return pop(initial.kind(), initial.uniform());
  }

  /** A variable that has lanes and starts as copies of a number. */
  public Value lanesOf(Value initial) {
    return variable(broadcast(initial));
  }

  /** Gives a variable another value. */
  public void set(Value variable, Value value) {
    push(value, variable.uniform());
    popInto(variable);
  }

  /** As many copies of a number as there are lanes. */
  public Value broadcast(Value a) {
    if (!a.uniform() || !lanes.isVector()) {
      return a;
    }
    push(a, false);
    return pop(a.kind(), false);
  }

  /** {@code start, start + step, start + 2·step, …}, one a lane; of i32. */
  public Value indices(Value start, int step) {
    if (!lanes.isVector()) {
      return start;
    }
    push(start, false);
    out.loadConstant(step);
    out.invokevirtual(INTS, "addIndex", MethodTypeDesc.of(INTS, CD_int));
    return pop(Kind.I32, false);
  }

  // Arithmetic.

  public Value plus(Value a, Value b) {
    return arithmetic(a, b, "add", this::add);
  }

  public Value minus(Value a, Value b) {
    return arithmetic(a, b, "sub", this::subtract);
  }

  public Value times(Value a, Value b) {
    return arithmetic(a, b, "mul", this::multiply);
  }

  /** The quotient; of floating point numbers alone. */
  public Value over(Value a, Value b) {
    return arithmetic(a, b, "div", this::divide);
  }

  /** {@code a · b + c}, rounded once. */
  public Value fma(Value a, Value b, Value c) {
    boolean uniform = a.uniform() && b.uniform() && c.uniform();
    push(a, uniform);
    push(b, uniform);
    push(c, uniform);
    if (isPlain(uniform)) {
      ClassDesc type = a.kind().element();
      out.invokestatic(MATH, "fma", MethodTypeDesc.of(type, type, type, type));
    } else {
      VectorApi.lanewise(out, a.kind(), "fma", 2);
    }
    return pop(a.kind(), uniform);
  }

  public Value negate(Value a) {
    push(a);
    if (!isPlain(a.uniform())) {
      VectorApi.lanewise(out, a.kind(), "neg", 0);
    } else {
      switch (a.kind()) {
        case F32 -> out.fneg();
        case F64 -> out.dneg();
        case I32 -> out.ineg();
        case BOOL -> throw new IllegalArgumentException("a truth has no sign");
      }
    }
    return pop(a.kind(), a.uniform());
  }

  public Value abs(Value a) {
    return math(a, "abs", "abs");
  }

  public Value sqrt(Value a) {
    if (a.kind() == Kind.F32 && isPlain(a.uniform())) {
      // Correctly rounded: twice the digits are enough for that.
      push(a);
      out.f2d().invokestatic(MATH, "sqrt", MethodTypeDesc.of(CD_double, CD_double)).d2f();
      return pop(Kind.F32, a.uniform());
    }
    return math(a, "sqrt", "sqrt");
  }

  /** The larger; NaN if either is, and 0 is larger than -0. */
  public Value max(Value a, Value b) {
    return arithmetic(a, b, "max", kind -> twice("max", kind));
  }

  public Value min(Value a, Value b) {
    return arithmetic(a, b, "min", kind -> twice("min", kind));
  }

  private void twice(String method, Kind kind) {
    out.invokestatic(
        MATH, method, MethodTypeDesc.of(kind.element(), kind.element(), kind.element()));
  }

  private Value math(Value a, String plain, String vector) {
    push(a);
    if (isPlain(a.uniform())) {
      out.invokestatic(MATH, plain, MethodTypeDesc.of(a.kind().element(), a.kind().element()));
    } else {
      VectorApi.lanewise(out, a.kind(), vector, 0);
    }
    return pop(a.kind(), a.uniform());
  }

  private Value arithmetic(Value a, Value b, String method, Consumer<Kind> plain) {
    requireAlike(a, b);
    boolean uniform = a.uniform() && b.uniform();
    push(a, uniform);
    push(b, uniform);
    if (isPlain(uniform)) {
      plain.accept(a.kind());
    } else {
      VectorApi.lanewise(out, a.kind(), method, 1);
    }
    return pop(a.kind(), uniform);
  }

  private void add(Kind kind) {
    switch (kind) {
      case F32 -> out.fadd();
      case F64 -> out.dadd();
      case I32 -> out.iadd();
      case BOOL -> throw new IllegalArgumentException("truths are not added");
    }
  }

  private void subtract(Kind kind) {
    switch (kind) {
      case F32 -> out.fsub();
      case F64 -> out.dsub();
      case I32 -> out.isub();
      case BOOL -> throw new IllegalArgumentException("truths are not subtracted");
    }
  }

  private void multiply(Kind kind) {
    switch (kind) {
      case F32 -> out.fmul();
      case F64 -> out.dmul();
      case I32 -> out.imul();
      case BOOL -> throw new IllegalArgumentException("truths are not multiplied");
    }
  }

  private void divide(Kind kind) {
    switch (kind) {
      case F32 -> out.fdiv();
      case F64 -> out.ddiv();
      case I32, BOOL -> throw new IllegalArgumentException(kind + " is not divided");
    }
  }

  /** The quotient of a number that is not negative and a positive constant, rounded down. */
  public Value quotient(Value a, int by) {
    push(a);
    out.loadConstant(by).idiv();
    return pop(Kind.I32, true);
  }

  // Bits of i32.

  public Value bitAnd(Value a, Value b) {
    return bitwise(a, b, "AND", out::iand);
  }

  public Value bitOr(Value a, Value b) {
    return bitwise(a, b, "OR", out::ior);
  }

  public Value bitXor(Value a, Value b) {
    return bitwise(a, b, "XOR", out::ixor);
  }

  private Value bitwise(Value a, Value b, String operator, Runnable plain) {
    boolean uniform = a.uniform() && b.uniform();
    push(a, uniform);
    if (isPlain(uniform)) {
      push(b);
      plain.run();
    } else {
      VectorApi.operate(out, Kind.I32, operator, () -> push(b, false));
    }
    return pop(Kind.I32, uniform);
  }

  /** Lane i is what two vectors, one behind the other, have at {@code index[i]}. */
  public Value selectFrom(Value index, Value a, Value b) {
    push(index);
    push(a, false);
    push(b, false);
    out.invokevirtual(INTS, "selectFrom", MethodTypeDesc.of(INTS, VECTOR, VECTOR));
    return pop(Kind.I32, false);
  }

  public Value shiftLeft(Value a, int bits) {
    return shift(a, bits, "LSHL", out::ishl);
  }

  /** Keeps the sign. */
  public Value shiftRight(Value a, int bits) {
    return shift(a, bits, "ASHR", out::ishr);
  }

  /** Fills with zeros. */
  public Value shiftRightUnsigned(Value a, int bits) {
    return shift(a, bits, "LSHR", out::iushr);
  }

  private Value shift(Value a, int bits, String operator, Runnable plain) {
    push(a);
    if (isPlain(a.uniform())) {
      out.loadConstant(bits);
      plain.run();
    } else {
      VectorApi.shift(out, operator, bits);
    }
    return pop(Kind.I32, a.uniform());
  }

  // From one kind to another.

  /** The bits of an f32 as an i32. */
  public Value toBits(Value a) {
    push(a);
    if (isPlain(a.uniform())) {
      out.invokestatic(FLOAT, "floatToRawIntBits", MethodTypeDesc.of(CD_int, CD_float));
    } else {
      out.invokevirtual(FLOATS, "reinterpretAsInts", MethodTypeDesc.of(INTS));
    }
    return pop(Kind.I32, a.uniform());
  }

  /** The f32 that has the bits of an i32. */
  public Value fromBits(Value a) {
    push(a);
    if (isPlain(a.uniform())) {
      out.invokestatic(FLOAT, "intBitsToFloat", MethodTypeDesc.of(CD_float, CD_int));
    } else {
      out.invokevirtual(INTS, "reinterpretAsFloats", MethodTypeDesc.of(FLOATS));
    }
    return pop(Kind.F32, a.uniform());
  }

  /**
   * A number in another kind: to i32 rounded towards zero and kept in its range, NaN as 0; to bool
   * whether it differs from 0; true is 1.
   */
  public Value convert(Value a, Kind to) {
    if (a.kind() == to) {
      return a;
    }
    if (to == Kind.BOOL) {
      return not(equal(a, zero(a.kind())));
    }
    if (a.kind() == Kind.BOOL) {
      return select(a, one(to), zero(to));
    }
    push(a);
    if (!isPlain(a.uniform())) {
      VectorApi.convert(out, a.kind(), to, a.kind() == Kind.F32 ? "F2I" : "I2F");
    } else {
      out.conversion(a.kind().type(), to.type());
    }
    return pop(to, a.uniform());
  }

  private Value zero(Kind kind) {
    return number(kind, 0);
  }

  private Value one(Kind kind) {
    return number(kind, 1);
  }

  /** A number as a constant of a kind. */
  public Value number(Kind kind, double number) {
    return switch (kind) {
      case F32 -> constant((float) number);
      case F64 -> constant(number);
      case I32 -> constant((int) number);
      case BOOL -> constant(number != 0);
    };
  }

  // Truths.

  public Value less(Value a, Value b) {
    return compare(a, b, "LT");
  }

  public Value lessOrEqual(Value a, Value b) {
    return compare(a, b, "LE");
  }

  public Value equal(Value a, Value b) {
    return compare(a, b, "EQ");
  }

  private Value compare(Value a, Value b, String relation) {
    requireAlike(a, b);
    boolean uniform = a.uniform() && b.uniform();
    if (a.kind() == Kind.BOOL) {
      return compareTruths(a, b, relation);
    }
    push(a, uniform);
    if (isPlain(uniform)) {
      push(b);
      comparePlain(a.kind(), relation);
    } else {
      VectorApi.compare(out, a.kind(), lanes, relation, () -> push(b, false));
    }
    return pop(Kind.BOOL, uniform);
  }

  /** False is less than true. */
  private Value compareTruths(Value a, Value b, String relation) {
    return switch (relation) {
      case "LT" -> and(not(a), b);
      case "LE" -> or(not(a), b);
      default -> or(and(a, b), not(or(a, b)));
    };
  }

  private void comparePlain(Kind kind, String relation) {
    Label yes = out.newLabel();
    Label end = out.newLabel();
    if (kind == Kind.I32) {
      switch (relation) {
        case "LT" -> out.if_icmplt(yes);
        case "LE" -> out.if_icmple(yes);
        default -> out.if_icmpeq(yes);
      }
    } else {
      // With NaN the comparison gives 1, for which neither < nor ≤ nor = holds.
      if (kind == Kind.F32) {
        out.fcmpg();
      } else {
        out.dcmpg();
      }
      switch (relation) {
        case "LT" -> out.iflt(yes);
        case "LE" -> out.ifle(yes);
        default -> out.ifeq(yes);
      }
    }
    out.iconst_0().goto_(end).labelBinding(yes).iconst_1().labelBinding(end);
  }

  public Value and(Value a, Value b) {
    return logical(a, b, "and", out::iand);
  }

  public Value or(Value a, Value b) {
    return logical(a, b, "or", out::ior);
  }

  private Value logical(Value a, Value b, String method, Runnable plain) {
    boolean uniform = a.uniform() && b.uniform();
    push(a, uniform);
    push(b, uniform);
    if (isPlain(uniform)) {
      plain.run();
    } else {
      VectorApi.lanewise(out, Kind.BOOL, method, 1);
    }
    return pop(Kind.BOOL, uniform);
  }

  public Value not(Value a) {
    push(a);
    if (isPlain(a.uniform())) {
      out.iconst_1().ixor();
    } else {
      VectorApi.lanewise(out, Kind.BOOL, "not", 0);
    }
    return pop(Kind.BOOL, a.uniform());
  }

  /** {@code condition ? a : b}; both are computed. */
  public Value select(Value condition, Value a, Value b) {
    requireAlike(a, b);
    if (a.kind() == Kind.BOOL) {
      return or(and(condition, a), and(not(condition), b));
    }
    boolean uniform = condition.uniform() && a.uniform() && b.uniform();
    if (isPlain(uniform)) {
      Label no = out.newLabel();
      Label end = out.newLabel();
      push(condition);
      out.ifeq(no);
      push(a);
      out.goto_(end).labelBinding(no);
      push(b);
      out.labelBinding(end);
    } else {
      push(b, false);
      push(a, false);
      push(condition, false);
      ClassDesc type = VectorApi.type(a.kind());
      if (a.kind() == Kind.I32) {
        VectorApi.species(out, Kind.I32, lanes);
        out.invokevirtual(MASK, "cast", MethodTypeDesc.of(MASK, SPECIES));
      }
      out.invokevirtual(type, "blend", MethodTypeDesc.of(type, VECTOR, MASK));
    }
    return pop(a.kind(), uniform);
  }

  // Memory.

  /** The lanes that begin at an index of a Java array. */
  public Value load(Value array, Value index) {
    if (!lanes.isVector()) {
      return loadOne(array, index);
    }
    Kind kind = array.kind();
    VectorApi.species(out, kind, lanes);
    pushReference(array);
    push(index);
    var parameters = new ArrayList<>(List.of(SPECIES, kind.array(), CD_int));
    pushActive(kind, parameters);
    ClassDesc type = VectorApi.type(kind);
    out.invokestatic(type, "fromArray", MethodTypeDesc.of(type, parameters));
    return pop(kind, false);
  }

  /** The number at an index of a Java array. */
  public Value loadOne(Value array, Value index) {
    pushReference(array);
    push(index);
    out.arrayLoad(array.kind().type());
    return pop(array.kind(), true);
  }

  /** Stores lanes from an index of a Java array on. */
  public void store(Value array, Value index, Value value) {
    if (!lanes.isVector()) {
      storeOne(array, index, value);
      return;
    }
    Kind kind = array.kind();
    push(value, false);
    pushReference(array);
    push(index);
    var parameters = new ArrayList<>(List.of(kind.array(), CD_int));
    pushActive(kind, parameters);
    out.invokevirtual(VectorApi.type(kind), "intoArray", MethodTypeDesc.of(CD_void, parameters));
  }

  public void storeOne(Value array, Value index, Value value) {
    pushReference(array);
    push(index);
    push(value);
    out.arrayStore(array.kind().type());
  }

  private void pushActive(Kind kind, List<ClassDesc> parameters) {
    active.ifPresent(mask -> {
      if (kind == Kind.BOOL) {
        throw new IllegalArgumentException("truths are loaded and stored by whole vectors");
      }
      push(mask);
      if (kind == Kind.I32) {
        VectorApi.species(out, Kind.I32, lanes);
        out.invokevirtual(MASK, "cast", MethodTypeDesc.of(MASK, SPECIES));
      }
      parameters.add(MASK);
    });
  }

  // Loops.

  /** {@code for (int i = from; i < end; i += step)}. */
  public void loop(Value from, Value end, int step, Consumer<Value> body) {
    Value i = variable(from);
    Label top = out.newLabel();
    Label bottom = out.newLabel();
    out.labelBinding(top);
    push(i);
    push(end);
    out.if_icmpge(bottom);
    body.accept(i);
    out.iinc(i.local(), step).goto_(top).labelBinding(bottom);
  }

  // Calls.

  /** What is written in a method of its own: its code, and what the values outside are there. */
  public record Apart(Code code, Map<Value, Value> values) {
    public Value of(Value outside) {
      return requireNonNull(values.get(outside));
    }
  }

  /**
   * Writes something as a method of its own, and calls it.
   *
   * @param arrays Java arrays that are used there
   * @param numbers uniform values that are used there
   */
  public void apart(
      Parts parts, Collection<Value> arrays, Collection<Value> numbers, Consumer<Apart> body) {
    var parameters = new ArrayList<ClassDesc>();
    arrays.forEach(array -> parameters.add(array.kind().array()));
    numbers.forEach(number -> parameters.add(number.kind().element()));
    String name =
        parts.add(
            parameters,
            builder -> {
              var values = new HashMap<Value, Value>();
              int parameter = 0;
              for (Value array : arrays) {
                values.put(
                    array, new Value(array.kind(), true, builder.parameterSlot(parameter++)));
              }
              for (Value number : numbers) {
                values.put(
                    number, new Value(number.kind(), true, builder.parameterSlot(parameter++)));
              }
              body.accept(new Apart(new Code(builder, lanes), values));
              builder.return_();
            });
    arrays.forEach(this::pushReference);
    numbers.forEach(this::push);
    out.invokestatic(parts.self(), name, MethodTypeDesc.of(CD_void, parameters));
  }

  /** Applies one of the method's constant objects to a row; see {@link RowFunction#apply}. */
  public void apply(int function, Value row, Value at, Value other, Value count) {
    ClassDesc type = ClassDesc.ofDescriptor(RowFunction.class.descriptorString());
    object(function, type);
    pushReference(row);
    push(at);
    push(other);
    push(count);
    out.invokeinterface(
        type, "apply", MethodTypeDesc.of(CD_void, Kind.F32.array(), CD_int, CD_int, CD_int));
  }

  /** Pushes one of the constant objects that the class was made with. */
  private void object(int position, ClassDesc type) {
    out.loadConstant(DynamicConstantDesc.ofNamed(CLASS_DATA, DEFAULT_NAME, type, position));
  }

  // The operand stack.

  /**
   * Whether an operation is written as plain Java: on one number, or where there are no vectors.
   */
  private boolean isPlain(boolean uniform) {
    return uniform || !lanes.isVector();
  }

  private static void requireAlike(Value a, Value b) {
    if (a.kind() != b.kind()) {
      throw new IllegalArgumentException("%s meets %s".formatted(a.kind(), b.kind()));
    }
  }

  private TypeKind typeOf(Kind kind, boolean uniform) {
    return isPlain(uniform) ? kind.type() : TypeKind.REFERENCE;
  }

  private void push(Value value) {
    out.loadLocal(typeOf(value.kind(), value.uniform()), value.local());
  }

  private void pushReference(Value array) {
    out.loadLocal(TypeKind.REFERENCE, array.local());
  }

  /** Pushes a value as one number or as lanes, whichever is wanted. */
  private void push(Value value, boolean uniform) {
    if (uniform || !value.uniform() || !lanes.isVector()) {
      push(value);
      return;
    }
    VectorApi.species(out, value.kind(), lanes);
    push(value);
    VectorApi.broadcast(out, value.kind());
  }

  /** Moves the top of the stack into a new local variable. */
  private Value pop(Kind kind, boolean uniform) {
    int local = out.allocateLocal(typeOf(kind, uniform));
    Value value = new Value(kind, uniform, local);
    popInto(value);
    return value;
  }

  private void popInto(Value value) {
    out.storeLocal(typeOf(value.kind(), value.uniform()), value.local());
  }
}
