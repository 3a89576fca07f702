package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Nest;
import dev.cajal.compile.schedule.View;
import dev.cajal.engine.cpu.emit.Code;
import dev.cajal.engine.cpu.emit.Kind;
import dev.cajal.engine.cpu.emit.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Writes a reduction across rows: a few vectors of columns are taken side by side from top to
 * bottom, so that no sum waits for another. Where rows are long and many, some rows are taken at a
 * time, and sums are in memory between: from top to bottom each row is on another page, and neither
 * what translates addresses nor what fetches ahead keeps up (2048 rows of 1024: 5 times slower).
 */
final class ColumnWriter {
  private static final int SIDE_BY_SIDE = 4;

  /** About how many rows are taken at a time, if they are so long. */
  private static final int BLOCK = 8;

  private static final int LONG = 256;

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
    stores().forEach(needs::addStore);
    int wide = lanes * SIDE_BY_SIDE;
    Value count = code.minus(end, start);
    Value wideEnd = code.plus(start, code.bitAnd(count, code.constant(-wide)));
    Value wholeEnd = code.plus(start, code.bitAnd(count, code.constant(-lanes)));
    if (nest.inner().getLast() >= wide) {
      blocks(needs, addresses, new Columns(start, wideEnd, SIDE_BY_SIDE, false));
    }
    if (nest.inner().getLast() >= lanes) {
      blocks(needs, addresses, new Columns(wideEnd, wholeEnd, 1, false));
    }
    if (lanes > 1) {
      blocks(needs, addresses, new Columns(wholeEnd, end, 1, true));
    }
  }

  /** Some columns, and how many vectors of them are side by side; the rest is less than one. */
  private record Columns(Value from, Value to, int vectors, boolean isRest) {}

  /** All rows of some columns: at once, or block by block. */
  private void blocks(Needs needs, Value[] addresses, Columns columns) {
    int first = nest.middle().getFirst();
    int rows = View.product(nest.middle());
    int block = Math.max(1, BLOCK * first / Math.max(1, rows));
    int row = nest.inner().getLast();
    boolean isTall = first > block && row >= LONG;
    if (!isTall || columns.vectors == 1) {
      apart(needs, addresses, columns, code.constant(0), code.constant(first), false);
      return;
    }
    apart(needs, addresses, columns, code.constant(0), code.constant(block), false);
    int whole = first / block * block;
    code.loop(
        code.constant(block),
        code.constant(whole),
        block,
        from -> {
          Value to = code.plus(from, code.constant(block));
          apart(needs, addresses, columns, from, to, true);
        });
    if (whole < first) {
      apart(needs, addresses, columns, code.constant(whole), code.constant(first), true);
    }
  }

  /**
   * The loop over some rows of some columns, a few vectors at a time, as a method of its own.
   *
   * @param isMore whether the rows before are summed already
   */
  private void apart(
      Needs needs,
      Value[] addresses,
      Columns columns,
      Value firstRow,
      Value lastRow,
      boolean isMore) {
    var numbers = new LinkedHashSet<>(needs.numbers(addresses));
    numbers.addAll(List.of(columns.from, columns.to, firstRow, lastRow));
    code.apart(
        loop.parts,
        needs.arrays(),
        numbers,
        apart -> {
          Code its = apart.code();
          Scope scope = needs.inside(apart);
          Value[] inside = needs.inside(apart, addresses);
          Value end = apart.of(columns.to);
          var rows = new Rows(apart.of(firstRow), apart.of(lastRow), isMore);
          its.loop(
              apart.of(columns.from),
              end,
              its.lanes().count() * columns.vectors,
              i -> {
                Scope seen = columns.isRest ? scope.with(its.upTo(i, end)) : scope;
                down(seen, inside, i, columns.vectors, rows);
              });
        });
  }

  /**
   * Some of what the first middle axis counts; those before are summed already, or there are none.
   */
  private record Rows(Value from, Value to, boolean isMore) {}

  /** Reduces a few vectors of columns and stores what comes out. */
  private void down(Scope scope, Value[] addresses, Value column, int vectors, Rows rows) {
    Code its = scope.code();
    var columns = new ArrayList<Value>();
    var sums = new ArrayList<Value>();
    List<Integer> stores = stores();
    for (int v = 0; v < vectors; v++) {
      columns.add(v == 0 ? column : its.plus(column, its.constant(v * its.lanes().count())));
      Value sum = its.lanesOf(LoopWriter.neutral(its, reduce));
      if (rows.isMore) {
        its.set(sum, at(scope, addresses, columns.get(v)).stored(stores.getFirst()));
      }
      sums.add(sum);
    }
    its.loop(
        rows.from,
        rows.to,
        1,
        index ->
            middle(
                scope,
                1,
                loop.moved(its, addresses, 1 + nest.outer().size(), index),
                columns,
                sums));
    for (int i : stores) {
      for (int v = 0; v < vectors; v++) {
        at(scope, addresses, columns.get(v)).store(i, sums.get(v));
      }
    }
  }

  private List<Integer> stores() {
    return IntStream.range(0, loop.program.size())
        .filter(i -> loop.program.get(i) instanceof Nest.Store)
        .boxed()
        .toList();
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
