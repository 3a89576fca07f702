package dev.cajal.nn;

import dev.cajal.tensor.Body;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An operation of an expression, be it in a loop or not.
 *
 * @param inputs what it reads: where the body of a loop has a placeholder, what is outside in its
 *     place
 * @param times how often a run does it
 */
record Operation(Tensor node, List<Tensor> inputs, double times) {

  /** All operations of a graph, those of a loop where the loop is. */
  static List<Operation> allOf(Graph graph) {
    var operations = new ArrayList<Operation>();
    add(graph, 1, new HashMap<>(), operations);
    return operations;
  }

  private static void add(
      Graph graph, double times, Map<Tensor, Tensor> outside, List<Operation> operations) {
    for (Tensor node : graph.nodes()) {
      List<Tensor> in =
          node.inputs().stream().map(input -> outside.getOrDefault(input, input)).toList();
      switch (node.op()) {
        case Op.Scan(var body) -> {
          for (int i = 0; i < in.size(); i++) {
            outside.put(body.placeholders().get(i), in.get(i));
          }
          Set<Tensor> read = graph.readFromLoops().getOrDefault(node, Set.of());
          add(step(body, read), times * elements(body.steps()), outside, operations);
        }
        case Op.Last(var carry) -> {
          var body = ((Op.Scan) node.inputs().getFirst().op()).body();
          Tensor inner = body.next().get(carry);
          operations.add(new Operation(node, List.of(outside.getOrDefault(inner, inner)), times));
        }
        case Op.Each(var inner) ->
            operations.add(new Operation(node, List.of(outside.getOrDefault(inner, inner)), times));
        default -> {
          if (!outside.containsKey(node)) {
            operations.add(new Operation(node, in, times));
          }
        }
      }
    }
  }

  private static Graph step(Body body, Set<Tensor> read) {
    var results = new LinkedHashSet<>(body.next());
    results.addAll(read);
    return Graph.of(results, body.placeholders()::contains);
  }

  /** Whether it moves numbers and computes none. */
  boolean isMovement() {
    return switch (node.op()) {
      case Op.Reshape _, Op.Transpose _, Op.Expand _, Op.Slice _, Op.Flip _, Op.Last _, Op.Each _ ->
          true;
      default -> false;
    };
  }

  /** Floating-point operations for one sample. */
  double flops() {
    return times * flopsOnce();
  }

  private double flopsOnce() {
    double elements = elements(node.shape());
    return switch (node.op()) {
      case Op.MatMul _ -> 2 * elements * elements(node.inputs().getFirst().shape().size(-1));
      case Op.Conv _ -> {
        Shape kernel = node.inputs().getLast().shape();
        yield 2 * elements * elements(kernel) / elements(kernel.size(-1));
      }
      case Op.ConvTranspose _ -> {
        Shape kernel = node.inputs().getLast().shape();
        double inputs = elements(node.inputs().getFirst().shape());
        yield 2 * inputs * elements(kernel) / elements(kernel.size(-1));
      }
      case Op.Map1 _, Op.Map2 _, Op.Compare _, Op.Select _ -> elements;
      case Op.Sum _, Op.Max _ -> elements(node.inputs().getFirst().shape());
      default -> 0;
    };
  }

  private static double elements(Shape shape) {
    return shape.sizes().stream().mapToDouble(Operation::elements).reduce(1, (a, b) -> a * b);
  }

  /** Symbols count once: one sample, one step of time. */
  private static double elements(Size size) {
    return size.factor();
  }
}
