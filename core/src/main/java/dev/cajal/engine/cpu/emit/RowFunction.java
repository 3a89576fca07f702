package dev.cajal.engine.cpu.emit;

import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.cajal.tensor.Binary;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Unary;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A function that takes many operations, applied to a row of numbers that is in the cache. Loops
 * share these instead of each containing the same polynomials: the compiler then has to do with few
 * and small methods. It costs a store and a load an element, some 0.1 ns.
 */
public interface RowFunction {
  /**
   * Applies it in place.
   *
   * @param row memory that has the numbers from {@code at} on; whole vectors are read and written,
   *     so there must be room behind them
   * @param other where the second arguments are, if it takes two
   */
  void apply(float[] row, int at, int other, int count);

  /** Whether a function is worth a call. */
  static boolean isWorthACall(Op function) {
    return switch (function) {
      case Op.Map1(var f) ->
          switch (f) {
            case EXP, EXPM1, LOG, LOG1P, SIN, COS, TANH, SIGMOID, SOFTPLUS, ERF -> true;
            case NEGATE, ABS, SIGN, FLOOR, CEIL, ROUND, SQRT, RELU, NOT -> false;
          };
      case Op.Map2(var f) -> f == Binary.POWER;
      default -> false;
    };
  }

  /** The function for vectors of so many lanes. */
  static RowFunction of(Op function, Lanes lanes) {
    return Made.ALL.computeIfAbsent(new Made.Key(function, lanes), Made::make);
  }

  /** Those that were made. */
  final class Made {
    private static final ConcurrentMap<Key, RowFunction> ALL = new ConcurrentHashMap<>();

    private record Key(Op function, Lanes lanes) {}

    private Made() {}

    private static RowFunction make(Key key) {
      return Generated.instance(
          MethodHandles.lookup(),
          RowFunction.class,
          name(key.function),
          "apply",
          MethodTypeDesc.of(CD_void, CD_float.arrayType(), CD_int, CD_int, CD_int),
          builder -> {
            var code = new Code(builder, key.lanes);
            Value row = code.parameter(Kind.F32, 0);
            Value at = code.parameter(Kind.I32, 1);
            Value other = code.parameter(Kind.I32, 2);
            Value count = code.parameter(Kind.I32, 3);
            code.loop(
                code.constant(0),
                count,
                key.lanes.count(),
                i -> {
                  Value x = code.load(row, code.plus(at, i));
                  Value y = applied(code, key.function, x, row, code.plus(other, i));
                  code.store(row, code.plus(at, i), y);
                });
            builder.return_();
          });
    }

    private static Value applied(Code code, Op function, Value x, Value row, Value second) {
      var functions = new Functions(code);
      return switch (function) {
        case Op.Map1(var f) -> functions.apply(f, x);
        case Op.Map2(var f) -> functions.apply(f, x, code.load(row, second));
        default -> throw new AssertionError(function);
      };
    }

    private static String name(Op function) {
      Enum<?> f =
          switch (function) {
            case Op.Map1(Unary its) -> its;
            case Op.Map2(Binary its) -> its;
            default -> throw new AssertionError(function);
          };
      return "Row_" + f.name();
    }
  }
}
