package dev.cajal.engine.cpu.emit;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;

/** What a value in generated code is: one number of a dtype, or as many as there are lanes. */
public enum Kind {
  F32,
  F64,
  I32,
  BOOL;

  /** The descriptor of one number. */
  ClassDesc element() {
    return switch (this) {
      case F32 -> CD_float;
      case F64 -> CD_double;
      case I32 -> CD_int;
      case BOOL -> CD_boolean;
    };
  }

  /** How the JVM handles one number. */
  TypeKind type() {
    return switch (this) {
      case F32 -> TypeKind.FLOAT;
      case F64 -> TypeKind.DOUBLE;
      case I32 -> TypeKind.INT;
      case BOOL -> TypeKind.BOOLEAN;
    };
  }

  /** The descriptor of a Java array of such numbers. */
  public ClassDesc array() {
    return element().arrayType();
  }
}
