package dev.cajal.autodiff;

import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One walk from results back to what they depend on: every node hands the gradient that has
 * gathered at it to its inputs, by the table of {@link Derivatives}. Users come before what they
 * use, so a node's gradient is complete when its turn comes, and each node is visited once.
 */
final class Backward {
  private final Graph graph;
  private final Set<Tensor> active;
  private final Map<Tensor, Tensor> gradients = new HashMap<>();

  /** For each loop, what has gathered at the values that are read from it. */
  private final Map<Tensor, Map<Op, Tensor>> read = new HashMap<>();

  /** A walk through a graph to some of its nodes. */
  Backward(Graph graph, List<Tensor> xs) {
    this.graph = graph;
    this.active = graph.dependents(xs);
  }

  /** Where the walk starts, and with what. */
  void seed(Tensor y, Tensor u) {
    add(y, u);
  }

  void run() {
    for (Tensor node : graph.nodes().reversed()) {
      Tensor g = gradients.get(node);
      switch (node.op()) {
        case Op.Scan(var body) -> {
          Map<Op, Tensor> gathered = read.get(node);
          if (gathered != null) {
            handOn(node.inputs(), LoopGradient.of(node, body, gathered, active));
          }
        }
        case Op.Last _, Op.Each _ -> {
          if (g != null) {
            read.computeIfAbsent(node.inputs().getFirst(), _ -> new LinkedHashMap<>())
                .merge(node.op(), g, Tensor::plus);
          }
        }
        default -> {
          if (g != null) {
            handOn(node.inputs(), Derivatives.of(node, g));
          }
        }
      }
    }
  }

  private void handOn(List<Tensor> inputs, List<Tensor> flows) {
    for (int i = 0; i < inputs.size(); i++) {
      if (active.contains(inputs.get(i)) && !flows.get(i).equals(Derivatives.NOTHING)) {
        add(inputs.get(i), flows.get(i));
      }
    }
  }

  private void add(Tensor node, Tensor g) {
    gradients.merge(node, g, Tensor::plus);
  }

  /** What has gathered at a node; zeros where nothing came. */
  Tensor gradient(Tensor x) {
    Tensor g = gradients.get(x);
    return g == null ? Tensor.full(x.shape(), x.dtype(), 0) : g;
  }
}
