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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares a gradient with central differences, {@code (f(x + h) - f(x - h)) / 2h} and its like of
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
 * @param step the largest h of the differences, for numbers around 1; it grows with larger ones,
 *     and shrinks until the difference is known well enough
 * @param tolerance the largest error of an element that passes, relative to its gradient
 */
public record GradientCheck(
    Tensor y, List<Tensor> xs, Bindings bindings, double step, double tolerance) {

  /** The element at which the two differ most. */
  public record Worst(
      Tensor x, List<Integer> index, double gradient, double difference, double error) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s at %s: the gradient is %s, the central difference %s, relative error %.2g",
          x.name().orElse(x.brief()),
          index,
          gradient,
          difference,
          error);
    }
  }

  /**
   * The outcome.
   *
   * @param passed whether no element differs by more than the tolerance and what rounding explains
   * @param elements how many elements were compared
   * @param belowRounding of how many the difference is too uncertain to say more than that
   * @param worst the one that differs most; there is none when there are no elements
   */
  public record Report(boolean passed, int elements, int belowRounding, Optional<Worst> worst) {
    @Override
    public String toString() {
      return "gradient check %s: %d elements compared%s%s"
          .formatted(
              passed ? "passed" : "FAILED",
              elements,
              belowRounding == 0 ? "" : ", " + belowRounding + " of them lost in rounding",
              worst.map(at -> "; worst " + at).orElse(""));
    }
  }

  /** An element, whether it passes, and whether that means anything. */
  private record Element(Worst comparison, boolean passes, boolean isKnown) {}

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
    return new GradientCheck(y, xs, bindings, 1e-3, 1e-6);
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
    double noise = noise(scalar, here);
    var elements = new ArrayList<Element>();
    for (int i = 0; i < xs.size(); i++) {
      Array at = here.value(xs.get(i));
      Array gradient = here.value(gradients.get(i));
      for (int k = 0; k < at.length(); k++) {
        elements.add(compare(scalar, xs.get(i), at, k, gradient.at(k), noise));
      }
    }
    // What fails is worse than what passes; and NaN is larger than every number.
    Comparator<Element> byError = Comparator.comparingDouble(element -> element.comparison.error);
    Optional<Element> worst =
        elements.stream()
            .max(Comparator.comparing((Element element) -> !element.passes).thenComparing(byError));
    int lost = (int) elements.stream().filter(element -> !element.isKnown).count();
    boolean passed = elements.stream().allMatch(Element::passes);
    return new Report(passed, elements.size(), lost, worst.map(Element::comparison));
  }

  private Element compare(Tensor scalar, Tensor x, Array at, int k, double gradient, double noise) {
    double largest = step * Math.max(1, Math.abs(at.at(k)));
    Difference difference =
        Difference.of(by -> moved(scalar, x, at, k, by), largest, noise, tolerance / 100);
    double distance = Math.abs(gradient - difference.value());
    double scale = Math.max(Math.abs(gradient), Math.abs(difference.value()));
    double slack = 4 * difference.uncertainty();
    boolean passes = distance <= tolerance * scale + slack && Double.isFinite(slack);
    boolean isKnown = slack <= tolerance * scale || distance == 0;
    double error = distance == 0 || (passes && !isKnown) ? 0 : distance / scale;
    List<Integer> index = index(k, at.shape().numbers());
    return new Element(new Worst(x, index, gradient, difference.value(), error), passes, isKnown);
  }

  /** How far the result moves when everything it depends on moves by a rounding or two. */
  private double noise(Tensor scalar, Evaluation here) {
    double result = here.value(scalar).item();
    double noise = Math.ulp(result);
    var stream = RandomStream.of(0, "rounding");
    long position = 0;
    for (int tries = 0; tries < 8; tries++) {
      Bindings nearby = bindings;
      for (Tensor x : xs) {
        double[] values = here.value(x).toDoubles();
        for (int k = 0; k < values.length; k++) {
          values[k] += (stream.uniform(position++) * 4 - 2) * Math.ulp(values[k]);
        }
        nearby = nearby.with(x, Array.wrap(values, here.value(x).shape()));
      }
      double moved = Math.abs(Reference.evaluate(scalar, nearby).item() - result);
      noise = moved > noise ? moved : noise;
    }
    return noise;
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
