package dev.cajal.testing;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Body;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Makes a graph that fails smaller while it fails: without some outputs and updates, with inputs in
 * place of nodes, and nodes left out.
 */
final class RandomGraphShrinking {
  private static final int TRIES = 600;

  private final Predicate<RandomGraph> fails;
  private int tries;

  private RandomGraphShrinking(Predicate<RandomGraph> fails) {
    this.fails = fails;
  }

  /** The smallest graph that was found to fail. */
  static RandomGraph of(RandomGraph graph, Predicate<RandomGraph> fails) {
    return new RandomGraphShrinking(fails).smallest(graph);
  }

  private RandomGraph smallest(RandomGraph graph) {
    RandomGraph smallest = graph;
    for (Optional<RandomGraph> next = smaller(smallest); next.isPresent(); ) {
      smallest = next.get();
      next = smaller(smallest);
    }
    return smallest;
  }

  /** The first change that leaves it failing. */
  private Optional<RandomGraph> smaller(RandomGraph graph) {
    return Stream.<Function<RandomGraph, Stream<RandomGraph>>>of(
            RandomGraphShrinking::fewerRoots,
            RandomGraphShrinking::lowerRoots,
            RandomGraphShrinking::cutOff,
            RandomGraphShrinking::leftOut,
            RandomGraphShrinking::shorter,
            SmallerSizes::of,
            RandomGraphShrinking::simplerSteps)
        .flatMap(changes -> changes.apply(graph))
        .filter(changed -> tries++ < TRIES && stillFails(changed))
        .findFirst();
  }

  private boolean stillFails(RandomGraph graph) {
    try {
      return fails.test(graph);
    } catch (IllegalArgumentException invalid) {
      return false;
    }
  }

  private static Stream<RandomGraph> fewerRoots(RandomGraph graph) {
    var changes = new ArrayList<RandomGraph>();
    for (Tensor output : graph.outputs()) {
      if (graph.roots().size() > 1) {
        changes.add(with(graph, List.of(output), Map.of()));
      }
    }
    for (int i = 0; i < graph.outputs().size() && graph.roots().size() > 1; i++) {
      var fewer = new ArrayList<>(graph.outputs());
      fewer.remove(i);
      changes.add(with(graph, fewer, graph.updates()));
    }
    for (Parameter parameter : graph.updates().keySet()) {
      var fewer = new LinkedHashMap<>(graph.updates());
      fewer.remove(parameter);
      if (!fewer.isEmpty() || !graph.outputs().isEmpty()) {
        changes.add(with(graph, graph.outputs(), fewer));
      }
    }
    return changes.stream();
  }

  /** An output's inputs in its place. */
  private static Stream<RandomGraph> lowerRoots(RandomGraph graph) {
    var changes = new ArrayList<RandomGraph>();
    for (int i = 0; i < graph.outputs().size(); i++) {
      for (Tensor input : graph.outputs().get(i).inputs()) {
        if (!(input.op() instanceof Op.Scan)) {
          var lower = new ArrayList<>(graph.outputs());
          lower.set(i, input);
          changes.add(with(graph, lower, graph.updates()));
        }
      }
    }
    return changes.stream();
  }

  /** An input with the same numbers in place of a node, the latest first. */
  private static Stream<RandomGraph> cutOff(RandomGraph graph) {
    return nodes(graph)
        .filter(node -> !node.inputs().isEmpty() || !(node.op() instanceof Op.Input))
        .filter(node -> !graph.roots().contains(node) && !(node.op() instanceof Op.Constant))
        .map(node -> cutOff(graph, node));
  }

  private static RandomGraph cutOff(RandomGraph graph, Tensor node) {
    Enclosure x = Tolerance.of(List.of(node), graph.bindings()).of(node);
    Tensor input =
        Tensor.input("cut" + node.hashCode(), node.dtype(), node.shape().sizes().toArray());
    Array value = Tolerance.array(node, x);
    Array stored = node.dtype() == DType.F32 ? value.as(DType.F32, value.shape()) : value;
    return replaced(graph, Map.of(node, input), graph.bindings().with(input, stored));
  }

  /** One of its inputs in place of a node of the same shape and dtype. */
  private static Stream<RandomGraph> leftOut(RandomGraph graph) {
    return nodes(graph)
        .flatMap(node ->
            node.inputs().stream()
                .filter(input -> isAlike(node, input))
                .map(input -> replaced(graph, Map.of(node, input), graph.bindings())));
  }

  /** Loops whose steps leave a carry as it is, or leave out a node. */
  private static Stream<RandomGraph> simplerSteps(RandomGraph graph) {
    var changes = new ArrayList<RandomGraph>();
    for (Tensor loop : graph.graph().nodes()) {
      if (loop.op() instanceof Op.Scan(var body)) {
        for (List<Tensor> next : simpler(body)) {
          var step =
              new Body(
                  body.steps(),
                  body.direction(),
                  body.carries(),
                  body.sequences(),
                  body.captured(),
                  next);
          Tensor simpler = Tensor.of(new Op.Scan(step), loop.inputs());
          changes.add(replaced(graph, Map.of(loop, simpler), graph.bindings()));
        }
      }
    }
    return changes.stream();
  }

  private static List<List<Tensor>> simpler(Body body) {
    var changes = new ArrayList<List<Tensor>>();
    for (int i = 0; i < body.next().size(); i++) {
      if (!body.next().get(i).equals(body.carries().get(i))) {
        var next = new ArrayList<>(body.next());
        next.set(i, body.carries().get(i));
        changes.add(next);
      }
    }
    for (Tensor node : Graph.of(body.next(), body.placeholders()::contains).nodes()) {
      for (Tensor input : body.placeholders().contains(node) ? List.<Tensor>of() : node.inputs()) {
        if (isAlike(node, input)) {
          changes.add(Graph.replace(body.next(), Map.of(node, input)));
        }
      }
    }
    return changes;
  }

  private static boolean isAlike(Tensor node, Tensor input) {
    return input.shape().equals(node.shape())
        && input.dtype() == node.dtype()
        && !(input.op() instanceof Op.Scan);
  }

  /** Smaller numbers for the symbols. */
  private static Stream<RandomGraph> shorter(RandomGraph graph) {
    var changes = new ArrayList<RandomGraph>();
    graph
        .bindings()
        .settle()
        .forEach((symbol, number) -> {
          for (long smaller = 1; smaller < number; smaller = 2 * smaller + 1) {
            Map<String, Long> sizes = new HashMap<>(graph.bindings().settle());
            sizes.put(symbol, smaller);
            changes.add(graph.resized(sizes));
          }
        });
    return changes.stream();
  }

  private static Stream<Tensor> nodes(RandomGraph graph) {
    return graph.graph().nodes().reversed().stream()
        .filter(node -> !(node.op() instanceof Op.Scan));
  }

  private static RandomGraph replaced(
      RandomGraph graph, Map<Tensor, Tensor> replacements, Bindings bindings) {
    List<Tensor> roots = Graph.replace(graph.roots(), replacements);
    var updates = new LinkedHashMap<Parameter, Tensor>();
    int i = graph.outputs().size();
    for (Parameter parameter : graph.updates().keySet()) {
      updates.put(parameter, roots.get(i++));
    }
    return with(
        new RandomGraph(graph.outputs(), graph.updates(), bindings),
        roots.subList(0, graph.outputs().size()),
        updates);
  }

  /** Other outputs and updates, and values for the inputs that these still have. */
  private static RandomGraph with(
      RandomGraph graph, List<Tensor> outputs, Map<Parameter, Tensor> updates) {
    var roots = new ArrayList<>(outputs);
    roots.addAll(updates.values());
    Set<Tensor> inputs = Set.copyOf(Graph.of(roots).inputs());
    Map<Tensor, Array> values = new HashMap<>(graph.bindings().values());
    values.keySet().retainAll(inputs);
    Bindings all = graph.bindings();
    return new RandomGraph(
        outputs, updates, new Bindings(values, all.settle(), all.seed(), all.training()));
  }
}
