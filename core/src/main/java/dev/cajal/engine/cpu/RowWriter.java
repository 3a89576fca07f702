package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Nest;
import dev.cajal.engine.cpu.emit.Code;
import dev.cajal.engine.cpu.emit.Kind;
import dev.cajal.engine.cpu.emit.Value;
import java.util.Objects;

/**
 * Writes what is done for a row: passes over its elements, each of which computes what the
 * reductions of the one before allow.
 */
final class RowWriter {
  private final LoopWriter loop;
  private final Nest nest;
  private final NestAnalysis analysis;
  private final Code code;
  private final Value[] addresses;

  RowWriter(LoopWriter loop, Value[] addresses) {
    this.loop = loop;
    this.nest = loop.nest;
    this.analysis = loop.analysis;
    this.code = loop.code;
    this.addresses = addresses;
  }

  void write() {
    Value start = code.parameter(Kind.I32, 5);
    Value end = code.parameter(Kind.I32, 6);
    if (LoopWriter.hasFixedRows(nest)) {
      passes(code.constant(0), code.constant(nest.inner().getLast()));
    } else if (analysis.passes() == 1) {
      passes(start, end);
    } else {
      code.loop(
          start,
          end,
          LoopWriter.PIECE,
          from -> {
            Value to = code.plus(from, code.constant(LoopWriter.PIECE));
            passes(from, code.min(to, end));
          });
    }
    for (int i = 0; i < loop.program.size(); i++) {
      if (loop.program.get(i) instanceof Nest.Store store && store.isPerRow()) {
        code.storeOne(loop.array(loop.scope, store.memory()), addresses[i], uniform(store.value()));
      }
    }
  }

  /** All passes over a piece of the row. */
  private void passes(Value start, Value end) {
    int passes = analysis.passes();
    for (int pass = 0; pass <= passes; pass++) {
      computeUniform(pass);
      if (pass < passes) {
        new PassWriter(loop, pass, start, end).write(addresses);
      }
    }
  }

  private Value uniform(int instruction) {
    return Objects.requireNonNull(loop.scope.uniform().get(instruction));
  }

  /** What is the same for the whole row and known before a pass. */
  private void computeUniform(int pass) {
    for (int i = 0; i < loop.program.size(); i++) {
      boolean isDue = analysis.isUniform(i) && analysis.pass(i) == pass;
      if (!isDue || loop.scope.uniform().containsKey(i)) {
        continue;
      }
      switch (loop.program.get(i)) {
        case Nest.Load load ->
            loop.scope
                .uniform()
                .put(i, code.loadOne(loop.array(loop.scope, load.memory()), addresses[i]));
        case Nest.Index index ->
            loop.scope.uniform().put(i, code.convert(addresses[i], LoopWriter.kind(index.dtype())));
        case Nest.Map map -> {
          var arguments = map.arguments().stream().map(this::uniform).toList();
          loop.scope.uniform().put(i, Element.apply(code, map, arguments));
        }
        case Nest.Literal _, Nest.Reduce _, Nest.Store _ -> {}
      }
    }
  }
}
