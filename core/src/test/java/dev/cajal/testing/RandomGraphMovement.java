package dev.cajal.testing;

import dev.cajal.tensor.DType;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Random nodes that put elements elsewhere, also by indices. */
final class RandomGraphMovement {
  private RandomGraphMovement() {}

  static List<Function<RandomGraphSketch, Tensor>> all() {
    return List.of(
        s -> view(s, any(s)),
        s -> view(s, any(s)),
        s -> view(s, view(s, any(s))),
        s -> view(s, view(s, view(s, any(s)))),
        s -> RandomGraphMaps.unary(s, view(s, s.floats(1, 4))),
        RandomGraphMovement::expanded,
        RandomGraphMovement::joined,
        RandomGraphMovement::joined,
        s -> s.floats(1, 4).plus(0.5).times(view(s, s.floats(1, 4))));
  }

  static List<Function<RandomGraphSketch, Tensor>> indices() {
    return List.of(
        RandomGraphMovement::gathered,
        RandomGraphMovement::gathered,
        RandomGraphMovement::scattered,
        RandomGraphMovement::largest,
        RandomGraphMovement::embedding,
        s -> index(s, s.shape(1, 2)).oneHot(s.choices.between(1, 5)));
  }

  private static Tensor any(RandomGraphSketch s) {
    return s.any(x -> x.rank() > 0 && (x.dtype() == DType.F32 || s.choices.oneIn(6)))
        .orElseGet(() -> s.floats(1, 4));
  }

  /** The same elements, or some of them, elsewhere. */
  static Tensor view(RandomGraphSketch s, Tensor x) {
    if (x.rank() == 0) {
      return x.insertAxis(0);
    }
    int axis = s.axis(x);
    return switch (s.choices.between(0, 11)) {
      case 0, 1 -> x.transpose(s.choices.order(x.rank()));
      case 2 -> x.flip(axis);
      case 3 -> Tensor.of(new Op.Flip(sorted(RandomGraphMaps.axes(s, x))), x);
      case 4, 5 -> slice(s, x, axis);
      case 6 -> padded(s, x, axis);
      case 7 -> x.flatten(Math.min(axis, s.axis(x)), axis);
      case 8 -> split(s, x, axis);
      case 9 -> x.insertAxis(s.choices.between(0, x.rank()));
      case 10 -> x.flatten();
      default -> x.at(axis, s.choices.oneIn(2) ? -1 : 0);
    };
  }

  private static List<Integer> sorted(int[] axes) {
    return Arrays.stream(axes).sorted().boxed().toList();
  }

  private static Tensor slice(RandomGraphSketch s, Tensor x, int axis) {
    long number = s.number(x.size(axis));
    if (!x.size(axis).isNumber() && s.choices.oneIn(2)) {
      return x.last(axis, s.choices.between(0, (int) Math.min(3, number)));
    }
    int from = s.choices.between(0, (int) Math.min(number, 4));
    int to = s.choices.between(from, (int) number);
    return x.slice(axis, from, to, s.choices.oneOf(1, 1, 2, 3));
  }

  private static Tensor padded(RandomGraphSketch s, Tensor x, int axis) {
    Size size = x.size(axis);
    int step = s.choices.oneOf(1, 1, 2, 3);
    int before = size.isNumber() || step > 1 ? s.choices.between(0, step > 1 ? step - 1 : 3) : 0;
    Size wide =
        size.isNumber()
            ? Size.of(
                Math.max(0, before + step * (size.number() - 1) + 1) + s.choices.between(0, 2))
            : size.times(Size.of(step));
    return x.place(axis, Size.of(before), step, wide);
  }

  private static Tensor split(RandomGraphSketch s, Tensor x, int axis) {
    var parts = new ArrayList<Shape>();
    for (int part : new int[] {2, 3, 4, 5, 8, 16}) {
      Optional<Size> other = x.size(axis).over(Size.of(part));
      other.ifPresent(rest -> parts.add(Shape.of(part, rest)));
      other.ifPresent(rest -> parts.add(Shape.of(rest, part)));
    }
    if (parts.isEmpty()) {
      return x.flatten();
    }
    Shape pieces = parts.get(s.choices.between(0, parts.size() - 1));
    return x.reshape(x.shape().part(0, axis).then(pieces).then(x.shape().part(axis + 1, x.rank())));
  }

  private static Tensor expanded(RandomGraphSketch s) {
    Tensor x = s.floats(0, 3);
    Shape shape = x.shape();
    for (int axis = 0; axis < shape.rank(); axis++) {
      shape = shape.size(axis).is(1) ? shape.with(axis, s.size()) : shape;
    }
    return x.expand(s.choices.oneIn(2) ? shape.insert(0, s.size()) : shape);
  }

  private static Tensor joined(RandomGraphSketch s) {
    Tensor x = any(s);
    int axis = s.axis(x);
    List<Tensor> parts = new ArrayList<>(List.of(x));
    for (int more = s.choices.between(1, 2); more > 0; more--) {
      s.any(y ->
              y.dtype() == x.dtype()
                  && y.rank() == x.rank()
                  && y.shape().with(axis, Size.ONE).equals(x.shape().with(axis, Size.ONE)))
          .ifPresent(parts::add);
    }
    Tensor[] all = parts.toArray(Tensor[]::new);
    boolean alike = parts.stream().allMatch(part -> part.shape().equals(x.shape()));
    return alike && s.choices.oneIn(3) ? Tensor.stack(axis, all) : Tensor.concat(axis, all);
  }

  // Indices.

  private static Tensor index(RandomGraphSketch s, Shape shape) {
    return s.index(shape, Size.of(s.choices.between(1, 5)));
  }

  private static Size end(RandomGraphSketch s, Size size) {
    if (s.number(size) == 0) {
      throw new IllegalArgumentException("nothing to point at");
    }
    return size;
  }

  private static Tensor gathered(RandomGraphSketch s) {
    Tensor x = s.floats(1, 3);
    int axis = s.axis(x);
    return x.gather(axis, s.index(s.shape(0, 2), end(s, x.size(axis))));
  }

  private static Tensor scattered(RandomGraphSketch s) {
    Tensor x = s.floats(1, 3);
    int axis = s.axis(x);
    Size size = s.knownSize();
    int last = s.choices.between(axis, Math.min(axis + 1, x.rank() - 1));
    return x.scatterAdd(axis, s.index(x.shape().part(axis, last + 1), end(s, size)), size);
  }

  /** The elements where another, or the same, is largest. */
  private static Tensor largest(RandomGraphSketch s) {
    Tensor x = s.floats(1, 2);
    Tensor where = s.like(x.shape()).argMax(x.rank() - 1);
    return x.gather(x.rank() - 1, where);
  }

  private static Tensor embedding(RandomGraphSketch s) {
    Size rows = s.knownSize();
    return s.weight(rows, s.knownSize()).gather(0, s.index(s.shape(1, 2), end(s, rows)));
  }
}
