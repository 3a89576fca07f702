package dev.cajal.autodiff;

import static dev.cajal.tensor.DType.F64;

import dev.cajal.tensor.Reductions;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.function.Function;
import java.util.stream.Stream;

/** The cases of what makes one number of many. */
final class ReductionCases {
  private ReductionCases() {}

  static Stream<Case> all() {
    return Stream.of(
        reduction("sum(int[])", s -> over(s, (x, axes) -> x.square().sum(axes))),
        reduction("sumKeeping(int[])", s -> over(s, (x, axes) -> x.sumKeeping(axes).times(x))),
        reduction("mean(int[])", s -> over(s, (x, axes) -> x.square().mean(axes))),
        reduction("meanKeeping(int[])", s -> over(s, (x, axes) -> x.meanKeeping(axes).times(x))),
        reduction("variance(int[])", s -> over(s, Tensor::variance)),
        reduction(
            "varianceKeeping(int[])", s -> over(s, (x, axes) -> x.varianceKeeping(axes).times(x))),
        reduction("max(int[])", s -> over(s, (x, axes) -> x.exp().max(axes))),
        reduction("maxKeeping(int[])", s -> over(s, (x, axes) -> x.maxKeeping(axes).times(x))),
        reduction("min(int[])", s -> over(s, (x, axes) -> x.exp().min(axes))),
        reduction("argMax(int)", s -> along(s, (x, axis) -> marked(x, x.argMax(axis[0]), axis[0]))),
        reduction("argMin(int)", s -> along(s, (x, axis) -> marked(x, x.argMin(axis[0]), axis[0]))),
        reduction("norm(int[])", s -> over(s, Tensor::norm)),
        reduction("logSumExp(int[])", s -> over(s, Tensor::logSumExp)),
        reduction(
            "logSumExpKeeping(int[])",
            s -> over(s, (x, axes) -> x.logSumExpKeeping(axes).times(x))),
        reduction(
            "cumulativeSum(int)", s -> along(s, (x, axis) -> x.square().cumulativeSum(axis[0]))),
        reduction("layerNorm(double,int[])", s -> over(s, (x, axes) -> x.layerNorm(0.1, axes))),
        reduction("layerNorm(double,int[])", s -> over(s, (x, _) -> x.layerNorm(0.1)))
            .titled("over the last axis"),
        reduction(
            "shift(Tensor,int[])",
            s -> over(s, (x, axes) -> x.times(Reductions.shift(x, axes).sign()))));
  }

  private static Case reduction(String method, Function<Scene, Tensor> expression) {
    return Case.of(Reductions.class, method, expression);
  }

  private interface Over {
    Tensor of(Tensor x, int... axes);
  }

  private static Tensor over(Scene s, Over f) {
    Shape shape = s.choices.shape(1, 4);
    return f.of(s.x(shape), s.choices.axes(shape));
  }

  private static Tensor along(Scene s, Over f) {
    Shape shape = s.choices.solidShape(1, 3);
    return f.of(s.x(shape), s.choices.axis(shape));
  }

  /** The square of x where its index along an axis is the one given. */
  private static Tensor marked(Tensor x, Tensor index, int axis) {
    int along = x.shape().axis(axis);
    Tensor here = Tensor.iota(x.shape(), along).equalTo(index.insertAxis(along));
    return x.square().times(here.cast(F64));
  }
}
