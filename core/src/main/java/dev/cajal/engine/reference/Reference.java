package dev.cajal.engine.reference;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Tensor;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

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
    requireUsed(outputs, bindings);
    var run =
        new Interpreter.Run(bindings.settle(), bindings.seed(), bindings.training(), keepsSteps);
    var interpreter = new Interpreter(run);
    bindings.values().forEach((node, value) -> interpreter.give(node, Block.of(value)));
    interpreter.compute(graph);
    return new Evaluation(interpreter.values(), interpreter.loops());
  }

  /** Refuses values for computed nodes that are no part of the outputs: they would do nothing. */
  private static void requireUsed(Collection<Tensor> outputs, Bindings bindings) {
    List<Tensor> computed =
        bindings.values().keySet().stream()
            .filter(node -> !(node.op() instanceof Op.Input || node.op() instanceof Op.Param))
            .toList();
    if (!computed.isEmpty()) {
      var nodes = new HashSet<>(Graph.of(outputs).nodes());
      for (Tensor node : computed) {
        if (!nodes.contains(node)) {
          throw new IllegalArgumentException(
              "%s is given a value but is no part of what is evaluated".formatted(node.brief()));
        }
      }
    }
  }
}
