package dev.cajal.engine.cpu.emit;

import static java.lang.constant.ConstantDescs.CD_double;

import dev.cajal.math.ErrorFunction;
import dev.cajal.tensor.Unary;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;

/** The elementwise functions of f64: calls of methods that give the same bits on every machine. */
final class Doubles {
  private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
  private static final ClassDesc STRICT_MATH = ClassDesc.of("java.lang.StrictMath");
  private static final ClassDesc ERROR_FUNCTION =
      ClassDesc.ofDescriptor(ErrorFunction.class.descriptorString());

  private final Code code;

  Doubles(Code code) {
    this.code = code;
  }

  Value apply(Unary f, Value x) {
    return switch (f) {
      case NEGATE -> code.negate(x);
      case ABS -> code.abs(x);
      case SIGN -> call(MATH, "signum", x);
      case FLOOR -> call(MATH, "floor", x);
      case CEIL -> call(MATH, "ceil", x);
      case ROUND -> call(MATH, "rint", x);
      case EXP -> strict("exp", x);
      case EXPM1 -> strict("expm1", x);
      case LOG -> strict("log", x);
      case LOG1P -> strict("log1p", x);
      case SQRT -> code.sqrt(x);
      case SIN -> strict("sin", x);
      case COS -> strict("cos", x);
      case TANH -> strict("tanh", x);
      case SIGMOID -> sigmoid(x);
      case SOFTPLUS -> code.plus(positive(x), strict("log1p", decay(x)));
      case ERF -> call(ERROR_FUNCTION, "erf", x);
      case RELU -> positive(x);
      case NOT -> throw new IllegalArgumentException("not does not take F64");
    };
  }

  Value power(Value x, Value y) {
    return strict("pow", x, y);
  }

  /** Of the two forms of the same function, the one whose exp does not overflow. */
  private Value sigmoid(Value x) {
    Value e = decay(x);
    Value one = code.constant(1d);
    Value numerator = code.select(code.lessOrEqual(code.constant(0d), x), one, e);
    return code.over(numerator, code.plus(one, e));
  }

  /** exp(-|x|). */
  private Value decay(Value x) {
    return strict("exp", code.negate(code.abs(x)));
  }

  private Value positive(Value x) {
    return code.max(x, code.constant(0d));
  }

  private Value strict(String method, Value... arguments) {
    return call(STRICT_MATH, method, arguments);
  }

  private Value call(ClassDesc owner, String method, Value... arguments) {
    var parameters = new ClassDesc[arguments.length];
    Arrays.fill(parameters, CD_double);
    var out = code.builder();
    for (Value argument : arguments) {
      out.dload(argument.local());
    }
    out.invokestatic(owner, method, MethodTypeDesc.of(CD_double, parameters));
    int local = out.allocateLocal(TypeKind.DOUBLE);
    out.dstore(local);
    return new Value(Kind.F64, true, local);
  }
}
