package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Nest;
import dev.cajal.engine.cpu.emit.Code;
import dev.cajal.engine.cpu.emit.Kind;
import dev.cajal.engine.cpu.emit.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Writes a reduction across rows: a few vectors of columns are taken side by side from top to
 * bottom, so that no sum waits for another.
 */
final class ColumnWriter {
  private static final int SIDE_BY_SIDE = 4;

  private final LoopWriter loop;
  private final Nest nest;
  private final Code code;
  private final Nest.Reduce reduce;

  ColumnWriter(LoopWriter loop) {
    this.loop = loop;
    this.nest = loop.nest;
    this.code = loop.code;
    this.reduce =
        (Nest.Reduce)
            loop.program.stream().filter(Nest.Reduce.class::isInstance).findFirst().orElseThrow();
  }

  void write(Value[] addresses) {
    inner(0, addresses);
  }

  /** The loops over the inner axes but the last. */
  private void inner(int axis, Value[] addresses) {
    if (axis == nest.inner().size() - 1) {
      along(addresses);
      return;
    }
    int number = 1 + nest.outer().size() + nest.middle().size() + axis;
    code.loop(
        code.constant(0),
        code.constant(nest.inner().get(axis)),
        1,
        index -> inner(axis + 1, loop.moved(code, addresses, number, index)));
  }

  private void along(Value[] addresses) {
    boolean fixed = nest.inner().size() > 1;
    Value start = fixed ? code.constant(0) : code.parameter(Kind.I32, 5);
    Value end = fixed ? code.constant(nest.inner().getLast()) : code.parameter(Kind.I32, 6);
    int lanes = code.lanes().count();
    var needs = new Needs(loop, 0, Map.of());
    needs.addValue(reduce.argument());
    for (int i = 0; i < loop.program.size(); i++) {
      if (loop.program.get(i) instanceof Nest.Store) {
        needs.addStore(i);
      }
    }
    int wide = lanes * SIDE_BY_SIDE;
    Value count = code.minus(end, start);
    Value wideEnd = code.plus(start, code.bitAnd(count, code.constant(-wide)));
    Value wholeEnd = code.plus(start, code.bitAnd(count, code.constant(-lanes)));
    if (nest.inner().getLast() >= wide) {
      apart(needs, addresses, start, wideEnd, SIDE_BY_SIDE, false);
    }
    if (nest.inner().getLast() >= lanes) {
      apart(needs, addresses, wideEnd, wholeEnd, 1, false);
    }
    if (lanes > 1) {
      apart(needs, addresses, wholeEnd, end, 1, true);
    }
  }

  /** The loop over some columns, a few vectors at a time, as a method of its own. */
  private void apart(
      Needs needs, Value[] addresses, Value from, Value to, int vectors, boolean isRest) {
    var numbers = new LinkedHashSet<>(needs.numbers(addresses));
    numbers.add(from);
    numbers.add(to);
    code.apart(
        loop.parts,
        needs.arrays(),
        numbers,
        apart -> {
          Code its = apart.code();
          Scope scope = needs.inside(apart);
          Value[] inside = needs.inside(apart, addresses);
          Value end = apart.of(to);
          its.loop(
              apart.of(from),
              end,
              its.lanes().count() * vectors,
              i -> down(isRest ? scope.with(its.upTo(i, end)) : scope, inside, i, vectors));
        });
  }

  /** Reduces a few vectors of columns and stores what comes out. */
  private void down(Scope scope, Value[] addresses, Value column, int vectors) {
    Code its = scope.code();
    var columns = new ArrayList<Value>();
    var sums = new ArrayList<Value>();
    for (int v = 0; v < vectors; v++) {
      columns.add(v == 0 ? column : its.plus(column, its.constant(v * its.lanes().count())));
      sums.add(its.lanesOf(LoopWriter.neutral(its, reduce)));
    }
    middle(scope, 0, addresses, columns, sums);
    for (int i = 0; i < loop.program.size(); i++) {
      if (loop.program.get(i) instanceof Nest.Store) {
        for (int v = 0; v < vectors; v++) {
          at(scope, addresses, columns.get(v)).store(i, sums.get(v));
        }
      }
    }
  }

  private Element at(Scope scope, Value[] addresses, Value column) {
    return new Element(loop, scope, addresses, column, column, 0, Map.of());
  }

  private void middle(
      Scope scope, int axis, Value[] addresses, List<Value> columns, List<Value> sums) {
    Code its = scope.code();
    if (axis == nest.middle().size()) {
      for (int v = 0; v < sums.size(); v++) {
        Value sum = sums.get(v);
        Value value = at(scope, addresses, columns.get(v)).value(reduce.argument());
        its.set(sum, reduce.isSum() ? its.plus(sum, value) : its.max(sum, value));
      }
      return;
    }
    its.loop(
        its.constant(0),
        its.constant(nest.middle().get(axis)),
        1,
        index ->
            middle(
                scope,
                axis + 1,
                loop.moved(its, addresses, 1 + nest.outer().size() + axis, index),
                columns,
                sums));
  }
}
