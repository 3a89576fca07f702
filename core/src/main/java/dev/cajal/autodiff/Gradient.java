package dev.cajal.autodiff;

import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Tensor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Derivatives in reverse and in forward mode. A gradient is an expression like the one it is of, so
 * it can be printed, evaluated and differentiated again.
 *
 * <pre>{@code
 * Tensor x = Tensor.input("x", 3), y = x.times(x).sum();
 * Tensor slope = Gradient.of(y, x);                                // 2·x
 * }</pre>
 *
 * <p>The gradient can be taken to any node, not only to inputs and parameters; where nothing leads
 * from it to the result, it is zero. At corners it is as {@link Tensor}'s functions say.
 */
public final class Gradient {
  private Gradient() {}

  /** {@code ∂y/∂x} for a scalar y: of the shape of x. */
  public static Tensor of(Tensor y, Tensor x) {
    return of(y, List.of(x)).getFirst();
  }

  /** {@code ∂y/∂x} for a scalar y and several x, in one pass. */
  public static List<Tensor> of(Tensor y, Tensor... xs) {
    return of(y, List.of(xs));
  }

  /** {@code ∂y/∂x} for a scalar y and several x, in one pass. */
  public static List<Tensor> of(Tensor y, List<Tensor> xs) {
    requireFloat("gradient of", y);
    if (y.rank() != 0) {
      throw new IllegalArgumentException(
          "gradient: %s is not a scalar: take its sum or mean, or use Jacobian or vectorJacobian"
              .formatted(y.brief()));
    }
    return vectorJacobian(y, Tensor.scalar(y.dtype(), 1), xs);
  }

  /** {@code uᵀ·∂y/∂x}, reverse mode: for each x, how the sum of {@code u ⊙ y} changes with it. */
  public static List<Tensor> vectorJacobian(Tensor y, Tensor u, List<Tensor> xs) {
    requireFloat("gradient of", y);
    xs.forEach(x -> requireFloat("gradient with respect to", x));
    if (!u.shape().equals(y.shape()) || u.dtype() != y.dtype()) {
      throw new IllegalArgumentException(
          "vectorJacobian: %s %s must be like %s %s"
              .formatted(u.brief(), u.dtype(), y.brief(), y.dtype()));
    }
    Graph graph = Graph.of(y);
    Set<Tensor> nodes = new HashSet<>(graph.nodes());
    // Within a rule its carries and slices are inputs like others, which may go unused.
    boolean within = y.isMadeInsideRecurrence();
    xs.forEach(x -> requirePart(graph, nodes, x, within));
    return pullBack(graph, y, u, xs);
  }

  private static List<Tensor> pullBack(Graph graph, Tensor y, Tensor u, List<Tensor> xs) {
    var back = new Backward(graph, xs);
    back.seed(y, u);
    back.run();
    return xs.stream().map(back::gradient).toList();
  }

  /**
   * {@code ∂y/∂x·v}, forward mode: how y changes when x moves along v.
   *
   * <p>{@code uᵀ·∂y/∂x} is linear in u, so its own reverse-mode gradient to u, along v, is {@code
   * ∂y/∂x·v}: forward mode needs no rules of its own (Townsend, 2017). The value of u does not
   * matter, and nothing of it remains.
   */
  public static Tensor jacobianVector(Tensor y, Tensor x, Tensor v) {
    return jacobianVector(y, List.of(x), List.of(v));
  }

  /** How y changes when each x moves along its v. */
  public static Tensor jacobianVector(Tensor y, List<Tensor> xs, List<Tensor> vs) {
    if (xs.size() != vs.size()) {
      throw new IllegalArgumentException(
          "jacobianVector: %d directions are given for %d tensors".formatted(vs.size(), xs.size()));
    }
    requireFloat("jacobianVector of", y);
    xs.forEach(x -> requireFloat("jacobianVector with respect to", x));
    Tensor u = Tensor.full(y.shape(), y.dtype(), 0).named("u");
    List<Tensor> pulled = pullBack(Graph.of(y), y, u, xs);
    Tensor along = Tensor.scalar(y.dtype(), 0);
    for (int i = 0; i < xs.size(); i++) {
      Tensor v = vs.get(i);
      Tensor x = xs.get(i);
      if (!v.shape().equals(x.shape()) || v.dtype() != x.dtype()) {
        throw new IllegalArgumentException(
            "jacobianVector: %s %s must be like %s %s"
                .formatted(v.brief(), v.dtype(), x.brief(), x.dtype()));
      }
      along = along.plus(pulled.get(i).times(v).sum().cast(y.dtype()));
    }
    return pullBack(Graph.of(along), along, Tensor.scalar(y.dtype(), 1), List.of(u)).getFirst();
  }

  /**
   * Refuses what can only be a mistake, and would be a silent zero: an input that has a twin of the
   * same name in the expression, and a node made inside a recurrence, which is known there alone.
   */
  private static void requirePart(Graph graph, Set<Tensor> nodes, Tensor x, boolean withinRule) {
    if (nodes.contains(x)) {
      return;
    }
    if (!withinRule && x.isMadeInsideRecurrence()) {
      throw new IllegalArgumentException(
          "gradient with respect to %s: it was made inside a recurrence, and is known there alone"
              .formatted(x.brief()));
    }
    boolean twin =
        x.op() instanceof Op.Input
            && graph.inputs().stream().anyMatch(input -> input.name().equals(x.name()));
    if (twin) {
      throw new IllegalArgumentException(
          "gradient with respect to %s: the expression has another input of that name: write it once"
                  .formatted(x.brief())
              + " and use it in both places");
    }
  }

  static void requireFloat(String what, Tensor x) {
    if (!x.dtype().isFloat() || x.op() instanceof Op.Scan) {
      throw new IllegalArgumentException(
          "%s %s: it is %s, only floating point has a gradient"
              .formatted(what, x.brief(), x.dtype()));
    }
  }
}
