package dev.cajal.testing;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The random choices that make one case: the same for the same seed. Axes without elements and axes
 * that broadcast come up often; no shape has more than {@value #ELEMENTS} elements.
 */
public final class Choices {
  /** The largest size of an axis. */
  static final int LARGEST = 5;

  private static final int ELEMENTS = 24;
  private static final int[] SIZES = {1, 2, 3, 5, 1, 2, 3, 0};

  private final SplittableRandom random;
  private final int largest;

  Choices(long seed, int largest) {
    this.random = new SplittableRandom(seed);
    this.largest = largest;
  }

  /** Two shapes that broadcast to a third. */
  public record Pair(Shape left, Shape right, Shape both) {}

  /** An integer, both ends included. */
  public int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  public double number(double low, double high) {
    return random.nextDouble(low, high);
  }

  /** Numbers between -1 and 1 for a leaf. */
  public Array numbers(Tensor leaf) {
    var numbers = new float[(int) leaf.shape().elements().number()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) number(-1, 1);
    }
    return Array.wrap(numbers, leaf.shape());
  }

  public boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  @SafeVarargs
  public final <T> T oneOf(T... some) {
    return some[random.nextInt(some.length)];
  }

  /** The size of an axis, now and then 0. */
  public int size() {
    return Math.min(largest, SIZES[random.nextInt(SIZES.length)]);
  }

  /** The size of an axis that has elements. */
  public int solidSize() {
    return Math.max(1, size());
  }

  /** A shape with so many axes. */
  public Shape shape(int leastRank, int greatestRank) {
    return limited(IntStream.range(0, between(leastRank, greatestRank)).map(_ -> size()).toArray());
  }

  /** A shape whose axes all have elements. */
  public Shape solidShape(int leastRank, int greatestRank) {
    return limited(
        IntStream.range(0, between(leastRank, greatestRank)).map(_ -> solidSize()).toArray());
  }

  private static Shape limited(int[] sizes) {
    int elements = 1;
    for (int axis = 0; axis < sizes.length; axis++) {
      if (elements * sizes[axis] > ELEMENTS) {
        sizes[axis] = 1;
      }
      elements *= Math.max(1, sizes[axis]);
    }
    return Shape.of(sizes);
  }

  /** Two shapes of up to four axes that broadcast. */
  public Pair broadcasting() {
    Shape both = shape(0, 4);
    Shape left = reduced(both);
    Shape right = oneIn(2) ? reduced(both) : both;
    Pair pair = new Pair(left, right, Shape.broadcast(left, right).orElseThrow());
    return oneIn(2) ? pair : new Pair(right, left, pair.both());
  }

  /** A shape that broadcasts to another: some axes in front left out, some made 1. */
  public Shape reduced(Shape shape) {
    int dropped = oneIn(2) ? between(0, shape.rank()) : 0;
    return Shape.of(
        Arrays.stream(shape.numbers()).skip(dropped).map(size -> oneIn(3) ? 1 : size).toArray());
  }

  /** One of the axes of a shape, counted from either end. */
  public int axis(Shape shape) {
    return between(-shape.rank(), shape.rank() - 1);
  }

  /** Some of the axes of a shape, in any order; none stands for all. */
  public int[] axes(Shape shape) {
    int[] some = IntStream.of(order(shape.rank())).filter(_ -> oneIn(2)).toArray();
    return Arrays.stream(some).map(axis -> oneIn(3) ? axis - shape.rank() : axis).toArray();
  }

  /** The numbers from 0 to below n in random order. */
  public int[] order(int n) {
    int[] order = IntStream.range(0, n).toArray();
    for (int i = n - 1; i > 0; i--) {
      int j = between(0, i);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /** The sizes of a shape with one of them replaced. */
  public static Shape with(Shape shape, int axis, int size) {
    int[] sizes = shape.numbers();
    sizes[axis] = size;
    return Shape.of(sizes);
  }

  /** A shape from the sizes of several. */
  public static Shape joined(Shape... parts) {
    return List.of(parts).stream().reduce(Shape.SCALAR, Shape::then);
  }
}
