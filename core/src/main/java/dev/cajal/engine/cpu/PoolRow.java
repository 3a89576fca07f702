package dev.cajal.engine.cpu;

import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.cajal.engine.cpu.emit.Code;
import dev.cajal.engine.cpu.emit.Generated;
import dev.cajal.engine.cpu.emit.Kind;
import dev.cajal.engine.cpu.emit.Lanes;
import dev.cajal.engine.cpu.emit.Value;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Compares a row of numbers, one a channel, with the largest so far. */
interface PoolRow {
  /**
   * Where a number of the row is larger, or NaN, it and its position take the place of the former.
   *
   * @param at where in {@code values} the row begins
   * @param largest the largest so far, from 0 on
   * @param y their positions, from {@code to} on
   * @param position the position of the row's first number
   */
  void compare(float[] values, int at, float[] largest, int[] y, int to, int position, int count);

  /** Generated for vectors of so many lanes. */
  static PoolRow of(Lanes lanes) {
    return Made.ALL.computeIfAbsent(lanes, Made::make);
  }

  /** Those that were made. */
  final class Made {
    private static final ConcurrentMap<Lanes, PoolRow> ALL = new ConcurrentHashMap<>();

    private Made() {}

    private static PoolRow make(Lanes lanes) {
      return Generated.instance(
          MethodHandles.lookup(),
          PoolRow.class,
          "PoolRow",
          "compare",
          MethodTypeDesc.of(
              CD_void,
              CD_float.arrayType(),
              CD_int,
              CD_float.arrayType(),
              CD_int.arrayType(),
              CD_int,
              CD_int,
              CD_int),
          builder -> {
            var code = new Code(builder, lanes);
            Value count = code.parameter(Kind.I32, 6);
            Value whole = code.bitAnd(count, code.constant(-lanes.count()));
            code.loop(code.constant(0), whole, lanes.count(), i -> write(code, i));
            Code one = code.with(Lanes.ONE);
            one.loop(whole, count, 1, i -> write(one, i));
            builder.return_();
          });
    }

    private static void write(Code code, Value i) {
      Value values = code.parameter(Kind.F32, 0);
      Value largest = code.parameter(Kind.F32, 2);
      Value y = code.parameter(Kind.I32, 3);
      Value place = code.plus(code.parameter(Kind.I32, 4), i);
      Value value = code.load(values, code.plus(code.parameter(Kind.I32, 1), i));
      Value best = code.load(largest, i);
      Value position = code.indices(code.plus(code.parameter(Kind.I32, 5), i), 1);
      Value isFirstNaN = code.and(code.not(code.equal(value, value)), code.equal(best, best));
      Value isLarger = code.or(code.less(best, value), isFirstNaN);
      code.store(largest, i, code.select(isLarger, value, best));
      code.store(y, place, code.select(isLarger, position, code.load(y, place)));
    }
  }
}
