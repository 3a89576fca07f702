package dev.cajal.engine.cpu;

import static dev.cajal.engine.cpu.LoopWriter.LANE_SCRATCH;
import static java.util.Objects.requireNonNull;

import dev.cajal.compile.schedule.Nest;
import dev.cajal.compile.schedule.View;
import dev.cajal.engine.cpu.emit.Code;
import dev.cajal.engine.cpu.emit.Lanes;
import dev.cajal.engine.cpu.emit.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Writes one pass over the elements of a row: what it stores, adds up, and keeps for later passes.
 * Vector code is put into methods of its own, one for whole vectors and one for what is left.
 */
final class PassWriter {
  private final LoopWriter loop;
  private final Nest nest;
  private final NestAnalysis analysis;
  private final Code code;
  private final int pass;
  private final Value start;
  private final Value end;

  /** The sums and maxima that are known after the pass. */
  private final List<Integer> sums = new ArrayList<>();

  private final List<Integer> stores = new ArrayList<>();

  /** What is kept in scratch memory for a later pass. */
  private final List<Integer> keeps = new ArrayList<>();

  /** The functions whose arguments are kept, to be called after the pass. */
  private final List<Integer> calls = new ArrayList<>();

  PassWriter(LoopWriter loop, int pass, Value start, Value end) {
    this.loop = loop;
    this.nest = loop.nest;
    this.analysis = loop.analysis;
    this.code = loop.code;
    this.pass = pass;
    this.start = start;
    this.end = end;
    for (int i = 0; i < loop.program.size(); i++) {
      boolean isDue = analysis.pass(i) == pass;
      boolean isNext = analysis.pass(i) == pass + 1;
      boolean isCall = analysis.isCall(i);
      switch (loop.program.get(i)) {
        case Nest.Reduce _ -> addIf(isNext, i, sums);
        case Nest.Store store -> addIf(isDue && !store.isPerRow(), i, stores);
        case Nest.Map _ when isCall -> addIf(isNext, i, calls);
        case Nest.Map _ -> addIf(isDue && analysis.slot(i) >= 0, i, keeps);
        case Nest.Load _, Nest.Index _, Nest.Literal _ -> {}
      }
    }
  }

  private static void addIf(boolean condition, int instruction, List<Integer> list) {
    if (condition) {
      list.add(instruction);
    }
  }

  void write(Value[] addresses) {
    if (sums.isEmpty() && stores.isEmpty() && keeps.isEmpty() && calls.isEmpty()) {
      return;
    }
    // Scratch has the piece from its beginning on, wherever in the row that is.
    Value position = code.minus(code.constant(LoopWriter.ROW_SCRATCH), start);
    if (code.lanes().isVector()) {
      vectors(addresses, position);
    } else {
      plain(addresses, position);
    }
    calls.forEach(this::call);
  }

  private void call(int instruction) {
    int length = LoopWriter.rowLength(nest);
    int at = LoopWriter.ROW_SCRATCH + analysis.slot(instruction) * length;
    int other = LoopWriter.ROW_SCRATCH + analysis.secondSlot(instruction) * length;
    List<Integer> outer = nest.inner().subList(0, nest.inner().size() - 1);
    int lines = View.product(outer);
    code.apply(
        analysis.calls().indexOf(instruction),
        loop.scope.scratch(),
        code.constant(at),
        code.constant(other),
        LoopWriter.scaled(code, code.minus(end, start), lines));
  }

  private Nest.Reduce reduction(int instruction) {
    return (Nest.Reduce) loop.program.get(instruction);
  }

  /** What is done with each line of the innermost axis. */
  private interface Line {
    void write(Value[] addresses, Value position);
  }

  /** The loops over the inner axes but the last. */
  private void nested(int axis, Value[] addresses, Value position, Line line) {
    List<Integer> inner = nest.inner();
    if (axis == inner.size() - 1) {
      line.write(addresses, position);
      return;
    }
    int below = View.product(inner.subList(axis + 1, inner.size()));
    code.loop(
        code.constant(0),
        code.constant(inner.get(axis)),
        1,
        index ->
            nested(
                axis + 1,
                loop.moved(code, addresses, 1 + nest.outer().size() + axis, index),
                code.plus(position, LoopWriter.scaled(code, index, below)),
                line));
  }

  /** What is the same along the last axis, though not in the whole row. */
  private Map<Integer, Value> steady(Value[] addresses) {
    var steady = new HashMap<Integer, Value>();
    for (int i = 0; i < loop.program.size(); i++) {
      if (loop.program.get(i) instanceof Nest.Load load
          && !analysis.isUniform(i)
          && load.strides().getLast() == 0) {
        steady.put(i, code.loadOne(loop.array(loop.scope, load.memory()), addresses[i]));
      }
    }
    return steady;
  }

  // One number at a time.

  private void plain(Value[] addresses, Value position) {
    boolean likeLanes = code.lanes().sums() > 1 && !sums.isEmpty();
    Map<Integer, Value> totals = new LinkedHashMap<>();
    for (int i : sums) {
      totals.put(i, code.variable(LoopWriter.neutral(code, reduction(i))));
    }
    if (likeLanes) {
      clearLanes(totals);
    }
    nested(
        0,
        addresses,
        position,
        (its, at) -> {
          var steady = steady(its);
          code.loop(
              start,
              end,
              1,
              i -> {
                Value place = code.plus(at, i);
                var element = new Element(loop, loop.scope, its, i, place, pass, steady);
                if (likeLanes) {
                  Value lane = lane(i);
                  moveLane(loop.scope, totals, lane, false);
                  element(element, loop.scope, totals);
                  moveLane(loop.scope, totals, lane, true);
                } else {
                  element(element, loop.scope, totals);
                }
              });
        });
    loop.scope.uniform().putAll(likeLanes ? allAcrossLanes() : totals);
  }

  /** The lane in which a vector would have an element. */
  private Value lane(Value i) {
    return code.bitAnd(code.minus(i, start), code.constant(code.lanes().sums() - 1));
  }

  private void clearLanes(Map<Integer, Value> neutral) {
    Value lanes = code.constant(code.lanes().sums());
    code.loop(code.constant(0), lanes, 1, lane -> moveLane(loop.scope, neutral, lane, true));
  }

  /** Takes the totals of a lane from scratch memory, or puts them back. */
  private void moveLane(Scope scope, Map<Integer, Value> totals, Value lane, boolean back) {
    Code its = scope.code();
    for (int s = 0; s < sums.size(); s++) {
      Value total = requireNonNull(totals.get(sums.get(s)));
      Value at = its.plus(lane, its.constant(s * LANE_SCRATCH));
      if (back) {
        its.storeOne(scope.scratch(), at, total);
      } else {
        its.set(total, its.loadOne(scope.scratch(), at));
      }
    }
  }

  private void element(Element element, Scope scope, Map<Integer, Value> totals) {
    Code its = scope.code();
    totals.forEach((i, total) -> {
      Value value = element.value(reduction(i).argument());
      Value more = reduction(i).isSum() ? its.plus(total, value) : its.max(total, value);
      its.set(total, its.active().map(mask -> its.select(mask, more, total)).orElse(more));
    });
    keeps.forEach(element::keep);
    calls.forEach(element::keepArguments);
    // All values before all stores: a parameter is overwritten where it is read.
    var values = new LinkedHashMap<Integer, Value>();
    stores.forEach(i -> values.put(i, element.value(((Nest.Store) loop.program.get(i)).value())));
    values.forEach(element::store);
  }

  // Vectors.

  private void vectors(Value[] addresses, Value position) {
    for (int s = 0; s < sums.size(); s++) {
      Value neutral = code.lanesOf(LoopWriter.neutral(code, reduction(sums.get(s))));
      code.store(loop.scope.scratch(), code.constant(s * LANE_SCRATCH), neutral);
    }
    nested(0, addresses, position, this::line);
    loop.scope.uniform().putAll(allAcrossLanes());
  }

  /** A line: whole vectors, then what is left. */
  private void line(Value[] addresses, Value position) {
    var needs = new Needs(loop, pass, steady(addresses));
    sums.forEach(i -> needs.addValue(reduction(i).argument()));
    keeps.forEach(needs::addValue);
    calls.forEach(i -> ((Nest.Map) loop.program.get(i)).arguments().forEach(needs::addValue));
    stores.forEach(needs::addStore);
    stores.forEach(i -> needs.addValue(((Nest.Store) loop.program.get(i)).value()));
    int lanes = code.lanes().count();
    int length = nest.inner().getLast();
    boolean isFixed = LoopWriter.hasFixedRows(nest);
    Value whole = code.bitAnd(code.minus(end, start), code.constant(-lanes));
    Value rest = code.plus(start, whole);
    if (length >= lanes) {
      apart(needs, addresses, position, start, rest, false);
    }
    if (!isFixed || length % lanes != 0) {
      apart(needs, addresses, position, rest, end, true);
    }
  }

  /** A loop over a piece of a line, as a method of its own. */
  private void apart(
      Needs needs, Value[] addresses, Value position, Value from, Value to, boolean isRest) {
    var numbers = new LinkedHashSet<>(needs.numbers(addresses));
    numbers.add(position);
    numbers.add(from);
    numbers.add(to);
    code.apart(
        loop.parts,
        needs.arrays(),
        numbers,
        apart -> {
          Scope scope = needs.inside(apart);
          Value[] its = needs.inside(apart, addresses);
          Value first = apart.of(from);
          Value last = apart.of(to);
          Value place = apart.of(position);
          if (isRest && LoopWriter.movesTruths(nest)) {
            singly(scope, its, place, first, last);
            return;
          }
          Map<Integer, Value> totals = loadTotals(scope);
          Code inside = scope.code();
          inside.loop(
              first,
              last,
              inside.lanes().count(),
              i -> {
                Scope here = isRest ? scope.with(inside.upTo(i, last)) : scope;
                Value at = inside.plus(place, i);
                element(new Element(loop, here, its, i, at, pass, Map.of()), here, totals);
              });
          storeTotals(scope, totals);
        });
  }

  /**
   * What is left of a line, one number at a time: truths are moved by whole vectors or singly. Sums
   * are taken in the lane in which a vector would have had the number.
   */
  private void singly(Scope scope, Value[] addresses, Value position, Value from, Value to) {
    Scope here = scope.with(scope.code().with(Lanes.ONE));
    Code one = here.code();
    Map<Integer, Value> totals = new LinkedHashMap<>();
    for (int i : sums) {
      totals.put(i, one.variable(LoopWriter.neutral(one, reduction(i))));
    }
    one.loop(
        from,
        to,
        1,
        i -> {
          Value lane = one.minus(i, from);
          moveLane(here, totals, lane, false);
          Value at = one.plus(position, i);
          element(new Element(loop, here, addresses, i, at, pass, Map.of()), here, totals);
          moveLane(here, totals, lane, true);
        });
  }

  private Map<Integer, Value> loadTotals(Scope scope) {
    Code its = scope.code();
    Map<Integer, Value> totals = new LinkedHashMap<>();
    for (int s = 0; s < sums.size(); s++) {
      Value total = its.load(scope.scratch(), its.constant(s * LANE_SCRATCH));
      totals.put(sums.get(s), its.variable(total));
    }
    return totals;
  }

  private void storeTotals(Scope scope, Map<Integer, Value> totals) {
    Code its = scope.code();
    for (int s = 0; s < sums.size(); s++) {
      Value total = requireNonNull(totals.get(sums.get(s)));
      its.store(scope.scratch(), its.constant(s * LANE_SCRATCH), total);
    }
  }

  private Map<Integer, Value> allAcrossLanes() {
    Map<Integer, Value> totals = new LinkedHashMap<>();
    for (int s = 0; s < sums.size(); s++) {
      totals.put(sums.get(s), acrossLanes(s, reduction(sums.get(s))));
    }
    return totals;
  }

  /** One number from all lanes, always added up in the same order. */
  private Value acrossLanes(int sum, Nest.Reduce reduce) {
    var left = new ArrayList<Value>();
    for (int lane = 0; lane < code.lanes().sums(); lane++) {
      Value at = code.constant(sum * LANE_SCRATCH + lane);
      left.add(code.loadOne(loop.scope.scratch(), at));
    }
    while (left.size() > 1) {
      int half = left.size() / 2;
      for (int i = 0; i < half; i++) {
        Value a = left.get(i);
        Value b = left.get(i + half);
        left.set(i, reduce.isSum() ? code.plus(a, b) : code.max(a, b));
      }
      left.subList(half, left.size()).clear();
    }
    return left.getFirst();
  }
}
