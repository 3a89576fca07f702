package dev.cajal.autodiff;

import dev.cajal.tensor.Binary;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import dev.cajal.tensor.Unary;
import dev.cajal.tensor.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * The table of derivatives: given {@code y = op(a, b)} and {@code g = ∂L/∂y}, what flows to a and
 * to b.
 *
 * <p>Where a function has a corner, the table chooses: relu, abs and sign have derivative 0 at 0;
 * equal elements share the gradient of max and min in equal parts; max pooling gives it to the
 * first. Integers and truth values take none.
 */
final class Derivatives {
  private Derivatives() {}

  /** What flows to an input that has no gradient. */
  static final Tensor NOTHING = Tensor.scalar(0).named("nothing");

  static List<Tensor> of(Tensor y, Tensor g) {
    List<Tensor> in = y.inputs();
    Tensor a = in.isEmpty() ? NOTHING : in.getFirst();
    Tensor b = in.isEmpty() ? NOTHING : in.getLast();
    return switch (y.op()) {
      case Op.Input _,
          Op.Param _,
          Op.Constant _,
          Op.Iota _,
          Op.Random _,
          Op.SizeOf _,
          Op.Training _ ->
          to();

      case Op.Map1(var f) -> to(map1(f, a, y, g));
      case Op.Map2(var f) -> map2(f, a, b, y, g);
      case Op.Compare _ -> to(NOTHING, NOTHING);
      case Op.Select _ -> to(NOTHING, g.where(a, 0), g.where(a.not(), 0));
      case Op.Cast _ -> to(a.dtype().isFloat() ? g.cast(a.dtype()) : NOTHING);

      case Op.Sum(var axes) -> to(restored(g, a, axes));
      case Op.Max(var axes) -> to(shared(g, a, y, axes));
      case Op.ArgMax _ -> to(NOTHING);

      case Op.Reshape _ -> to(g.reshape(a.shape()));
      case Op.Transpose(var order) -> to(g.transpose(inverse(order)));
      case Op.Expand _ -> to(g.sumTo(a.shape()));
      case Op.Slice(var axis, var start, var step, _) ->
          to(g.place(axis, start, step, a.size(axis)));
      case Op.Pad(var axis, var start, var step, _) -> to(g.cut(axis, start, step, a.size(axis)));
      case Op.Concat(var axis) -> pieces(g, in, axis);
      case Op.Flip(var axes) -> to(g.flip(ints(axes)));
      case Op.Gather(var axis) -> to(g.scatterAdd(axis, b, a.size(axis)), NOTHING);
      case Op.ScatterAdd(var axis, _) -> to(g.gather(axis, b), NOTHING);

      case Op.MatMul _ -> to(g.matmul(b.transpose()), a.transpose().matmul(g));
      // Convolution is linear in each of x, kernel and y; each of its three operations gives the
      // others' gradients.
      case Op.Conv(var w, var groups) -> to(input(w, groups, g, b, a), kernel(w, groups, a, g));
      case Op.ConvTranspose(var w, var groups, _) ->
          to(g.conv(b, w, groups), kernel(w, groups, g, a));
      case Op.ConvKernel(var w, var groups) -> to(input(w, groups, b, g, a), a.conv(g, w, groups));
      case Op.ArgMaxPool _ -> to(NOTHING);

      case Op.StopGradient _ -> to(NOTHING);
      case Op.Assign _ -> to(g, NOTHING);

      // Loops are not a matter of one node: see LoopGradient.
      case Op.Scan _, Op.Last _, Op.Each _ -> throw new AssertionError(y.op().label());
    };
  }

  private static Tensor map1(Unary f, Tensor a, Tensor y, Tensor g) {
    return switch (f) {
      case NEGATE -> g.negated();
      case ABS -> g.times(a.sign());
      case SIGN, FLOOR, CEIL, ROUND, NOT -> NOTHING;
      case EXP -> g.times(y);
      case EXPM1 -> g.times(y.plus(1));
      case LOG -> g.over(a);
      case LOG1P -> g.over(a.plus(1));
      case SQRT -> g.over(y.times(2));
      case SIN -> g.times(a.cos());
      case COS -> g.times(a.sin().negated());
      case TANH -> g.times(y.times(y).negated().plus(1));
      case SIGMOID -> g.times(y.times(y.negated().plus(1)));
      case SOFTPLUS -> g.times(a.sigmoid());
      case ERF -> g.times(a.square().negated().exp().times(2 / Math.sqrt(Math.PI)));
      case RELU -> g.where(y.greaterThan(0), 0);
    };
  }

  private static List<Tensor> map2(Binary f, Tensor a, Tensor b, Tensor y, Tensor g) {
    return switch (f) {
      case PLUS -> to(g, g);
      case MINUS -> to(g, g.negated());
      case TIMES -> to(g.times(b), g.times(a));
      case OVER -> to(g.over(b), g.times(y).over(b).negated());
      case POWER -> to(g.times(slope(a, b)), g.times(logarithmic(a, y)));
      case MAX -> to(g.times(share(b, a)), g.times(share(a, b)));
      case MIN -> to(g.times(share(a, b)), g.times(share(b, a)));
      case AND, OR -> to(NOTHING, NOTHING);
    };
  }

  /** {@code ∂aᵇ/∂a = b·aᵇ⁻¹}, and 0 at a = b = 0. */
  private static Tensor slope(Tensor a, Tensor b) {
    Tensor flat = a.equalTo(0).and(b.equalTo(0));
    return b.times(a.power(b.minus(1).where(flat.not(), 0)));
  }

  /** {@code ∂aᵇ/∂b = aᵇ·log a}, and 0 where a is not positive. */
  private static Tensor logarithmic(Tensor a, Tensor y) {
    Tensor positive = a.greaterThan(0);
    return y.times(a.where(positive, 1).log()).where(positive, 0);
  }

  /** 1 where {@code small < large}, ½ where they are equal, else 0. */
  private static Tensor share(Tensor small, Tensor large) {
    Tensor above = small.lessThan(large).cast(large.dtype());
    return above.plus(small.equalTo(large).cast(large.dtype()).times(0.5));
  }

  /** A reduced tensor brought back to the shape of x. */
  private static Tensor restored(Tensor reduced, Tensor x, List<Integer> axes) {
    Tensor kept = reduced.rank() == 0 ? reduced : reduced.reshape(x.shape().collapsed(axes));
    return kept.expand(x.shape());
  }

  private static Tensor shared(Tensor g, Tensor x, Tensor largest, List<Integer> axes) {
    Tensor isLargest = x.equalTo(restored(largest, x, axes)).cast(x.dtype());
    Tensor count = Tensor.of(new Op.Sum(axes), isLargest);
    return isLargest.times(restored(g.over(count), x, axes));
  }

  private static int[] inverse(List<Integer> order) {
    var inverse = new int[order.size()];
    for (int i = 0; i < inverse.length; i++) {
      inverse[order.get(i)] = i;
    }
    return inverse;
  }

  private static int[] ints(List<Integer> axes) {
    return axes.stream().mapToInt(Integer::intValue).toArray();
  }

  private static List<Tensor> pieces(Tensor g, List<Tensor> parts, int axis) {
    var pieces = new ArrayList<Tensor>();
    Size start = Size.ZERO;
    for (Tensor part : parts) {
      pieces.add(g.cut(axis, start, 1, part.size(axis)));
      start = start.plus(part.size(axis)).orElseThrow();
    }
    return pieces;
  }

  private static Tensor input(Window window, int groups, Tensor y, Tensor kernel, Tensor x) {
    return y.convTranspose(kernel, window, groups, x.shape().sizes().subList(1, x.rank() - 1));
  }

  private static Tensor kernel(Window window, int groups, Tensor x, Tensor y) {
    return Tensor.of(new Op.ConvKernel(window, groups), x, y);
  }

  private static List<Tensor> to(Tensor... gradients) {
    return List.of(gradients);
  }
}
