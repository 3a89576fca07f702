package dev.cajal.tensor;

import java.util.List;

/**
 * Functions that make one number of many, along the axes they are given, or of all elements when
 * they are given none. The axes vanish from the shape; the methods named "keeping" leave them, one
 * element long, so that the result broadcasts against x.
 */
public sealed interface Reductions permits Tensor {

  private Tensor x() {
    return (Tensor) this;
  }

  private Tensor restored(Tensor reduced, List<Integer> axes) {
    return reduced.reshape(x().shape().collapsed(axes));
  }

  private Size count(List<Integer> axes) {
    return Size.product(axes.stream().map(x()::size).toList());
  }

  /** The sum; 0 over an empty axis. */
  default Tensor sum(int... axes) {
    return Tensor.of(new Op.Sum(x().axes("sum", axes)), x());
  }

  default Tensor sumKeeping(int... axes) {
    return restored(sum(axes), x().axes("sum", axes));
  }

  /** The mean, over as many elements as there are at evaluation; NaN over an empty axis. */
  default Tensor mean(int... axes) {
    Tensor count = Tensor.sizeOf(count(x().axes("mean", axes)), x().dtype());
    return sum(axes).over(count);
  }

  default Tensor meanKeeping(int... axes) {
    return restored(mean(axes), x().axes("mean", axes));
  }

  /** The mean squared distance from the mean: divided by n, not n - 1. */
  default Tensor variance(int... axes) {
    x().axes("variance", axes);
    return x().minus(meanKeeping(axes)).square().mean(axes);
  }

  default Tensor varianceKeeping(int... axes) {
    return restored(variance(axes), x().axes("variance", axes));
  }

  /** The largest; NaN if there is one, -∞ over an empty axis. Equal ones share the gradient. */
  default Tensor max(int... axes) {
    return Tensor.of(new Op.Max(x().axes("max", axes)), x());
  }

  default Tensor maxKeeping(int... axes) {
    return restored(max(axes), x().axes("max", axes));
  }

  /** The smallest; NaN if there is one, +∞ over an empty axis. Equal ones share the gradient. */
  default Tensor min(int... axes) {
    return reversed(Tensor.of(new Op.Max(x().axes("min", axes)), reversed(x())));
  }

  /** The index, as i32, of the first of the largest along an axis. */
  default Tensor argMax(int axis) {
    return Tensor.of(new Op.ArgMax(x().axis("argMax", axis)), x());
  }

  /** The index, as i32, of the first of the smallest along an axis. */
  default Tensor argMin(int axis) {
    return Tensor.of(new Op.ArgMax(x().axis("argMin", axis)), reversed(x()));
  }

  /**
   * The Euclidean length {@code √Σx²}, scaled so that squares don't overflow; its derivative at 0
   * is taken as 0.
   */
  default Tensor norm(int... axes) {
    List<Integer> along = x().axes("norm", axes);
    Tensor largest = x().abs().maxKeeping(axes).stopGradient();
    Tensor scale = largest.where(finite(largest).and(largest.greaterThan(0)), 1);
    Tensor squares = x().over(scale).square().sumKeeping(axes);
    Tensor positive = squares.equalTo(0).not();
    Tensor length = squares.where(positive, 1).sqrt().times(scale).where(positive, 0);
    return length.reshape(x().shape().without(along));
  }

  /** {@code log Σ exp(x)}, without overflow. */
  default Tensor logSumExp(int... axes) {
    List<Integer> along = x().axes("logSumExp", axes);
    return logSumExpKeeping(axes).reshape(x().shape().without(along));
  }

  default Tensor logSumExpKeeping(int... axes) {
    Tensor shift = shift(x(), axes);
    return x().minus(shift).exp().sumKeeping(axes).log().plus(shift);
  }

  /** {@code y[i] = x[0] + … + x[i]} along an axis. */
  default Tensor cumulativeSum(int axis) {
    int along = x().axis("cumulativeSum", axis);
    Tensor steps = x().moveAxis(along, 0);
    Tensor zero = Tensor.full(steps.shape().part(1, x().rank()), x().dtype(), 0);
    return Recurrence.over(steps).states(zero, (sum, slice) -> sum.plus(slice)).moveAxis(0, along);
  }

  /**
   * {@code (x - mean) / √(variance + epsilon)} along axes, the last one if none is named (Ba, Kiros
   * and Hinton, 2016).
   */
  default Tensor layerNorm(double epsilon, int... axes) {
    int[] along = axes.length == 0 ? new int[] {-1} : axes;
    x().axes("layerNorm", along);
    Tensor centred = x().minus(meanKeeping(along));
    Tensor variance = centred.square().meanKeeping(along);
    return centred.over(variance.plus(epsilon).sqrt());
  }

  /**
   * The opposite order of size: -x, or -1 - x for integers, of which the smallest has no negative.
   */
  private static Tensor reversed(Tensor x) {
    return x.dtype() == DType.I32 ? x.negated().minus(1) : x.negated();
  }

  private static Tensor finite(Tensor x) {
    return x.abs().lessThan(Double.POSITIVE_INFINITY);
  }

  /**
   * What is subtracted before exp: the largest, or 0 where that isn't finite. A constant to the
   * gradient.
   */
  static Tensor shift(Tensor x, int... axes) {
    Tensor largest = x.maxKeeping(axes).stopGradient();
    return largest.where(finite(largest), 0);
  }
}
