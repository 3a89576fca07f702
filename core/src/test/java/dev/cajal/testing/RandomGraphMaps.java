package dev.cajal.testing;

import dev.cajal.tensor.Binary;
import dev.cajal.tensor.Comparison;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import dev.cajal.tensor.Unary;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Random nodes that work element by element, and those that reduce. */
final class RandomGraphMaps {
  private RandomGraphMaps() {}

  static List<Function<RandomGraphSketch, Tensor>> maps() {
    return List.of(
        s -> unary(s, s.floats()),
        s -> unary(s, s.floats()),
        s -> chain(s, s.floats(), s.choices.between(2, 5)),
        RandomGraphMaps::binary,
        RandomGraphMaps::binary,
        s -> withNumber(s, s.floats()),
        RandomGraphMaps::power,
        RandomGraphMaps::chosen,
        RandomGraphMaps::doubles,
        s -> s.floats().stopGradient());
  }

  static List<Function<RandomGraphSketch, Tensor>> conditions() {
    return List.of(
        RandomGraphMaps::compared,
        s -> comparedWithNumber(s, s.floats()),
        RandomGraphMaps::logic,
        RandomGraphMaps::integers,
        RandomGraphMaps::rounded,
        s -> anyInt(s).cast(s.choices.oneOf(DType.F32, DType.F32, DType.F64, DType.BOOL)),
        s -> s.floats().cast(DType.BOOL),
        s -> bool(s).cast(s.choices.oneOf(DType.F32, DType.I32)),
        s -> Tensor.where(bool(s), s.floats(), Tensor.scalar(s.choices.number(-1, 1))));
  }

  static List<Function<RandomGraphSketch, Tensor>> reductions() {
    return List.of(
        s -> reduced(s, s.floats(1, 4)),
        s -> reduced(s, s.floats(1, 4)),
        s -> reduced(s, chain(s, s.floats(1, 4), 2)),
        RandomGraphMaps::restored,
        s -> anyInt(s).max(),
        s -> anyInt(s).sum(),
        s -> position(s, s.floats(1, 4)));
  }

  /** A function of one number, of a chain where it needs one to stay in its domain. */
  static Tensor unary(RandomGraphSketch s, Tensor x) {
    Unary f = s.choices.oneOf(Unary.values());
    return switch (f) {
      case NOT -> x.negated();
      case LOG, SQRT -> Tensor.of(new Op.Map1(f), x.abs().plus(0.25));
      case LOG1P -> x.relu().log1p();
      case EXP, EXPM1 -> Tensor.of(new Op.Map1(f), x.minimum(4));
      default -> Tensor.of(new Op.Map1(f), x);
    };
  }

  static Tensor chain(RandomGraphSketch s, Tensor x, int length) {
    Tensor y = x;
    for (int i = 0; i < length; i++) {
      y = s.choices.oneIn(2) ? unary(s, y) : withNumber(s, y);
    }
    return y;
  }

  private static Tensor withNumber(RandomGraphSketch s, Tensor x) {
    double c = s.choices.oneOf(0.0, 1.0, -1.0, 2.0, 0.5, 0.1, s.choices.number(-2, 2));
    return switch (s.choices.between(0, 8)) {
      case 0 -> x.plus(c);
      case 1 -> x.minus(c);
      case 2 -> x.times(c);
      case 3 -> x.over(c == 0 ? 3 : c);
      case 4 -> x.maximum(c);
      case 5 -> x.minimum(c);
      case 6 -> x.clip(-Math.abs(c), 1);
      case 7 -> Tensor.scalar(x.dtype(), c).minus(x);
      default -> x.power(s.choices.oneOf(2.0, 3.0, 1.0, 0.0));
    };
  }

  private static Tensor binary(RandomGraphSketch s) {
    Tensor x = s.floats();
    Tensor y = s.partner(x);
    return switch (s.choices.between(0, 7)) {
      case 0, 1 -> x.plus(y);
      case 2 -> x.minus(y);
      case 3, 4 -> x.times(y);
      case 5 -> x.over(s.choices.oneIn(5) ? y : y.abs().plus(0.5));
      case 6 -> x.maximum(y);
      default -> x.minimum(y);
    };
  }

  private static Tensor power(RandomGraphSketch s) {
    Tensor x = s.floats();
    return s.choices.oneIn(2)
        ? x.abs().plus(0.1).power(s.choices.oneOf(0.5, -1.0, 1.7, -0.5))
        : x.abs().plus(0.2).power(s.partner(x).clip(-2, 2));
  }

  private static Tensor chosen(RandomGraphSketch s) {
    Tensor x = s.floats();
    Tensor condition =
        s.choices.oneIn(2) ? s.flags(s.reduced(x.shape())) : comparedWithNumber(s, s.partner(x));
    return s.choices.oneIn(2)
        ? Tensor.where(condition, x, s.partner(x))
        : x.where(condition, s.choices.number(-1, 1));
  }

  private static Tensor doubles(RandomGraphSketch s) {
    Tensor x = s.floats().cast(DType.F64);
    return s.choices.oneIn(2) ? unary(s, x).cast(DType.F32) : x.times(s.partner(x));
  }

  private static Tensor compared(RandomGraphSketch s) {
    Tensor x = s.floats();
    Tensor y = s.partner(x);
    return switch (s.choices.between(0, 4)) {
      case 0 -> x.lessThan(y);
      case 1 -> x.atMost(y);
      case 2 -> x.greaterThan(y);
      case 3 -> x.atLeast(y);
      default -> x.equalTo(y);
    };
  }

  private static Tensor comparedWithNumber(RandomGraphSketch s, Tensor x) {
    double c = s.choices.oneOf(0.0, 1.0, s.choices.number(-1, 1));
    Comparison relation = s.choices.oneOf(Comparison.values());
    Tensor number = Tensor.full(x.shape(), x.dtype(), c);
    return s.choices.oneIn(2)
        ? Tensor.of(new Op.Compare(relation), x, number)
        : Tensor.of(new Op.Compare(relation), number, x);
  }

  static Tensor bool(RandomGraphSketch s) {
    return s.any(x -> x.dtype() == DType.BOOL).orElseGet(() -> s.flags(s.shape(0, 3)));
  }

  private static Tensor logic(RandomGraphSketch s) {
    Tensor x = bool(s);
    Tensor y = s.flags(s.choices.oneIn(2) ? x.shape() : s.reduced(x.shape()));
    return s.choices.oneIn(3) ? x.not() : s.choices.oneIn(2) ? x.and(y) : x.or(y);
  }

  static Tensor anyInt(RandomGraphSketch s) {
    return s.any(x -> x.dtype() == DType.I32)
        .orElseGet(() -> {
          Shape shape = s.shape(1, 3);
          return s.choices.oneIn(2)
              ? Tensor.iota(shape, s.choices.between(0, shape.rank() - 1))
              : s.index(shape, Size.of(9));
        });
  }

  private static Tensor integers(RandomGraphSketch s) {
    Tensor x = anyInt(s);
    Tensor y = s.any(other -> other.dtype() == DType.I32).orElse(x);
    int c = s.choices.oneOf(1, 2, 3, -1, 7);
    return switch (s.choices.between(0, 9)) {
      case 0 -> x.plus(y);
      case 1 -> x.minus(y);
      case 2 -> x.times(y);
      case 3 -> x.maximum(y).minus(x.minimum(y));
      case 4 -> x.times(c).plus(1);
      case 5 -> x.floorOver(c);
      case 6 -> x.remainder(Math.abs(c) + 1);
      case 7 -> x.negated().abs();
      case 8 -> Tensor.of(new Op.Compare(s.choices.oneOf(Comparison.values())), x, x.plus(y));
      // Wraps around.
      default -> x.times(1_000_000_007).times(x);
    };
  }

  private static Tensor rounded(RandomGraphSketch s) {
    Tensor x = s.floats();
    return switch (s.choices.between(0, 4)) {
      case 0 -> x.floor().cast(DType.I32);
      case 1 -> x.cast(DType.I32);
      case 2 -> x.remainder(s.choices.oneOf(1.0, 0.75));
      case 3 -> x.ceil().minus(x.round());
      default -> x.sign().times(x.floorOver(0.7));
    };
  }

  // Reductions.

  static int[] axes(RandomGraphSketch s, Tensor x) {
    int[] order = s.choices.order(x.rank());
    return s.choices.oneIn(4)
        ? new int[] {x.rank() - 1}
        : Arrays.copyOf(order, s.choices.between(1, x.rank()));
  }

  private static Tensor reduced(RandomGraphSketch s, Tensor x) {
    int[] axes = axes(s, x);
    return switch (s.choices.between(0, 11)) {
      case 0, 1 -> x.sum(axes);
      case 2, 3 -> x.mean(axes);
      case 4 -> x.max(axes);
      case 5 -> x.min(axes);
      case 6 -> x.variance(axes);
      case 7 -> x.norm(axes);
      case 8 -> x.logSumExp(axes);
      case 9 -> x.square().sum(axes).plus(1).sqrt();
      case 10 -> x.sumKeeping(axes);
      default -> x.maxKeeping(axes);
    };
  }

  /** What is reduced, brought back to what it was reduced from. */
  private static Tensor restored(RandomGraphSketch s) {
    Tensor x = s.floats(1, 4);
    int[] axes = axes(s, x);
    Tensor y = s.choices.oneIn(2) ? x : s.like(x.shape());
    return switch (s.choices.between(0, 6)) {
      case 0 -> y.minus(x.meanKeeping(axes));
      case 1 -> y.over(x.square().sumKeeping(axes).plus(1).sqrt());
      case 2 -> y.times(x.maxKeeping(axes));
      case 3 -> y.plus(chain(s, x.sumKeeping(axes), 2));
      case 4 -> y.minus(x.minimum(1).maxKeeping(axes)).exp();
      case 5 -> y.equalTo(x.maxKeeping(axes)).cast(DType.F32);
      default -> y.minus(x.meanKeeping(axes)).square().meanKeeping(axes).plus(y);
    };
  }

  private static Tensor position(RandomGraphSketch s, Tensor x) {
    int axis = s.axis(x);
    return s.choices.oneIn(2) ? x.argMax(axis) : x.argMin(axis);
  }

  static Tensor apply(Binary f, Tensor x, Tensor y) {
    return Tensor.of(new Op.Map2(f), x, y);
  }
}
