package dev.cajal.compile;

import static java.util.Objects.requireNonNull;

import dev.cajal.tensor.Body;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The first pass: the same expression with less in it. Nodes that compute the same become one,
 * constants are folded, and the identities of {@link Identities} are applied until none fits. What
 * nothing asks for is not carried along.
 *
 * <p>Values stay the same but for rounding; in particular nothing is dropped that would have become
 * NaN.
 */
public final class Simplify {

  /** What makes two nodes the same: the operation and its inputs. */
  private record Key(Op op, List<Tensor> inputs) {}

  private final Map<Key, Tensor> known = new HashMap<>();

  private Simplify() {}

  public static Tensor of(Tensor output) {
    return of(List.of(output)).getFirst();
  }

  /** The outputs, simplified together, so that what they share stays shared. */
  public static List<Tensor> of(List<Tensor> outputs) {
    var simplify = new Simplify();
    Map<Tensor, Tensor> simpler = new HashMap<>();
    var bodies = new HashMap<Tensor, Map<Tensor, Tensor>>();
    Graph graph = Graph.of(outputs);
    Map<Tensor, Integer> readers = readers(graph);
    for (Tensor node : graph.nodes()) {
      List<Tensor> in = node.inputs().stream().map(simpler::get).toList();
      Tensor rebuilt =
          switch (node.op()) {
            case Op.Scan(var body) -> {
              bodies.put(node, body(body, graph.readFromLoops().getOrDefault(node, Set.of())));
              yield Tensor.of(new Op.Scan(renewed(body, bodies.get(node))), in);
            }
            case Op.Each(var inner) ->
                Tensor.of(new Op.Each(of(bodies, node.inputs().getFirst(), inner)), in);
            case Op.Transpose(var order) when isReadOnce(node.inputs(), readers) ->
                Transposes.intoProduct(in.getFirst(), order).orElseGet(() -> node.withInputs(in));
            default -> node.withInputs(in);
          };
      Tensor better = simplify.best(rebuilt);
      boolean nameless = better.name().isEmpty();
      simpler.put(node, nameless ? node.name().map(better::named).orElse(better) : better);
    }
    return outputs.stream().map(simpler::get).toList();
  }

  private static Tensor of(Map<Tensor, Map<Tensor, Tensor>> bodies, Tensor loop, Tensor inner) {
    return requireNonNull(requireNonNull(bodies.get(loop)).get(inner));
  }

  private static Map<Tensor, Integer> readers(Graph graph) {
    Map<Tensor, Integer> readers = new HashMap<>();
    graph.outputs().forEach(output -> readers.merge(output, 1, Integer::sum));
    graph
        .nodes()
        .forEach(node -> node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum)));
    return readers;
  }

  /** Whether a node's only input is read by it alone. */
  private static boolean isReadOnce(List<Tensor> inputs, Map<Tensor, Integer> readers) {
    return readers.getOrDefault(inputs.getFirst(), 0) == 1;
  }

  /** What is computed in a step of a loop, and read from it, each with what is simpler. */
  private static Map<Tensor, Tensor> body(Body body, Set<Tensor> read) {
    var results = new LinkedHashSet<>(body.next());
    results.addAll(read);
    var before = List.copyOf(results);
    List<Tensor> after = of(before);
    var simpler = new HashMap<Tensor, Tensor>();
    for (int i = 0; i < before.size(); i++) {
      simpler.put(before.get(i), after.get(i));
    }
    return simpler;
  }

  private static Body renewed(Body body, Map<Tensor, Tensor> simpler) {
    return new Body(
        body.steps(),
        body.direction(),
        body.carries(),
        body.sequences(),
        body.captured(),
        body.next().stream().map(simpler::get).toList());
  }

  private Tensor best(Tensor node) {
    Tensor best = node;
    for (Optional<Tensor> next = Identities.apply(best); next.isPresent(); ) {
      best = next.get();
      next = Identities.apply(best);
    }
    return shared(best);
  }

  /** The node that computes the same already, if there is one. */
  private Tensor shared(Tensor node) {
    return switch (node.op()) {
      // An input is what it is, not what it looks like; and a loop is known by what is inside.
      case Op.Input _, Op.Scan _ -> node;
      default -> {
        Tensor first = known.putIfAbsent(new Key(node.op(), node.inputs()), node);
        yield first == null ? node : first;
      }
    };
  }
}
