package dev.cajal.engine.reference;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The values that the nodes of an expression took in one evaluation: all of them, also those in
 * between.
 */
public final class Evaluation {
  private final Map<Tensor, Block> values;

  Evaluation(Map<Tensor, Block> values) {
    this.values = values;
  }

  /** The value of a node: f64 where the node is floating point, else of its own dtype. */
  public Array value(Tensor node) {
    Block block = values.get(node);
    if (block == null) {
      throw new IllegalArgumentException(node.brief() + " was not part of what was evaluated");
    }
    return block.toArray(node.dtype());
  }

  /** What the run assigns to parameters, and has not written yet. */
  public Map<Parameter, Array> assignments() {
    Map<Parameter, Array> assignments = new LinkedHashMap<>();
    values.keySet().stream()
        .filter(node -> node.op() instanceof Op.Assign)
        .forEach(node ->
            assignments.put(((Op.Assign) node.op()).parameter(), value(node.inputs().getLast())));
    return assignments;
  }

  /** Writes the assignments into their parameters. */
  public void commit() {
    assignments()
        .forEach(
            (parameter, value) -> parameter.set(value.as(parameter.dtype(), parameter.shape())));
  }
}
