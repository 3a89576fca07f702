package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Loop;
import dev.cajal.compile.schedule.Nest;
import dev.cajal.compile.schedule.Node;
import dev.cajal.compile.schedule.Operand;
import dev.cajal.compile.schedule.Place;
import dev.cajal.compile.schedule.Schedule;
import dev.cajal.compile.schedule.Step;
import dev.cajal.compile.schedule.Task;
import dev.cajal.compile.schedule.View;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Kernels as a table that people read: the same for people of all languages. */
final class Explanation {
  private final Sequence kernels;
  private final int runs;
  private final Engine engine;
  private final List<String> lines = new ArrayList<>();
  private final IdentityHashMap<Schedule, Map<Integer, String>> leaves = new IdentityHashMap<>();
  private final long total;
  private final long ofBands;

  /**
   * An explanation.
   *
   * @param runs how many runs were measured; 0 if none
   * @param ofBands how many floats the blocks of bands take
   */
  Explanation(Sequence kernels, int runs, Engine engine, long ofBands) {
    this.kernels = kernels;
    this.runs = runs;
    this.engine = engine;
    this.ofBands = ofBands;
    this.total = IntStream.range(0, kernels.steps().size()).mapToLong(kernels::nanos).sum();
  }

  @Override
  public String toString() {
    lines.clear();
    int count = kernels.steps().size();
    String heads = String.format(Locale.ROOT, "%-7s %9s %9s %10s", "#", "Mflop", "KB", "place");
    if (runs > 0) {
      heads += String.format(Locale.ROOT, " %9s %5s %9s %4s", "µs", "%", "rate", "max");
    }
    lines.add(heads + "  kernel");
    rows(kernels, "", 1);
    int floats = kernels.schedule().arenas().getOrDefault(DType.F32, 0);
    String kernelCount = count == 1 ? "1 kernel" : count + " kernels";
    String sum =
        String.format(Locale.ROOT, "%s, %.1f KB between them", kernelCount, floats * 4 / 1e3);
    if (ofBands > 0) {
      sum += String.format(Locale.ROOT, ", %.1f KB for the blocks of bands", ofBands * 4 / 1e3);
    }
    if (runs > 0) {
      String measured = runs == 1 ? "1 run" : runs + " runs";
      sum +=
          String.format(
              Locale.ROOT, ", %.2f µs a run, %s measured%n", total / 1e3 / runs, measured);
      sum += "max: % of what is possible, by " + ceilings();
    }
    lines.add(sum);
    return String.join("\n", lines);
  }

  private Ceilings ceilings() {
    return Ceilings.of(engine);
  }

  /** The rows of kernels that run so many times in a run of all. */
  private void rows(Sequence sequence, String prefix, int times) {
    List<Step> steps = sequence.steps();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Optional<Kernel.Repeated> body = sequence.kernel(i).body();
      String number = prefix + i;
      double flops = times * flops(step, body);
      double bytes = times * bytes(step);
      String row =
          String.format(
              Locale.ROOT,
              "%-7s %9.3f %9.1f %10s",
              number,
              flops / 1e6,
              bytes / 1e3,
              place(sequence.schedule(), step));
      if (runs > 0) {
        row += measured((double) sequence.nanos(i) / runs, flops, bytes, bytes(step));
      }
      lines.add(row + "  " + what(step) + names(sequence.schedule(), step));
      body.ifPresent(its -> rows(its.kernels(), number + ".", times * its.times()));
    }
  }

  /** How long it took, as what part of all, how fast that is, and how near to what is possible. */
  private String measured(double nanos, double flops, double bytes, double once) {
    boolean counts = flops > 4 * bytes;
    double least = Math.max(flops / ceilings().flops(), bytes / ceilings().bytes(once));
    String rate =
        String.format(
            Locale.ROOT,
            "%.1f %s",
            (counts ? flops : bytes) / Math.max(1, nanos),
            counts ? "GF" : "GB");
    return String.format(
        Locale.ROOT,
        " %9.2f %5.1f %9s %4.0f",
        nanos / 1e3,
        100.0 * nanos * runs / Math.max(1, total),
        rate,
        100 * least / Math.max(1, nanos));
  }

  private static String what(Step step) {
    return switch (step) {
      case Step.Looped(var loop) -> what(loop);
      case Step.Called(var node, _, var epilogue, _) ->
          op(node).label()
              + " "
              + node.operands().stream()
                  .map(operand -> operand.view().sizes().toString())
                  .collect(Collectors.joining("·"))
              + epilogue.map(loop -> " + " + functions(loop)).orElse("");
      case Step.Banded(var band) ->
          "band [%d·%d] by %d rows".formatted(band.batches(), band.rows(), band.blockRows());
      case Step.Commit _ -> "copy";
    };
  }

  /** What it reads and writes that the user has named: inputs, parameters, nodes. */
  private String names(Schedule schedule, Step step) {
    if (step instanceof Step.Commit(var value, var leaf)) {
      return named(value).map(name -> ": " + name).orElse("") + " → " + leaf.name();
    }
    Map<Integer, String> names = leaves.computeIfAbsent(schedule, Explanation::leaves);
    Set<String> written = new LinkedHashSet<>();
    for (Node node : step.writes()) {
      // What a parameter becomes is written over it.
      Optional.ofNullable(names.get(placeOf(schedule, node)))
          .or(() -> named(node))
          .ifPresent(written::add);
    }
    Set<String> read = new LinkedHashSet<>();
    step.reads().forEach(node -> named(node).ifPresent(read::add));
    read.removeAll(written);
    String from = read.isEmpty() ? "" : ": " + String.join(", ", read);
    return from + (written.isEmpty() ? "" : " → " + String.join(", ", written));
  }

  /** The names of what is given from outside, by the array it is in. */
  private static Map<Integer, String> leaves(Schedule schedule) {
    Map<Integer, String> leaves = new HashMap<>();
    for (Node leaf : schedule.given()) {
      named(leaf).ifPresent(name -> leaves.put(placeOf(schedule, leaf), name));
    }
    return leaves;
  }

  /** The array of what is given from outside; -1 for what is in an arena, or in a band's blocks. */
  private static int placeOf(Schedule schedule, Node node) {
    Place place = schedule.places().get(node);
    return place == null || place.slot() < Place.OUTSIDE ? -1 : place.slot();
  }

  /** The name that the user gave, not that of the operation. */
  private static Optional<String> named(Node node) {
    String label =
        switch (node.task()) {
          case Task.Given(var leaf) when leaf.op() instanceof Op.Constant -> node.name();
          case Task.Given _ -> "";
          case Task.Map(var op) -> op.label();
          case Task.Call(var op) -> op.label();
          case Task.Result(var read) -> read.label();
          case Task.Reduce _, Task.Copy _, Task.Literal _, Task.Range _ -> node.name();
        };
    return node.name().equals(label) ? Optional.empty() : Optional.of(node.name());
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

  private static double flops(Step step, Optional<Kernel.Repeated> body) {
    return switch (step) {
      case Step.Looped(var loop) -> flops(loop);
      case Step.Called(var node, _, var epilogue, _) ->
          products(node)
              + epilogue.map(Explanation::flops).orElse(0.0)
              + body.map(Explanation::flops).orElse(0.0);
      case Step.Banded _ -> body.map(Explanation::flops).orElse(0.0);
      case Step.Commit _ -> 0;
    };
  }

  private static double flops(Kernel.Repeated body) {
    double flops = 0;
    List<Step> steps = body.kernels().steps();
    for (int i = 0; i < steps.size(); i++) {
      flops += flops(steps.get(i), body.kernels().kernel(i).body());
    }
    return body.times() * flops;
  }

  private static double flops(Loop loop) {
    long functions =
        loop.nest().code().stream()
            .filter(i -> i instanceof Nest.Map || i instanceof Nest.Reduce)
            .count();
    return (double) LoopKernel.operations(loop) / loop.nest().code().size() * functions;
  }

  /** Of products, whatever their form: a multiplication and an addition each. */
  private static double products(Node node) {
    List<Integer> first = node.operands().isEmpty() ? List.of() : sizes(node, 0);
    return switch (op(node)) {
      case Op.MatMul _ -> 2.0 * node.elements() * first.getLast();
      case Op.Conv _ -> 2.0 * node.elements() * taps(sizes(node, 1));
      case Op.ConvTranspose _ -> 2.0 * View.product(first) * taps(sizes(node, 1));
      case Op.ConvKernel _ -> 2.0 * View.product(sizes(node, 1)) * taps(node.layout().sizes());
      default -> 0;
    };
  }

  private static List<Integer> sizes(Node node, int operand) {
    return node.operands().get(operand).view().sizes();
  }

  /** How many numbers of the input make one of the output, by a kernel of this shape. */
  private static double taps(List<Integer> kernel) {
    return (double) View.product(kernel) / kernel.getLast();
  }

  private static double bytes(Step step) {
    double bytes = 0;
    switch (step) {
      case Step.Looped(var loop) -> bytes = bytes(loop);
      case Step.Called(var node, var results, var epilogue, _) -> {
        for (Operand operand : node.operands()) {
          bytes += size(operand.node());
        }
        for (Node result : results) {
          bytes += size(result);
        }
        bytes += epilogue.map(Explanation::bytes).orElse(0.0);
      }
      case Step.Banded banded -> {
        Set<Node> outside = new HashSet<>(banded.reads());
        outside.addAll(banded.writes());
        bytes = outside.stream().mapToDouble(Explanation::size).sum();
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

  private static String place(Schedule schedule, Step step) {
    List<Node> written =
        switch (step) {
          case Step.Looped(var loop) ->
              loop.memories().stream()
                  .map(Loop.Memory::node)
                  .filter(loop.nodes()::contains)
                  .toList();
          case Step.Called(_, var results, _, _) -> results;
          case Step.Banded _ -> List.of();
          case Step.Commit(_, var parameter) -> List.of(parameter);
        };
    if (written.isEmpty()) {
      return "";
    }
    Place place = schedule.places().get(written.getFirst());
    return place == null ? "" : place.slot() + ":" + place.offset();
  }
}
