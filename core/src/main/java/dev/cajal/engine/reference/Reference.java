package dev.cajal.engine.reference;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * The reference interpreter: what an expression is worth, in double precision whatever its floating
 * dtype.
 *
 * <pre>{@code
 * Tensor x = Tensor.input("x", 3), y = x.times(x).sum();
 * Reference.evaluate(Gradient.of(y, x), Bindings.of(x, 1, 2, 3));      // [2, 4, 6]
 * }</pre>
 */
public final class Reference {
  private Reference() {}

  /** The value of one tensor. */
  public static Array evaluate(Tensor output, Bindings bindings) {
    return run(List.of(output), bindings, false).value(output);
  }

  /** The value of a tensor without inputs. */
  public static Array evaluate(Tensor output) {
    return evaluate(output, Bindings.none());
  }

  /**
   * The values of some tensors and of everything that they are computed from, loops' steps
   * included.
   */
  public static Evaluation run(Collection<Tensor> outputs, Bindings bindings) {
    return run(outputs, bindings, true);
  }

  private static Evaluation run(Collection<Tensor> outputs, Bindings bindings, boolean keepsSteps) {
    Graph graph = Graph.of(outputs, bindings.values()::containsKey);
    graph.requireDistinctInputs();
    requireUsed(bindings);
    var run =
        new Interpreter.Run(bindings.settle(), bindings.seed(), bindings.training(), keepsSteps);
    var interpreter = new Interpreter(run);
    bindings.values().forEach((node, value) -> interpreter.give(node, Block.of(value)));
    Map<Parameter, Tensor> assigned = graph.assignments();
    var all = new LinkedHashSet<>(outputs);
    all.addAll(assigned.values());
    interpreter.compute(Graph.of(all, bindings.values()::containsKey));
    return new Evaluation(interpreter.values(), interpreter.loops(), assigned);
  }

  /** Refuses values for nodes that were made inside a recurrence: they would do nothing. */
  private static void requireUsed(Bindings bindings) {
    for (Tensor node : bindings.values().keySet()) {
      if (node.isMadeInsideRecurrence()) {
        throw new IllegalArgumentException(
            "%s is given a value, but was made inside a recurrence and is known there alone"
                .formatted(node.brief()));
      }
    }
  }
}
