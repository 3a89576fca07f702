package dev.cajal.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The sizes of a tensor's axes, outermost first; a scalar has none. Printed as {@code [batch,
 * 784]}.
 *
 * @param sizes one size an axis
 */
public record Shape(List<Size> sizes) {

  /** The shape of a single number. */
  public static final Shape SCALAR = new Shape(List.of());

  public Shape {
    sizes = List.copyOf(sizes);
  }

  /**
   * A shape from numbers, names of symbols and {@link Size}s, mixed as needed: {@code
   * Shape.of("batch", 28, 28)}.
   */
  public static Shape of(Object... sizes) {
    var list = new ArrayList<Size>();
    for (Object size : sizes) {
      switch (size) {
        case Size known -> list.add(known);
        case Integer number -> list.add(Size.of(number));
        case Long number -> list.add(Size.of(number));
        case String symbol -> list.add(Size.parse(symbol));
        case int[] numbers -> Arrays.stream(numbers).mapToObj(Size::of).forEach(list::add);
        default ->
            throw new IllegalArgumentException(
                "a size is a number, a name or a Size, not a "
                    + size.getClass().getSimpleName()
                    + ": "
                    + size);
      }
    }
    return new Shape(list);
  }

  public int rank() {
    return sizes.size();
  }

  /** The size of an axis; negative axes count from the end. */
  public Size size(int axis) {
    return sizes.get(axis(axis));
  }

  /**
   * The axis as a number from 0, where negative ones count from the end; refused if there is no
   * such axis.
   */
  public int axis(int axis) {
    int positive = axis < 0 ? axis + rank() : axis;
    if (positive < 0 || positive >= rank()) {
      throw new IllegalArgumentException(
          rank() == 0
              ? "axis %d of a scalar: it has no axes".formatted(axis)
              : "axis %d is outside %s: axes go from %d to %d"
                  .formatted(axis, this, -rank(), rank() - 1));
    }
    return positive;
  }

  /** All axes, as numbers from 0. */
  List<Integer> axes() {
    return IntStream.range(0, rank()).boxed().toList();
  }

  /** How many elements a tensor of this shape has. */
  public Size elements() {
    return Size.product(sizes);
  }

  /** Whether every size is a number. */
  public boolean isNumeric() {
    return sizes.stream().allMatch(Size::isNumber);
  }

  /** The sizes as numbers; refused while one is a symbol, or too large for an array. */
  public int[] numbers() {
    return sizes.stream().mapToInt(size -> Math.toIntExact(size.number())).toArray();
  }

  /** This shape with numbers put in for symbols. */
  public Shape bind(Map<String, Long> numbers) {
    return isNumeric() ? this : new Shape(sizes.stream().map(size -> size.bind(numbers)).toList());
  }

  /** This shape with another size on one axis. */
  public Shape with(int axis, Size size) {
    var changed = new ArrayList<>(sizes);
    changed.set(axis(axis), size);
    return new Shape(changed);
  }

  /** This shape with a further axis in front of {@code axis}; {@code rank()} appends it. */
  public Shape insert(int axis, Size size) {
    var more = new ArrayList<>(sizes);
    more.add(axis < 0 ? axis + rank() + 1 : axis, size);
    return new Shape(more);
  }

  /** This shape without some axes, which are counted from 0. */
  public Shape without(List<Integer> axes) {
    var kept = new ArrayList<Size>();
    for (int axis = 0; axis < rank(); axis++) {
      if (!axes.contains(axis)) {
        kept.add(sizes.get(axis));
      }
    }
    return new Shape(kept);
  }

  /** This shape with some axes, counted from 0, made one element long. */
  public Shape collapsed(List<Integer> axes) {
    Shape shape = this;
    for (int axis : axes) {
      shape = shape.with(axis, Size.ONE);
    }
    return shape;
  }

  /** This shape followed by another. */
  public Shape then(Shape inner) {
    var both = new ArrayList<>(sizes);
    both.addAll(inner.sizes);
    return new Shape(both);
  }

  /** The axes from {@code from} (inclusive) to {@code to} (exclusive). */
  public Shape part(int from, int to) {
    return new Shape(sizes.subList(from, to));
  }

  /**
   * The shape that two broadcast to, by NumPy's rule: aligned at the last axis, an axis of size 1
   * takes the other's size. Empty where they don't fit.
   */
  public static Optional<Shape> broadcast(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    var sizes = new ArrayList<Size>();
    for (int axis = 0; axis < rank; axis++) {
      Size left = a.aligned(axis - rank);
      Size right = b.aligned(axis - rank);
      if (!left.equals(right) && !left.is(1) && !right.is(1)) {
        return Optional.empty();
      }
      sizes.add(left.is(1) ? right : left);
    }
    return Optional.of(new Shape(sizes));
  }

  /**
   * The size at a negative axis, or one where there is no such axis: how broadcasting aligns
   * shapes.
   */
  Size aligned(int negativeAxis) {
    return rank() + negativeAxis < 0 ? Size.ONE : sizes.get(rank() + negativeAxis);
  }

  @Override
  public String toString() {
    return sizes.stream().map(Size::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
