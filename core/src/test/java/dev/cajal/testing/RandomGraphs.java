package dev.cajal.testing;

import dev.cajal.autodiff.Gradient;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes random graphs: valid expressions of up to {@value #NODES} nodes over all of the language,
 * in the patterns that compilers fuse. Then some of the nodes become outputs, and often the
 * gradient of their sum is asked for as well, and parameters are updated with it.
 */
final class RandomGraphs {
  private static final int NODES = 30;
  private static final int ATTEMPTS = 60;
  private static final int GRADIENTS = 3;

  private final Choices choices;
  private final RandomGraphSketch sketch;
  private final Map<Parameter, Tensor> updates = new LinkedHashMap<>();

  private RandomGraphs(Choices choices) {
    this.choices = choices;
    this.sketch = new RandomGraphSketch(choices);
  }

  static RandomGraph of(Choices choices) {
    var making = new RandomGraphs(choices);
    making.grow();
    List<Tensor> outputs = making.outputs();
    making.differentiate(outputs);
    return new RandomGraph(
        outputs,
        making.updates,
        making.sketch.leaves.bindings(making.sketch.symbols(), making.inputs(outputs)));
  }

  private void grow() {
    int wanted = choices.between(2, NODES);
    for (int attempt = 0; attempt < ATTEMPTS && nodes() < wanted; attempt++) {
      List<Function<RandomGraphSketch, Tensor>> kind = kind();
      Function<RandomGraphSketch, Tensor> production =
          kind.get(choices.between(0, kind.size() - 1));
      sketch.offer(() -> production.apply(sketch));
    }
    if (sketch.pool().isEmpty()) {
      sketch.leaf(sketch.shape(0, 2));
    }
  }

  private int nodes() {
    return Graph.of(sketch.pool()).nodes().size();
  }

  private List<Function<RandomGraphSketch, Tensor>> kind() {
    return switch (choices.between(0, 19)) {
      case 0, 1, 2, 3 -> RandomGraphMaps.maps();
      case 4, 5 -> RandomGraphMaps.conditions();
      case 6, 7, 8 -> RandomGraphMaps.reductions();
      case 9, 10, 11 -> RandomGraphMovement.all();
      case 12 -> RandomGraphMovement.indices();
      case 13, 14 -> RandomGraphProducts.products();
      case 15 -> RandomGraphProducts.windows();
      case 16 -> RandomGraphLoops.all();
      default -> RandomGraphLayers.all();
    };
  }

  /** Some of the nodes: the ends that nothing uses, mostly, and a few in between. */
  private List<Tensor> outputs() {
    Set<Tensor> used = new HashSet<>();
    sketch
        .pool()
        .forEach(node ->
            used.addAll(
                Graph.of(node).nodes().stream().filter(below -> !below.equals(node)).toList()));
    List<Tensor> ends =
        sketch.pool().stream()
            .filter(node -> !used.contains(node) && !node.inputs().isEmpty())
            .toList();
    var outputs = new ArrayList<Tensor>();
    for (int i = choices.between(1, 4); i > 0; i--) {
      List<Tensor> from = ends.isEmpty() || choices.oneIn(4) ? sketch.pool() : ends;
      outputs.add(from.get(choices.between(0, from.size() - 1)));
    }
    return outputs;
  }

  /** Adds gradients to some leaves, and updates of the parameters. */
  private void differentiate(List<Tensor> outputs) {
    List<Tensor> terms =
        outputs.stream().filter(x -> x.dtype() == DType.F32).map(this::weighted).toList();
    if (!terms.isEmpty() && !choices.oneIn(3)) {
      Tensor loss = terms.stream().reduce(Tensor::plus).orElseThrow();
      List<Tensor> leaves =
          Graph.of(loss).nodes().stream()
              .filter(node -> node.dtype() == DType.F32 && isVariable(node))
              .toList();
      List<Tensor> some = leaves.subList(0, Math.min(leaves.size(), GRADIENTS));
      List<Tensor> gradients = gradients(loss, some);
      for (int i = 0; i < gradients.size(); i++) {
        Tensor gradient = gradients.get(i);
        if (isClear(gradient)) {
          outputs.add(gradient);
          update(some.get(i), gradient);
        }
      }
    }
    resetSome(outputs);
    // The old values of what is updated, as they are or elsewhere.
    for (Parameter parameter : updates.keySet()) {
      if (choices.oneIn(4)) {
        Tensor old = parameter.value();
        sketch.known().give(old, parameter.array());
        boolean seen = sketch.offer(() -> RandomGraphMovement.view(sketch, old));
        outputs.add(seen && choices.oneIn(2) ? sketch.pool().getLast() : old);
      }
    }
  }

  private static List<Tensor> gradients(Tensor loss, List<Tensor> variables) {
    try {
      return variables.isEmpty() ? List.of() : Gradient.of(loss, variables);
    } catch (IllegalArgumentException refused) {
      // A transposed convolution of nothing has none.
      return List.of();
    }
  }

  /** Sets a parameter to an output, to another parameter, or to itself turned around. */
  private void resetSome(List<Tensor> outputs) {
    Tensor reset = outputs.getFirst();
    if (choices.oneIn(6) && reset.shape().isNumeric() && reset.dtype() == DType.F32) {
      updates.put(Parameter.of("r", zeros(reset)), reset);
    }
    Set<Parameter> read = new LinkedHashSet<>(Graph.of(outputs).parameters());
    read.removeAll(sketch.assigned().keySet());
    for (Parameter parameter : read) {
      Tensor value = parameter.value();
      if (choices.oneIn(8) && parameter.dtype() == DType.F32) {
        updates.putIfAbsent(parameter, value.rank() == 0 ? value.negated() : value.flip(0));
      }
      for (Parameter other : read) {
        if (choices.oneIn(8) && other.shape().equals(parameter.shape())) {
          updates.putIfAbsent(parameter, other.value());
        }
      }
    }
  }

  private static Array zeros(Tensor x) {
    return Array.wrap(new float[(int) x.shape().elements().number()], x.shape());
  }

  private Tensor weighted(Tensor x) {
    Tensor weighted = choices.oneIn(2) ? x : x.times(choices.number(0.5, 1.5));
    return choices.oneIn(2) ? weighted.sum() : weighted.tanh().sum();
  }

  private static boolean isVariable(Tensor node) {
    return node.op() instanceof Op.Param || node.op() instanceof Op.Input;
  }

  /** Whether nearly all of a node's numbers are known well. */
  private boolean isClear(Tensor node) {
    try {
      if (!sketch.isSmall(node)) {
        return false;
      }
      Enclosure x = sketch.known().add(node);
      int doubtful = 0;
      for (int i = 0; i < x.values().length; i++) {
        boolean fine = x.errors()[i] <= 1e-2 * Math.max(1e-2, Math.abs(x.values()[i]));
        doubtful += fine ? 0 : 1;
      }
      return 20 * doubtful <= x.values().length;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  private void update(Tensor leaf, Tensor gradient) {
    if (!(leaf.op() instanceof Op.Param(var parameter))
        || sketch.assigned().containsKey(parameter)
        || choices.oneIn(2)) {
      return;
    }
    if (choices.oneIn(2)) {
      updates.put(parameter, leaf.minus(gradient.times(0.1)));
    } else {
      Parameter velocity = Parameter.of(parameter.name().orElse("") + ".velocity", zeros(leaf));
      Tensor next = velocity.value().times(0.9).plus(gradient);
      updates.put(velocity, next);
      updates.put(parameter, leaf.minus(next.times(0.1)));
    }
  }

  private Set<Tensor> inputs(List<Tensor> outputs) {
    var roots = new ArrayList<>(outputs);
    roots.addAll(updates.values());
    return new HashSet<>(Graph.of(roots).inputs());
  }
}
