package dev.cajal.compile;

import static java.util.Objects.requireNonNull;

import dev.cajal.tensor.Body;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes out of loops what need not wait for the step before: products of a sequence with a weight
 * become one product before the loop, and sums over steps, which the gradients of weights are, one
 * product after it.
 */
public final class Loops {
  private final Graph graph;
  private final Map<Tensor, Tensor> renewed = new HashMap<>();
  private final Map<Tensor, LighterLoop> loops = new HashMap<>();
  private final Map<Tensor, Set<Integer>> lasts = new HashMap<>();

  private Loops(Graph graph) {
    this.graph = graph;
    for (Tensor node : graph.nodes()) {
      if (node.op() instanceof Op.Last(var carry)) {
        lasts.computeIfAbsent(node.inputs().getFirst(), _ -> new HashSet<>()).add(carry);
      }
    }
  }

  /** The outputs, with lighter loops. */
  public static List<Tensor> of(List<Tensor> outputs) {
    Graph graph = Graph.of(outputs);
    if (graph.nodes().stream().noneMatch(node -> node.op() instanceof Op.Scan)) {
      return outputs;
    }
    var loops = new Loops(graph);
    graph.nodes().forEach(loops::visit);
    return outputs.stream().map(loops::renewed).toList();
  }

  private Tensor renewed(Tensor node) {
    return requireNonNull(renewed.get(node));
  }

  private void visit(Tensor node) {
    switch (node.op()) {
      case Op.Scan(var body) -> {
        List<Tensor> in = node.inputs().stream().map(this::renewed).toList();
        Set<Tensor> each = graph.readFromLoops().getOrDefault(node, Set.of());
        var lighter = new LighterLoop(body, in, each, lasts.getOrDefault(node, Set.of()));
        loops.put(node, lighter);
      }
      case Op.Last(var carry) -> renewed.put(node, named(node, loopOf(node).last(carry)));
      case Op.Each(var inner) -> renewed.put(node, named(node, loopOf(node).each(inner)));
      default ->
          renewed.put(node, node.withInputs(node.inputs().stream().map(this::renewed).toList()));
    }
  }

  private LighterLoop loopOf(Tensor reader) {
    return requireNonNull(loops.get(reader.inputs().getFirst()));
  }

  private static Tensor named(Tensor old, Tensor renewed) {
    return old.name().filter(_ -> renewed.name().isEmpty()).map(renewed::named).orElse(renewed);
  }

  /** Bodies with their placeholders in order, each with what it stands for. */
  static Map<Tensor, Tensor> outside(Body body, List<Tensor> in) {
    Map<Tensor, Tensor> outside = new LinkedHashMap<>();
    for (int i = 0; i < in.size(); i++) {
      outside.put(body.placeholders().get(i), in.get(i));
    }
    return outside;
  }
}
