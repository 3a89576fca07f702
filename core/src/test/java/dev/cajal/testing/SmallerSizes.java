package dev.cajal.testing;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The axes of one size made shorter, wherever they are: what is left of the leaves' numbers are the
 * first along each axis.
 */
record SmallerSizes(long from, long to) implements Rewriting.Change {

  /** A graph with smaller sizes in all ways that fit together, the smallest first. */
  static Stream<RandomGraph> of(RandomGraph graph) {
    Set<Long> sizes = new TreeSet<>();
    for (Tensor node : graph.graph().nodes()) {
      node.shape().sizes().stream().filter(Size::isNumber).map(Size::number).forEach(sizes::add);
    }
    return sizes.stream()
        .flatMap(from ->
            Stream.of(1L, 2L, 3L, from / 2, 3 * from / 4, from - 1)
                .filter(to -> to > 0 && to < from)
                .distinct()
                .flatMap(to -> new SmallerSizes(from, to).applied(graph)));
  }

  private Stream<RandomGraph> applied(RandomGraph graph) {
    try {
      return Stream.of(Rewriting.of(graph, this));
    } catch (IllegalArgumentException doesNotFit) {
      return Stream.of();
    }
  }

  @Override
  public Size size(Size size) {
    return size.is(from) ? Size.of(to) : size;
  }

  /** An axis that is several merged into one is shorter as well. */
  @Override
  public Shape shape(Shape shape) {
    Shape smaller = new Shape(shape.sizes().stream().map(this::size).toList());
    for (int axis = 0; axis < shape.rank() && smaller.equals(shape); axis++) {
      Size size = shape.size(axis);
      boolean merged = size.isNumber() && size.number() > from && size.number() % from == 0;
      smaller = merged ? shape.with(axis, Size.of(size.number() / from * to)) : smaller;
    }
    return smaller;
  }

  @Override
  public Array array(Array value) {
    Shape shape = shape(value.shape());
    int[] before = value.shape().numbers();
    var numbers = new double[(int) shape.elements().number()];
    int[] sizes = shape.numbers();
    for (int i = 0; i < numbers.length; i++) {
      int left = i;
      int position = 0;
      int stride = 1;
      for (int axis = sizes.length - 1; axis >= 0; axis--) {
        position += stride * (left % sizes[axis]);
        stride *= before[axis];
        left /= sizes[axis];
      }
      numbers[i] = value.at(position);
    }
    return PlainEngine.stored(value.dtype(), shape, numbers);
  }
}
