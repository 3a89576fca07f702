package dev.cajal.tensor;

import static dev.cajal.tensor.Complaint.require;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes the expression of a loop's step independent of what is around it: the largest parts that do
 * not change from step to step become captured tensors, computed once outside, and placeholders
 * take their place.
 *
 * @param captured the tensors outside
 * @param placeholders what stands for them in the results, in the same order
 * @param results the step's results over its own placeholders and these
 */
record Closure(List<Tensor> captured, List<Tensor> placeholders, List<Tensor> results) {

  static Closure over(List<Tensor> carries, List<Tensor> slices, List<Tensor> results) {
    List<Tensor> own = Stream.concat(carries.stream(), slices.stream()).toList();
    require(!own.isEmpty(), "recurrence", () -> "it has neither a carry nor a sequence");
    // What is older than the placeholders can't depend on them, so the walk stops there.
    long oldest = own.stream().mapToLong(Tensor::birth).min().orElseThrow();
    Graph inside = Graph.of(results, node -> node.birth() < oldest);
    return new Closing(inside.dependents(own), oldest).close(inside, own, results);
  }

  private static final class Closing {
    private final Set<Tensor> changing;
    private final long oldest;
    private final Map<Tensor, Tensor> renewed = new HashMap<>();
    private final List<Tensor> captured = new ArrayList<>();
    private final List<Tensor> placeholders = new ArrayList<>();

    Closing(Set<Tensor> changing, long oldest) {
      this.changing = changing;
      this.oldest = oldest;
    }

    Closure close(Graph inside, List<Tensor> own, List<Tensor> results) {
      own.forEach(placeholder -> renewed.put(placeholder, placeholder));
      for (Tensor node : inside.nodes()) {
        if (changing.contains(node) && !renewed.containsKey(node)) {
          require(
              !(node.op() instanceof Op.Assign),
              "recurrence",
              () -> "a step can't assign to a parameter: " + node.brief());
          renewed.put(node, node.withInputs(node.inputs().stream().map(this::within).toList()));
        }
      }
      List<Tensor> closed = results.stream().map(this::within).toList();
      return new Closure(captured, placeholders, closed);
    }

    private Tensor within(Tensor node) {
      return changing.contains(node) || isConstant(node, 8)
          ? renewed.getOrDefault(node, node)
          : renewed.computeIfAbsent(node, this::capture);
    }

    private Tensor capture(Tensor outside) {
      Tensor placeholder =
          Tensor.of(new Op.Input(Notation.of(outside), outside.shape(), outside.dtype()));
      captured.add(outside);
      placeholders.add(placeholder);
      return placeholder;
    }

    /**
     * Whether it is a number, an index or a size in some shape: as cheap to write inside as to
     * bring in.
     */
    private boolean isConstant(Tensor node, int depth) {
      // One that is held outside may be differentiated to, or given another value.
      if (node.birth() < oldest) {
        return false;
      }
      return switch (node.op()) {
        case Op.Constant(var value) -> value.length() <= 1;
        case Op.Iota _, Op.SizeOf _, Op.Training _ -> true;
        case Op.Expand _, Op.Reshape _, Op.Cast _, Op.Map1 _, Op.Map2 _, Op.Compare _ ->
            depth > 0 && node.inputs().stream().allMatch(input -> isConstant(input, depth - 1));
        default -> false;
      };
    }
  }
}
