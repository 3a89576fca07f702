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

/**
 * Finds where a number came from that is none: from the loss, or whatever is no finite number, down
 * through what is none either, to the operation whose inputs still are.
 */
final class NonFinite {
  /** So many values are looked at in one run: each of them takes memory. */
  private static final int AT_ONCE = 100;

  private final Programs programs;
  private final double pace;
  private final long seed;

  private NonFinite(Programs programs, double pace, long seed) {
    this.programs = programs;
    this.pace = pace;
    this.seed = seed;
  }

  /**
   * What comes first in one of some batches, in words; the parameters are those before the step.
   */
  static Optional<String> in(Programs programs, List<Batch> batches, double pace, long seed) {
    for (int i = 0; i < batches.size(); i++) {
      var found = new NonFinite(programs, pace, programs.seed(seed, i)).in(batches.get(i));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> in(Batch batch) {
    List<Tensor> roots = programs.watched();
    Set<Tensor> wrong = wrong(Graph.of(roots), batch);
    return roots.stream()
        .filter(wrong::contains)
        .findFirst()
        .map(root -> words(origin(root, wrong), batch));
  }

  private Set<Tensor> wrong(Graph graph, Batch batch) {
    List<Tensor> nodes =
        graph.nodes().stream()
            .filter(node -> node.dtype().isFloat() && !(node.op() instanceof Op.Scan))
            .toList();
    Set<Tensor> wrong = new HashSet<>();
    for (int from = 0; from < nodes.size(); from += AT_ONCE) {
      List<Tensor> some = nodes.subList(from, Math.min(nodes.size(), from + AT_ONCE));
      List<Array> values = values(some, batch);
      for (int i = 0; i < some.size(); i++) {
        if (firstWrong(values.get(i)) >= 0) {
          wrong.add(some.get(i));
        }
      }
    }
    return wrong;
  }

  private static Tensor origin(Tensor root, Set<Tensor> wrong) {
    Tensor node = root;
    while (true) {
      Optional<Tensor> below = sources(node).stream().filter(wrong::contains).findFirst();
      if (below.isEmpty()) {
        return node;
      }
      node = below.get();
    }
  }

  /** What a node is computed from; a result of a loop from what the loop is. */
  private static List<Tensor> sources(Tensor node) {
    return switch (node.op()) {
      case Op.Last _, Op.Each _ -> node.inputs().getFirst().inputs();
      default -> node.inputs();
    };
  }

  private List<Array> values(List<Tensor> some, Batch batch) {
    Map<String, Array> given = new LinkedHashMap<>();
    Set<String> wanted =
        Graph.of(some).inputs().stream()
            .map(node -> ((Op.Input) node.op()).name())
            .collect(Collectors.toSet());
    programs
        .inputs(batch, pace)
        .forEach((name, array) -> {
          if (wanted.contains(name)) {
            given.put(name, array);
          }
        });
    Program.Call call = Program.of(some).training(true).call().seed(seed);
    given.forEach(call::set);
    programs.sizes(batch).forEach(call::size);
    call.run();
    var values = new ArrayList<Array>();
    for (int i = 0; i < some.size(); i++) {
      values.add(call.output(i).copy());
    }
    return values;
  }

  private static int firstWrong(Array array) {
    for (int i = 0; i < array.length(); i++) {
      if (!Double.isFinite(array.at(i))) {
        return i;
      }
    }
    return -1;
  }

  private String words(Tensor node, Batch batch) {
    Array value = values(List.of(node), batch).getFirst();
    int position = firstWrong(value);
    String its = Double.toString(value.at(position));
    if (node.op() instanceof Op.Param(var parameter)) {
      return "%s is %s".formatted(parameter.name().orElse("a parameter"), its);
    }
    if (node.op() instanceof Op.Input(var name, _, _)) {
      return "the input %s is %s".formatted(name, its);
    }
    List<Tensor> inputs =
        sources(node).stream()
            .filter(each -> each.dtype().isFloat() && !(each.op() instanceof Op.Scan))
            .distinct()
            .toList();
    List<Array> values = values(inputs, batch);
    var from = new ArrayList<String>();
    for (int i = 0; i < inputs.size(); i++) {
      from.add(inputs.get(i).brief() + " " + size(values.get(i), value, position));
    }
    String inLoop = sources(node).equals(node.inputs()) ? "" : ", in a loop";
    return "%s%s%s is %s%s"
        .formatted(
            node.brief(),
            where(node),
            inLoop,
            its,
            from.isEmpty() ? "" : ", of " + String.join(" and ", from));
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
    boolean isForward = Graph.of(programs.watched().getFirst()).nodes().contains(node);
    String way = isForward ? " after " : " in what is learned, near ";
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
