package dev.cajal.compile;

import dev.cajal.engine.reference.Reference;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Binary;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import dev.cajal.tensor.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The identities of algebra and of movement: what a node can be replaced by, whose inputs have been
 * simplified before. Each holds for every value, NaN and infinities included (the sign of a zero
 * apart), and adds no work.
 */
final class Identities {
  private Identities() {}

  /** Something simpler that is worth the same, of the same shape and dtype. */
  static Optional<Tensor> apply(Tensor y) {
    List<Tensor> in = y.inputs();
    Tensor a = in.isEmpty() ? y : in.getFirst();
    Tensor b = in.isEmpty() ? y : in.getLast();
    return switch (y.op()) {
      case Op.Input _, Op.Param _, Op.Constant _, Op.Iota _, Op.Random _ -> none();
      case Op.SizeOf(var size, _) when size.isNumber() ->
          some(Tensor.scalar(y.dtype(), (double) size.number()));
      case Op.SizeOf _, Op.Training _ -> none();

      case Op.Map1(var f) -> folded(y).or(() -> map1(f, a));
      case Op.Map2(var f) -> folded(y).or(() -> map2(f, a, b));
      case Op.Compare _ -> folded(y);
      case Op.Select _ -> select(a, in.get(1), b);
      case Op.Cast(var dtype) -> a.dtype() == dtype ? some(a) : folded(y);

      case Op.Sum(var axes) -> sum(y, a, axes);
      case Op.Max(var axes) -> areOne(a, axes) ? some(a.reshape(y.shape())) : none();
      case Op.ArgMax _ -> none();

      case Op.Reshape(var shape) -> reshape(a, shape);
      case Op.Transpose(var order) -> transpose(a, order);
      case Op.Expand(var shape) -> expand(a, shape);
      case Op.Slice _, Op.Pad _, Op.Concat _ -> a.shape().equals(y.shape()) ? some(a) : none();
      case Op.Flip(var axes) -> flip(a, axes);
      case Op.Gather _, Op.ScatterAdd _ -> none();

      case Op.MatMul _, Op.Conv _, Op.ConvTranspose _, Op.ConvKernel _, Op.ArgMaxPool _ -> none();
      case Op.Scan _, Op.Last _, Op.Each _ -> none();

      // They mean something to a gradient that may yet be taken, and to a run.
      case Op.StopGradient _, Op.Assign _ -> none();
    };
  }

  private static Optional<Tensor> map1(Unary f, Tensor a) {
    return switch (f) {
      case NEGATE -> {
        if (isMap1(a, Unary.NEGATE)) {
          yield some(a.inputs().getFirst());
        }
        yield isMap2(a, Binary.MINUS)
            ? some(a.inputs().getLast().minus(a.inputs().getFirst()))
            : none();
      }
      case NOT -> isMap1(a, Unary.NOT) ? some(a.inputs().getFirst()) : none();
      case RELU, ABS, SIGN, FLOOR, CEIL, ROUND -> isMap1(a, f) ? some(a) : none();
      default -> none();
    };
  }

  private static Optional<Tensor> map2(Binary f, Tensor a, Tensor b) {
    return switch (f) {
      case PLUS -> plus(a, b);
      case MINUS -> minus(a, b);
      case TIMES -> times(a, b);
      case OVER -> is(b, 1) ? some(a) : is(b, -1) ? some(a.negated()) : none();
      case POWER -> is(b, 1) ? some(a) : is(b, 2) ? some(a.times(a)) : none();
      case MAX, MIN, AND, OR -> a.equals(b) ? some(a) : none();
    };
  }

  private static Optional<Tensor> plus(Tensor a, Tensor b) {
    if (is(b, 0)) {
      return some(a);
    }
    if (is(a, 0)) {
      return some(b);
    }
    if (isMap1(b, Unary.NEGATE)) {
      return some(a.minus(b.inputs().getFirst()));
    }
    return isMap1(a, Unary.NEGATE)
        ? some(b.minus(a.inputs().getFirst()))
        : joined(a, b).or(() -> joinedInSum(a, b)).or(() -> joinedInSum(b, a));
  }

  /** A part among zeros and a sum with a neighbour of it: as exact in either order. */
  private static Optional<Tensor> joinedInSum(Tensor sum, Tensor part) {
    if (!isMap2(sum, Binary.PLUS)) {
      return none();
    }
    Tensor first = sum.inputs().getFirst();
    Tensor last = sum.inputs().getLast();
    return joined(first, part).map(last::plus).or(() -> joined(last, part).map(first::plus));
  }

  /** Two parts among zeros that are neighbours, side by side: what the gradient of slices is. */
  private static Optional<Tensor> joined(Tensor a, Tensor b) {
    if (!(a.op() instanceof Op.Pad left && b.op() instanceof Op.Pad right)
        || left.axis() != right.axis()
        || left.step() != 1
        || right.step() != 1) {
      return none();
    }
    if (left.start().plus(size(a)).equals(Optional.of(right.start()))) {
      return some(joined(left, a.inputs().getFirst(), b.inputs().getFirst()));
    }
    return right.start().plus(size(b)).equals(Optional.of(left.start()))
        ? some(joined(right, b.inputs().getFirst(), a.inputs().getFirst()))
        : none();
  }

  /** The size of what a pad puts among zeros. */
  private static Size size(Tensor padded) {
    return padded.inputs().getFirst().size(((Op.Pad) padded.op()).axis());
  }

  private static Tensor joined(Op.Pad first, Tensor a, Tensor b) {
    var parts = new ArrayList<Tensor>();
    for (Tensor part : List.of(a, b)) {
      boolean isJoint = part.op() instanceof Op.Concat(var axis) && axis == first.axis();
      parts.addAll(isJoint ? part.inputs() : List.of(part));
    }
    Tensor both = Tensor.concat(first.axis(), parts.toArray(Tensor[]::new));
    return both.size(first.axis()).equals(first.size())
        ? both
        : Tensor.of(new Op.Pad(first.axis(), first.start(), 1, first.size()), both);
  }

  private static Optional<Tensor> minus(Tensor a, Tensor b) {
    if (is(b, 0)) {
      return some(a);
    }
    if (is(a, 0)) {
      return some(b.negated());
    }
    return isMap1(b, Unary.NEGATE) ? some(a.plus(b.inputs().getFirst())) : none();
  }

  private static Optional<Tensor> times(Tensor a, Tensor b) {
    if (is(a, 1) || is(b, 1)) {
      return some(is(a, 1) ? b : a);
    }
    return is(a, -1) || is(b, -1) ? some((is(a, -1) ? b : a).negated()) : none();
  }

  private static Optional<Tensor> select(Tensor condition, Tensor a, Tensor b) {
    if (is(condition, 1) || is(condition, 0)) {
      return some(is(condition, 1) ? a : b);
    }
    if (a.equals(b)) {
      return some(a);
    }
    return isMap1(condition, Unary.NOT)
        ? some(Tensor.where(condition.inputs().getFirst(), b, a))
        : none();
  }

  private static Optional<Tensor> sum(Tensor y, Tensor a, List<Integer> axes) {
    return areOne(a, axes) ? some(a.reshape(y.shape())) : none();
  }

  private static Optional<Tensor> reshape(Tensor a, Shape shape) {
    if (a.shape().equals(shape)) {
      return some(a);
    }
    return a.op() instanceof Op.Reshape ? some(a.inputs().getFirst().reshape(shape)) : none();
  }

  private static Optional<Tensor> transpose(Tensor a, List<Integer> order) {
    if (order.equals(IntStream.range(0, order.size()).boxed().toList())) {
      return some(a);
    }
    return a.op() instanceof Op.Transpose(var first)
        ? some(a.inputs().getFirst().transpose(order.stream().mapToInt(first::get).toArray()))
        : none();
  }

  private static Optional<Tensor> expand(Tensor a, Shape shape) {
    if (a.shape().equals(shape)) {
      return some(a);
    }
    return a.op() instanceof Op.Expand ? some(a.inputs().getFirst().expand(shape)) : none();
  }

  private static Optional<Tensor> flip(Tensor a, List<Integer> axes) {
    boolean twice = a.op() instanceof Op.Flip(var before) && before.equals(axes);
    return twice || areOne(a, axes) ? some(twice ? a.inputs().getFirst() : a) : none();
  }

  /** Whether some axes are all of one element, so that nothing is reduced along them. */
  private static boolean areOne(Tensor a, List<Integer> axes) {
    return axes.stream().allMatch(axis -> a.size(axis).equals(Size.ONE));
  }

  /** A function of constants is a constant, in the shape of the result. */
  private static Optional<Tensor> folded(Tensor y) {
    List<Optional<Array>> values = y.inputs().stream().map(Identities::constant).toList();
    if (values.stream().anyMatch(Optional::isEmpty)) {
      return none();
    }
    // The inputs in the shape of a scalar, so that what is computed is one number.
    List<Tensor> scalars =
        values.stream().map(Optional::orElseThrow).map(Tensor::constant).toList();
    Array value = Reference.evaluate(Tensor.of(y.op(), scalars));
    return some(Tensor.constant(value.as(y.dtype(), Shape.SCALAR)).expand(y.shape()));
  }

  /** The number that all elements are, if they are one constant. */
  private static Optional<Array> constant(Tensor a) {
    return switch (a.op()) {
      case Op.Constant(var value) when value.length() == 1 ->
          Optional.of(value.as(value.dtype(), Shape.SCALAR));
      case Op.Expand _, Op.Reshape _ -> constant(a.inputs().getFirst());
      default -> Optional.empty();
    };
  }

  private static boolean is(Tensor a, double number) {
    return constant(a).filter(value -> value.item() == number).isPresent();
  }

  private static boolean isMap1(Tensor a, Unary f) {
    return a.op() instanceof Op.Map1(var g) && g == f;
  }

  private static boolean isMap2(Tensor a, Binary f) {
    return a.op() instanceof Op.Map2(var g) && g == f;
  }

  private static Optional<Tensor> some(Tensor tensor) {
    return Optional.of(tensor);
  }

  private static Optional<Tensor> none() {
    return Optional.empty();
  }
}
