package dev.cajal.engine.reference;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values that the nodes of an expression took in one evaluation: all of them, also those in
 * between.
 */
public final class Evaluation {
  private final Map<Tensor, Block> values;
  private final Map<Tensor, Interpreter.Loop> loops;
  private final Map<Parameter, Tensor> assigned;

  Evaluation(
      Map<Tensor, Block> values,
      Map<Tensor, Interpreter.Loop> loops,
      Map<Parameter, Tensor> assigned) {
    this.values = values;
    this.loops = loops;
    this.assigned = assigned;
  }

  /** The value of a node: f64 where the node is floating point, else of its own dtype. */
  public Array value(Tensor node) {
    Block block = values.get(node);
    if (block == null) {
      throw new IllegalArgumentException(node.brief() + " was not part of what was evaluated");
    }
    return block.toArray(node.dtype());
  }

  /**
   * The values inside a loop, one evaluation a step, by the step's index in the sequences; the loop
   * is found by anything that is read from it.
   */
  public List<Evaluation> steps(Tensor result) {
    Interpreter.Loop loop =
        result.inputs().isEmpty() ? null : loops.get(result.inputs().getFirst());
    if (loop == null) {
      throw new IllegalArgumentException(
          result.brief() + " is not a result of a loop that was evaluated");
    }
    return loop.steps().stream()
        .map(step -> new Evaluation(step.values(), step.loops(), Map.of()))
        .toList();
  }

  /** What the run assigns to parameters, and has not written yet. */
  public Map<Parameter, Array> assignments() {
    Map<Parameter, Array> assignments = new LinkedHashMap<>();
    assigned.forEach((parameter, value) -> assignments.put(parameter, value(value)));
    return assignments;
  }

  /** Writes the assignments into their parameters. */
  public void commit() {
    assignments()
        .forEach(
            (parameter, value) -> parameter.set(value.as(parameter.dtype(), parameter.shape())));
  }
}
