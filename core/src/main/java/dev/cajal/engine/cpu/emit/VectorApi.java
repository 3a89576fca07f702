package dev.cajal.engine.cpu.emit;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * The calls of the Vector API that generated code makes, by name: this library is compiled without
 * the incubator module and runs without it.
 */
final class VectorApi {
  private static final String PACKAGE = "jdk.incubator.vector.";
  static final ClassDesc VECTOR = ClassDesc.of(PACKAGE + "Vector");
  static final ClassDesc FLOATS = ClassDesc.of(PACKAGE + "FloatVector");
  static final ClassDesc INTS = ClassDesc.of(PACKAGE + "IntVector");
  static final ClassDesc MASK = ClassDesc.of(PACKAGE + "VectorMask");
  static final ClassDesc SPECIES = ClassDesc.of(PACKAGE + "VectorSpecies");
  private static final ClassDesc OPERATORS = ClassDesc.of(PACKAGE + "VectorOperators");

  private VectorApi() {}

  /** The class of a value that has lanes. */
  static ClassDesc type(Kind kind) {
    return switch (kind) {
      case F32 -> FLOATS;
      case I32 -> INTS;
      case BOOL -> MASK;
      case F64 -> throw new IllegalArgumentException("f64 is computed one number at a time");
    };
  }

  /** Pushes the species: a constant for the compiler, as its field is final. */
  static void species(CodeBuilder out, Kind kind, Lanes lanes) {
    out.getstatic(kind == Kind.I32 ? INTS : FLOATS, "SPECIES_" + lanes.bits(), SPECIES);
  }

  /** From a number on the stack to as many copies as there are lanes; the species lies below it. */
  static void broadcast(CodeBuilder out, Kind kind) {
    switch (kind) {
      case F32 ->
          out.invokestatic(FLOATS, "broadcast", MethodTypeDesc.of(FLOATS, SPECIES, CD_float));
      case I32 -> out.invokestatic(INTS, "broadcast", MethodTypeDesc.of(INTS, SPECIES, CD_int));
      case BOOL -> out.invokeinterface(SPECIES, "maskAll", MethodTypeDesc.of(MASK, CD_boolean));
      case F64 -> throw new IllegalArgumentException("f64 is computed one number at a time");
    }
  }

  /** A method of a vector that takes others and gives one of the same kind. */
  static void lanewise(CodeBuilder out, Kind kind, String method, int others) {
    ClassDesc type = type(kind);
    ClassDesc other = kind == Kind.BOOL ? MASK : VECTOR;
    var parameters = new ClassDesc[others];
    java.util.Arrays.fill(parameters, other);
    out.invokevirtual(type, method, MethodTypeDesc.of(type, parameters));
  }

  /** {@code a.lanewise(OPERATOR, bits)}: shifts by the same number of bits everywhere. */
  static void shift(CodeBuilder out, String operator, int bits) {
    ClassDesc binary = ClassDesc.of(PACKAGE + "VectorOperators$Binary");
    out.getstatic(OPERATORS, operator, binary).loadConstant(bits);
    out.invokevirtual(INTS, "lanewise", MethodTypeDesc.of(INTS, binary, CD_int));
  }

  /** {@code a.lanewise(OPERATOR, b)}, below which lies a; the vector b is pushed in between. */
  static void operate(CodeBuilder out, Kind kind, String operator, Runnable other) {
    ClassDesc binary = ClassDesc.of(PACKAGE + "VectorOperators$Binary");
    ClassDesc type = type(kind);
    out.getstatic(OPERATORS, operator, ClassDesc.of(PACKAGE + "VectorOperators$Associative"));
    other.run();
    out.invokevirtual(type, "lanewise", MethodTypeDesc.of(type, binary, VECTOR));
  }

  /** {@code a.compare(RELATION, b)}, below which lies a; b is pushed in between. */
  static void compare(CodeBuilder out, Kind kind, Lanes lanes, String relation, Runnable other) {
    ClassDesc comparison = ClassDesc.of(PACKAGE + "VectorOperators$Comparison");
    out.getstatic(OPERATORS, relation, comparison);
    other.run();
    out.invokevirtual(type(kind), "compare", MethodTypeDesc.of(MASK, comparison, VECTOR));
    if (kind == Kind.I32) {
      species(out, Kind.F32, lanes);
      out.invokevirtual(MASK, "cast", MethodTypeDesc.of(MASK, SPECIES));
    }
  }

  /** {@code a.convert(CONVERSION, 0)}, or between dtypes of the same size. */
  static void convert(CodeBuilder out, Kind from, Kind to, String conversion) {
    ClassDesc kind = ClassDesc.of(PACKAGE + "VectorOperators$Conversion");
    out.getstatic(OPERATORS, conversion, kind).loadConstant(0);
    out.invokevirtual(type(from), "convert", MethodTypeDesc.of(VECTOR, kind, CD_int));
    out.checkcast(type(to));
  }
}
