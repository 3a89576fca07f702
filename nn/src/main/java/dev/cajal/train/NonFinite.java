package dev.cajal.train;

import dev.cajal.engine.Program;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the first operation of a step whose result is no finite number while what it takes is. */
final class NonFinite {
  /** So many values are looked at in one run: each of them takes memory. */
  private static final int AT_ONCE = 100;

  private final Programs programs;
  private final long seed;

  private NonFinite(Programs programs, long seed) {
    this.programs = programs;
    this.seed = seed;
  }

  /**
   * What comes first in one of some batches, in words; the parameters are those before the step.
   */
  static Optional<String> in(Programs programs, List<Samples> batches, long seed) {
    for (int i = 0; i < batches.size(); i++) {
      var found = new NonFinite(programs, programs.seed(seed, i)).in(batches.get(i));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> in(Samples batch) {
    List<Tensor> nodes = new ArrayList<>();
    for (Tensor node : Graph.of(programs.lossAndGradients()).nodes()) {
      if (node.dtype().isFloat() && !isCopy(node)) {
        nodes.add(node);
      }
    }
    for (int from = 0; from < nodes.size(); from += AT_ONCE) {
      List<Tensor> some = nodes.subList(from, Math.min(nodes.size(), from + AT_ONCE));
      List<Array> values = values(some, batch);
      for (int i = 0; i < some.size(); i++) {
        int wrong = firstWrong(values.get(i));
        if (wrong >= 0) {
          return Optional.of(words(some.get(i), values.get(i), wrong, batch));
        }
      }
    }
    return Optional.empty();
  }

  private List<Array> values(List<Tensor> some, Samples batch) {
    Map<String, Array> given = new LinkedHashMap<>();
    Set<String> wanted =
        Graph.of(some).inputs().stream()
            .map(node -> ((Op.Input) node.op()).name())
            .collect(Collectors.toSet());
    programs
        .inputs(batch)
        .forEach((name, array) -> {
          if (wanted.contains(name)) {
            given.put(name, array);
          }
        });
    Program.Call call = Program.of(some).training(true).call().seed(seed);
    given.forEach(call::set);
    call.size("batch", batch.size());
    call.run();
    var values = new ArrayList<Array>();
    for (int i = 0; i < some.size(); i++) {
      values.add(call.output(i).copy());
    }
    return values;
  }

  /** What only moves numbers makes none wrong; a loop is read by others. */
  private static boolean isCopy(Tensor node) {
    return switch (node.op()) {
      case Op.Reshape _, Op.Transpose _, Op.Expand _, Op.Slice _, Op.Pad _ -> true;
      case Op.Concat _, Op.Flip _, Op.Gather _, Op.StopGradient _, Op.Assign _ -> true;
      case Op.Scan _, Op.Constant _, Op.Iota _, Op.Random _, Op.SizeOf _ -> true;
      default -> false;
    };
  }

  private static int firstWrong(Array array) {
    for (int i = 0; i < array.length(); i++) {
      if (!Double.isFinite(array.at(i))) {
        return i;
      }
    }
    return -1;
  }

  private String words(Tensor node, Array value, int position, Samples batch) {
    String its = Double.toString(value.at(position));
    if (node.op() instanceof Op.Param(var parameter)) {
      return "%s is %s".formatted(parameter.name().orElse("a parameter"), its);
    }
    if (node.op() instanceof Op.Input(var name, _, _)) {
      return "the input %s is %s".formatted(name, its);
    }
    List<Tensor> inputs = node.inputs().stream().filter(each -> each.dtype().isFloat()).toList();
    var from = new ArrayList<String>();
    List<Array> values = values(inputs, batch);
    for (int i = 0; i < inputs.size(); i++) {
      from.add(inputs.get(i).brief() + " " + size(values.get(i), value, position));
    }
    return "%s%s is %s, of %s"
        .formatted(
            node.brief(),
            where(node),
            its,
            String.join(" and ", from.stream().distinct().toList()));
  }

  /** The number at the same place, or the range of all where places differ. */
  private static String size(Array input, Array result, int position) {
    if (input.shape().equals(result.shape())) {
      return "= " + number(input.at(position));
    }
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < input.length(); i++) {
      least = Math.min(least, input.at(i));
      most = Math.max(most, input.at(i));
    }
    return "from " + number(least) + " to " + number(most);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  /** The layer whose parameters are the nearest below, and whether it is on the way back. */
  private String where(Tensor node) {
    boolean isForward = Graph.of(programs.loss()).nodes().contains(node);
    String way = isForward ? " after " : " in the gradient, near ";
    return nearest(node)
        .flatMap(Parameter::name)
        .map(path -> way + (path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : path))
        .orElse("");
  }

  private static Optional<Parameter> nearest(Tensor from) {
    Set<Tensor> seen = new HashSet<>();
    var next = new ArrayDeque<>(List.of(from));
    while (!next.isEmpty()) {
      Tensor node = next.poll();
      if (node.op() instanceof Op.Param(var parameter)) {
        return Optional.of(parameter);
      }
      if (seen.add(node)) {
        next.addAll(node.inputs());
      }
    }
    return Optional.empty();
  }
}
