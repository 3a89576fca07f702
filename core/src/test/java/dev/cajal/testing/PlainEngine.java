package dev.cajal.testing;

import dev.cajal.engine.reference.Reference;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Body;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Computes one node after the other, by a rule, and keeps each in its own dtype: to see what the
 * comparison with the reference interpreter accepts and what it refuses.
 */
final class PlainEngine implements Engine {

  /** How a node is computed. */
  interface Rule {
    /**
     * The numbers of a node.
     *
     * @param in the values of its inputs, in their dtypes
     * @param exact the node over those, in double precision
     */
    double[] compute(Tensor node, List<Array> in, double[] exact, Bindings context);
  }

  private final Rule rule;

  PlainEngine(Rule rule) {
    this.rule = rule;
  }

  @Override
  public List<Array> run(List<Tensor> outputs, Map<Parameter, Tensor> updates, Bindings bindings) {
    Set<Tensor> roots = new LinkedHashSet<>(outputs);
    roots.addAll(updates.values());
    Graph graph = Graph.of(roots, bindings.values()::containsKey);
    Map<Tensor, Array> values = new Step(context(bindings)).compute(graph, bindings.values());
    Map<Parameter, Array> writes = new LinkedHashMap<>();
    updates.forEach((parameter, value) -> writes.put(parameter, values.get(value)));
    for (Tensor node : graph.nodes()) {
      if (node.op() instanceof Op.Assign(var parameter)) {
        writes.put(parameter, values.get(node.inputs().getLast()));
      }
    }
    writes.forEach(Parameter::set);
    return outputs.stream()
        .map(output -> Objects.requireNonNull(values.get(output)).copy())
        .toList();
  }

  private static Bindings context(Bindings bindings) {
    return new Bindings(Map.of(), bindings.settle(), bindings.seed(), bindings.training());
  }

  /** One pass over a graph: the whole, or a step of a loop. */
  private final class Step {
    private final Bindings context;
    private final Map<Tensor, Array> values = new HashMap<>();
    private final Map<Tensor, List<Array>> last = new HashMap<>();
    private final Map<Tensor, Map<Tensor, Array>> each = new HashMap<>();

    Step(Bindings context) {
      this.context = context;
    }

    Map<Tensor, Array> compute(Graph graph, Map<Tensor, Array> given) {
      values.putAll(given);
      Map<Tensor, Set<Tensor>> read = graph.readFromLoops();
      for (Tensor node : graph.nodes()) {
        if (!values.containsKey(node)) {
          switch (node.op()) {
            case Op.Scan(var body) -> loop(node, body, read.getOrDefault(node, Set.of()));
            case Op.Last(var carry) -> values.put(node, lasts(node).get(carry));
            case Op.Each(var inner) ->
                values.put(node, Objects.requireNonNull(eachs(node).get(inner)));
            default -> values.put(node, value(node));
          }
        }
      }
      return values;
    }

    private List<Array> lasts(Tensor reader) {
      return Objects.requireNonNull(last.get(reader.inputs().getFirst()));
    }

    private Map<Tensor, Array> eachs(Tensor reader) {
      return Objects.requireNonNull(each.get(reader.inputs().getFirst()));
    }

    private List<Array> inputs(Tensor node) {
      return node.inputs().stream()
          .map(input -> Objects.requireNonNull(values.get(input)))
          .toList();
    }

    private Array value(Tensor node) {
      List<Array> in = inputs(node);
      // Not the node itself: one that is made in a loop is known there alone.
      List<Tensor> leaves = new ArrayList<>();
      Bindings bindings = context;
      for (Array array : in) {
        Tensor like = node.inputs().get(leaves.size());
        Tensor leaf =
            Tensor.input("x" + leaves.size(), like.dtype(), like.shape().sizes().toArray());
        leaves.add(leaf);
        bindings = bindings.with(leaf, array);
      }
      Array exact = Reference.evaluate(node.withInputs(leaves), bindings);
      return stored(
          node.dtype(), exact.shape(), rule.compute(node, in, exact.toDoubles(), context));
    }

    private void loop(Tensor node, Body body, Set<Tensor> read) {
      List<Array> in = inputs(node);
      int count = body.carries().size();
      int steps = (int) body.steps().bind(context.sizes()).number();
      List<Array> carries = in.subList(0, count);
      Map<Tensor, double[]> stacks = new HashMap<>();
      for (Tensor inner : read) {
        long elements = inner.shape().bind(context.sizes()).elements().number();
        stacks.put(inner, new double[(int) elements * steps]);
      }
      Set<Tensor> results = new LinkedHashSet<>(body.next());
      results.addAll(read);
      Graph graph = Graph.of(results, body.placeholders()::contains);
      for (int done = 0; done < steps; done++) {
        int t = body.direction() == Body.Direction.FORWARD ? done : steps - 1 - done;
        Map<Tensor, Array> given = new HashMap<>();
        for (int i = 0; i < in.size(); i++) {
          boolean isSequence = i >= count && i < count + body.sequences().size();
          Array value = i < count ? carries.get(i) : isSequence ? slice(in.get(i), t) : in.get(i);
          given.put(body.placeholders().get(i), value);
        }
        Map<Tensor, Array> inside = new Step(context).compute(graph, given);
        stacks.forEach((inner, stack) -> {
          double[] values = Objects.requireNonNull(inside.get(inner)).toDoubles();
          System.arraycopy(values, 0, stack, t * values.length, values.length);
        });
        carries = body.next().stream().map(inside::get).toList();
      }
      last.put(node, carries);
      Map<Tensor, Array> stacked = new HashMap<>();
      stacks.forEach((inner, stack) -> {
        Shape shape = inner.shape().bind(context.sizes());
        stacked.put(inner, stored(inner.dtype(), shape.insert(0, Size.of(steps)), stack));
      });
      each.put(node, stacked);
    }
  }

  private static Array slice(Array sequence, int t) {
    Shape shape = sequence.shape().part(1, sequence.shape().rank());
    int count = (int) shape.elements().number();
    double[] values = Arrays.copyOfRange(sequence.toDoubles(), t * count, (t + 1) * count);
    return stored(sequence.dtype(), shape, values);
  }

  static Array stored(DType dtype, Shape shape, double[] values) {
    return Array.wrap(values, shape).as(dtype, shape);
  }
}
