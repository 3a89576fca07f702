package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Loop;
import dev.cajal.compile.schedule.Nest;
import dev.cajal.compile.schedule.Node;
import dev.cajal.compile.schedule.Operand;
import dev.cajal.compile.schedule.Place;
import dev.cajal.compile.schedule.Schedule;
import dev.cajal.compile.schedule.Step;
import dev.cajal.compile.schedule.Task;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Op;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The kernels of a schedule as a table that people read. */
final class Explanation {
  private final Schedule schedule;
  private final long[] nanos;
  private final int runs;

  /**
   * An explanation.
   *
   * @param nanos how long each kernel took in all runs together
   * @param runs how many runs were measured; 0 if none
   */
  Explanation(Schedule schedule, long[] nanos, int runs) {
    this.schedule = schedule;
    this.nanos = nanos;
    this.runs = runs;
  }

  @Override
  public String toString() {
    var lines = new ArrayList<String>();
    lines.add(
        "  #  %-44s %9s %9s %8s".formatted("kernel", "Mflop", "KB", "place")
            + (runs > 0 ? " %9s %5s %7s".formatted("µs", "%", "rate") : ""));
    long total = 0;
    for (long time : nanos) {
      total += time;
    }
    List<Step> steps = schedule.steps();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      double flops = flops(step);
      double bytes = bytes(step);
      String line =
          "%3d  %-44s %9.3f %9.1f %8s"
              .formatted(i, shortened(what(step), 44), flops / 1e6, bytes / 1e3, place(step));
      if (runs > 0) {
        double each = (double) nanos[i] / runs;
        boolean counts = flops > 4 * bytes;
        line +=
            " %9.2f %5.1f %7s"
                .formatted(
                    each / 1e3,
                    100.0 * nanos[i] / Math.max(1, total),
                    "%.1f %s".formatted((counts ? flops : bytes) / each, counts ? "GF" : "GB"));
      }
      lines.add(line.stripTrailing());
    }
    lines.add(
        "%d kernels, %.1f KB between them"
                .formatted(steps.size(), schedule.arenas().getOrDefault(DType.F32, 0) * 4 / 1e3)
            + (runs > 0
                ? ", %.2f µs a run, %d runs measured".formatted(total / 1e3 / runs, runs)
                : ""));
    return String.join("\n", lines);
  }

  private static String shortened(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }

  private static String what(Step step) {
    return switch (step) {
      case Step.Looped(var loop) -> what(loop);
      case Step.Called(var node, _, var epilogue) ->
          op(node).label()
              + " "
              + node.operands().stream()
                  .map(operand -> operand.view().sizes().toString())
                  .collect(Collectors.joining("·"))
              + epilogue.map(loop -> " + " + functions(loop)).orElse("");
      case Step.Commit(var value, var parameter) ->
          "copy %s into %s".formatted(value.name(), parameter.name());
    };
  }

  private static Op op(Node node) {
    return ((Task.Call) node.task()).op();
  }

  private static String what(Loop loop) {
    Nest nest = loop.nest();
    String kind = nest.isColumns() ? "columns" : nest.hasReductions() ? "rows" : "map";
    return "%s [%d%s%s] %s"
        .formatted(
            kind,
            loop.rows(),
            nest.middle().stream().map(size -> "·" + size).collect(Collectors.joining()),
            nest.inner().stream().map(size -> "·" + size).collect(Collectors.joining()),
            functions(loop));
  }

  /** The names of what is computed, each once. */
  private static String functions(Loop loop) {
    Set<String> names = new LinkedHashSet<>();
    for (Node node : loop.nodes()) {
      switch (node.task()) {
        case Task.Map(Op.Map1(var f)) -> names.add(f.name().toLowerCase(Locale.ROOT));
        case Task.Map(Op.Map2(var f)) -> names.add(f.name().toLowerCase(Locale.ROOT));
        case Task.Map(var function) -> names.add(function.label());
        case Task.Reduce reduce -> names.add(reduce.isSum() ? "Σ" : "max");
        case Task.Copy _ -> names.add("copy");
        case Task.Given _, Task.Literal _, Task.Range _, Task.Call _, Task.Result _ -> {}
      }
    }
    return String.join(" ", names);
  }

  private static double flops(Step step) {
    return switch (step) {
      case Step.Looped(var loop) -> flops(loop);
      case Step.Called(var node, _, var epilogue) ->
          product(node) + epilogue.map(Explanation::flops).orElse(0.0);
      case Step.Commit _ -> 0;
    };
  }

  private static double flops(Loop loop) {
    long functions =
        loop.nest().code().stream()
            .filter(i -> i instanceof Nest.Map || i instanceof Nest.Reduce)
            .count();
    return (double) LoopKernel.operations(loop) / loop.nest().code().size() * functions;
  }

  private static double product(Node node) {
    if (op(node) instanceof Op.MatMul) {
      return 2.0 * node.elements() * node.operands().getFirst().view().sizes().getLast();
    }
    return 0;
  }

  private static double bytes(Step step) {
    double bytes = 0;
    switch (step) {
      case Step.Looped(var loop) -> bytes = bytes(loop);
      case Step.Called(var node, var results, var epilogue) -> {
        for (Operand operand : node.operands()) {
          bytes += size(operand.node());
        }
        for (Node result : results) {
          bytes += size(result);
        }
        bytes += epilogue.map(Explanation::bytes).orElse(0.0);
      }
      case Step.Commit(var value, _) -> bytes = 2 * size(value);
    }
    return bytes;
  }

  private static double bytes(Loop loop) {
    return loop.memories().stream().mapToDouble(memory -> size(memory.node())).sum();
  }

  private static double size(Node node) {
    int bytes =
        switch (node.dtype()) {
          case F32, I32 -> 4;
          case F64 -> 8;
          case BOOL -> 1;
        };
    return (double) bytes * node.elements();
  }

  private String place(Step step) {
    List<Node> written =
        switch (step) {
          case Step.Looped(var loop) ->
              loop.memories().stream()
                  .map(Loop.Memory::node)
                  .filter(loop.nodes()::contains)
                  .toList();
          case Step.Called(_, var results, _) -> results;
          case Step.Commit(_, var parameter) -> List.of(parameter);
        };
    if (written.isEmpty()) {
      return "";
    }
    Place place = schedule.places().get(written.getFirst());
    return place == null ? "" : place.slot() + ":" + place.offset();
  }
}
