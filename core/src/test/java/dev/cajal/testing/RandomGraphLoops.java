package dev.cajal.testing;

import dev.cajal.tensor.Body;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Recurrence;
import dev.cajal.tensor.Recurrence.Step;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/** Random loops: recurrent layers, running sums, loops in loops. */
final class RandomGraphLoops {
  private RandomGraphLoops() {}

  static List<Function<RandomGraphSketch, Tensor>> all() {
    return List.of(
        RandomGraphLoops::states,
        RandomGraphLoops::states,
        RandomGraphLoops::elman,
        RandomGraphLoops::several,
        RandomGraphLoops::counted,
        RandomGraphLoops::outputsOnly,
        RandomGraphLoops::nested,
        s -> s.floats(1, 3).cumulativeSum(0),
        s -> s.floats(1, 2).cumulativeSum(-1));
  }

  private static Tensor sequence(RandomGraphSketch s, int leastRank) {
    Size steps = s.choices.oneIn(2) ? s.size() : Size.of(s.choices.between(0, 5));
    Tensor fresh = s.like(s.shape(leastRank - 1, 2).insert(0, steps));
    return s.choices.oneIn(2) ? fresh : s.floats(leastRank, 3);
  }

  private static Recurrence over(RandomGraphSketch s, Tensor... sequences) {
    Recurrence loop = Recurrence.over(sequences).towards(s.choices.oneOf(Body.Direction.values()));
    return s.choices.oneIn(8) ? loop.truncated(s.choices.between(1, 3)) : loop;
  }

  private static Tensor initial(RandomGraphSketch s, Shape shape) {
    return s.choices.oneIn(2) ? Tensor.full(shape, DType.F32, 0) : s.like(shape);
  }

  /** The last carry, or what the steps gave. */
  private static Tensor read(RandomGraphSketch s, Recurrence.Result result) {
    boolean last = result.outputs().isEmpty() || (!result.last().isEmpty() && s.choices.oneIn(2));
    List<Tensor> some = last ? result.last() : result.outputs();
    return some.get(s.choices.between(0, some.size() - 1));
  }

  private static Tensor states(RandomGraphSketch s) {
    Tensor xs = sequence(s, 1);
    Shape shape = xs.shape().part(1, xs.rank());
    Tensor captured = s.like(s.reduced(shape));
    return read(
        s,
        over(s, xs)
            .run(
                List.of(initial(s, shape)),
                (carries, slices) -> {
                  Tensor h = inner(s, carries.getFirst(), captured);
                  Tensor next = h.times(0.5).plus(slices.getFirst());
                  return new Step(List.of(next), List.of(s.choices.oneIn(2) ? next : h));
                }));
  }

  /** Something of the same shape as h: what a step does, with movement inside. */
  private static Tensor inner(RandomGraphSketch s, Tensor h, Tensor captured) {
    Tensor y = h;
    for (int i = s.choices.between(1, 3); i > 0; i--) {
      y =
          switch (s.choices.between(0, 8)) {
            case 0 -> y.tanh();
            case 1 -> y.sigmoid();
            case 2 -> y.times(captured).sin();
            case 3 -> y.rank() == 0 ? y.cos() : y.flip(s.axis(y));
            case 4 -> y.rank() == 0 ? y : y.softmax(-1);
            case 5 -> y.rank() == 0 ? y.abs() : y.minus(y.meanKeeping(0));
            case 6 -> y.rank() == 2 ? y.transpose().relu().transpose() : y.relu();
            case 7 -> turned(y);
            default -> Tensor.where(y.greaterThan(0.1), y, captured);
          };
    }
    return y;
  }

  /** The first element behind the others. */
  private static Tensor turned(Tensor y) {
    if (y.rank() == 0 || !y.size(0).isNumber() || y.size(0).is(0)) {
      return y.negated();
    }
    return Tensor.concat(0, y.slice(0, 1, y.size(0).number()), y.slice(0, 0, 1));
  }

  private static Tensor elman(RandomGraphSketch s) {
    Tensor xs = sequence(s, 2);
    if (!xs.size(-1).isNumber()) {
      throw new IllegalArgumentException("weights have no symbols");
    }
    Size units = s.knownSize();
    Tensor w = s.weight(xs.size(-1), units);
    Tensor u = s.weight(units, units);
    Tensor b = s.weight(units);
    Shape shape = xs.shape().part(1, xs.rank()).with(-1, units);
    return read(
        s,
        over(s, xs)
            .run(
                List.of(initial(s, shape)),
                (carries, slices) -> {
                  Tensor h = carries.getFirst();
                  Tensor in = slices.getFirst().matmul(w).plus(h.matmul(u).times(0.2)).plus(b);
                  return new Step(List.of(in.tanh()), List.of(in.tanh()));
                }));
  }

  private static Tensor several(RandomGraphSketch s) {
    Tensor xs = sequence(s, 1);
    Tensor ys = s.like(xs.shape());
    Shape shape = xs.shape().part(1, xs.rank());
    return read(
        s,
        over(s, xs, ys)
            .run(
                List.of(initial(s, shape), Tensor.scalar(DType.I32, 0), initial(s, shape)),
                (before, now) -> {
                  Tensor c = before.getFirst();
                  Tensor count = before.get(1).plus(1);
                  Tensor open = now.getFirst().plus(before.getLast()).sigmoid();
                  Tensor next = c.times(open).plus(now.getLast().tanh());
                  Tensor h = next.tanh().times(open).over(count.cast(DType.F32));
                  return new Step(List.of(next, count, h), List.of(h, count, c));
                }));
  }

  private static Tensor counted(RandomGraphSketch s) {
    Tensor x = s.floats(0, 2);
    return Recurrence.times(s.choices.oneIn(2) ? s.size() : s.choices.between(0, 4))
        .run(
            List.of(x),
            (carries, _) ->
                new Step(List.of(inner(s, carries.getFirst(), x).times(0.9)), List.of()))
        .last()
        .getFirst();
  }

  private static Tensor outputsOnly(RandomGraphSketch s) {
    Tensor xs = sequence(s, 2);
    return over(s, xs)
        .run(
            List.of(),
            (_, slices) -> {
              Tensor x = slices.getFirst();
              return new Step(List.of(), List.of(RandomGraphMaps.unary(s, x).sum(0)));
            })
        .outputs()
        .getFirst();
  }

  private static Tensor nested(RandomGraphSketch s) {
    Tensor xs = s.leaf(Shape.of(s.choices.between(1, 4), s.choices.between(1, 4), s.knownSize()));
    Tensor u = s.weight(xs.size(-1));
    return over(s, xs)
        .states(
            Tensor.full(Shape.of(xs.size(-1)), DType.F32, 0),
            (h, x) ->
                Recurrence.over(x)
                    .states(h, (within, slice) -> within.times(u).plus(slice).tanh())
                    .mean(0));
  }
}
