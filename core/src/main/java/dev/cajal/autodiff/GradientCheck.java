package dev.cajal.autodiff;

import dev.cajal.engine.reference.Evaluation;
import dev.cajal.engine.reference.Reference;
import dev.cajal.random.RandomStream;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Distribution;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares a gradient with central differences, {@code (f(x + h) - f(x - h)) / 2h} made exact to
 * the fourth order, computed in double precision on the reference interpreter. It is for layers and
 * losses of one's own as much as for this library's.
 *
 * <pre>{@code
 * GradientCheck.Report report = GradientCheck.of(loss, Bindings.of(x, 1, 2, 3)).run();
 * assert report.passed() : report;
 * }</pre>
 *
 * <p>A result that is not a scalar is weighted with random numbers and summed, so that all its
 * elements count. At a corner, such as that of relu at 0, the two can't agree: choose values away
 * from it.
 *
 * @param y what is differentiated
 * @param xs what it is differentiated to
 * @param bindings the point at which
 * @param step the h of the differences, for numbers around 1; it grows with larger ones
 * @param tolerance the largest error of an element that passes, relative to its gradient; what
 *     rounding explains passes as well
 */
public record GradientCheck(
    Tensor y, List<Tensor> xs, Bindings bindings, double step, double tolerance) {

  /** The element at which the two differ most. */
  public record Worst(
      Tensor x, List<Integer> index, double gradient, double difference, double error) {
    @Override
    public String toString() {
      return "%s at %s: the gradient is %s, the central difference %s, relative error %.2g"
          .formatted(x.name().orElse(x.brief()), index, gradient, difference, error);
    }
  }

  /**
   * The outcome.
   *
   * @param passed whether no element differs by more than the tolerance
   * @param elements how many elements were compared
   * @param worst the one that differs most; there is none when there are no elements
   */
  public record Report(boolean passed, int elements, Optional<Worst> worst) {
    @Override
    public String toString() {
      return "gradient check %s: %d elements compared%s"
          .formatted(
              passed ? "passed" : "FAILED", elements, worst.map(at -> "; worst " + at).orElse(""));
    }
  }

  public GradientCheck {
    xs = List.copyOf(xs);
  }

  /** A check of the gradient to every floating-point input and parameter, at a point. */
  public static GradientCheck of(Tensor y, Bindings bindings) {
    List<Tensor> xs =
        Graph.of(y).nodes().stream()
            .filter(node -> node.op() instanceof Op.Input || node.op() instanceof Op.Param)
            .filter(node -> node.dtype().isFloat())
            .toList();
    return new GradientCheck(y, xs, bindings, 1e-4, 1e-6);
  }

  /** The same check of the gradient to some tensors only; they may be any nodes. */
  public GradientCheck withRespectTo(Tensor... some) {
    return new GradientCheck(y, List.of(some), bindings, step, tolerance);
  }

  public GradientCheck withStep(double other) {
    return new GradientCheck(y, xs, bindings, other, tolerance);
  }

  public GradientCheck withTolerance(double other) {
    return new GradientCheck(y, xs, bindings, step, other);
  }

  /** Compares every element. */
  public Report run() {
    Tensor scalar = weighted();
    List<Tensor> gradients = Gradient.of(scalar, xs);
    Evaluation here =
        Reference.run(
            Stream.of(xs, gradients, List.of(scalar)).flatMap(List::stream).toList(), bindings);
    // What rounding alone can make of a difference: some fifty roundings of the result, over h.
    double noise = 50 * Math.ulp(terms(scalar, here)) / step;
    List<Worst> compared = new ArrayList<>();
    for (int i = 0; i < xs.size(); i++) {
      compared.addAll(
          compare(scalar, xs.get(i), here.value(xs.get(i)), here.value(gradients.get(i)), noise));
    }
    // NaN is larger than every number.
    Optional<Worst> worst = compared.stream().max(Comparator.comparingDouble(Worst::error));
    return new Report(worst.isEmpty() || worst.get().error <= tolerance, compared.size(), worst);
  }

  /** How large the numbers are that the result is made of: it may be a small sum of large terms. */
  private static double terms(Tensor scalar, Evaluation here) {
    double largest = 0;
    for (Tensor node : Graph.of(List.of(scalar), node -> node.rank() > 0).nodes()) {
      if (node.dtype().isFloat()) {
        for (double term : here.value(node).toDoubles()) {
          largest = Math.max(largest, Math.abs(term));
        }
      }
    }
    return largest;
  }

  private List<Worst> compare(Tensor scalar, Tensor x, Array at, Array gradient, double noise) {
    var differences = new double[at.length()];
    Arrays.setAll(differences, k -> difference(scalar, x, at, k));
    var compared = new ArrayList<Worst>();
    for (int k = 0; k < differences.length; k++) {
      double distance = Math.abs(gradient.at(k) - differences[k]);
      double scale = Math.max(Math.abs(gradient.at(k)), Math.abs(differences[k]));
      // So that a distance within the noise passes, and shows as what it is.
      double error = distance == 0 ? 0 : distance / Math.max(scale, noise / tolerance);
      compared.add(
          new Worst(x, index(k, at.shape().numbers()), gradient.at(k), differences[k], error));
    }
    return compared;
  }

  /** The sum of y with random weights between 0.5 and 1.5, so that no symmetry cancels. */
  private Tensor weighted() {
    if (y.rank() == 0) {
      return y;
    }
    long stream = RandomStream.of(0, "gradient check").stream();
    Tensor random = Tensor.of(new Op.Random(Distribution.UNIFORM, y.shape(), y.dtype(), stream));
    return y.times(random.plus(0.5)).sum();
  }

  /** The central difference over four points, whose error is of the order h⁴. */
  private double difference(Tensor scalar, Tensor x, Array at, int k) {
    double h = step * Math.max(1, Math.abs(at.at(k)));
    double near = moved(scalar, x, at, k, h) - moved(scalar, x, at, k, -h);
    double far = moved(scalar, x, at, k, 2 * h) - moved(scalar, x, at, k, -2 * h);
    return (8 * near - far) / (12 * h);
  }

  private double moved(Tensor scalar, Tensor x, Array at, int k, double by) {
    double[] values = at.toDoubles();
    values[k] += by;
    return Reference.evaluate(scalar, bindings.with(x, Array.wrap(values, at.shape()))).item();
  }

  private static List<Integer> index(int position, int[] sizes) {
    var index = new Integer[sizes.length];
    int rest = position;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      index[axis] = rest % sizes[axis];
      rest /= sizes[axis];
    }
    return List.of(index);
  }
}
