package dev.cajal.data.bytes;

import dev.cajal.tensor.Shape;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Where, row by row, each number of a file belongs, in the order of the file. */
final class Places {
  private final int[] sizes;
  private final int[] strides;
  private final int[] index;
  private int place;

  private Places(int[] sizes, int[] strides) {
    this.sizes = sizes;
    this.strides = strides;
    this.index = new int[sizes.length];
  }

  static Places of(Shape shape, AxisOrder order) {
    int[] sizes = shape.numbers();
    return switch (order) {
      case LAST_FASTEST -> new Places(new int[] {Integer.MAX_VALUE}, new int[] {1});
      case FIRST_FASTEST -> new Places(sizes, strides(sizes));
    };
  }

  private static int[] strides(int[] sizes) {
    var strides = new int[sizes.length];
    int stride = 1;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= sizes[axis];
    }
    return strides;
  }

  /** The place of the next number. */
  int next() {
    int now = place;
    for (int axis = 0; axis < sizes.length; axis++) {
      place += strides[axis];
      index[axis]++;
      if (index[axis] < sizes[axis]) {
        return now;
      }
      place -= strides[axis] * sizes[axis];
      index[axis] = 0;
    }
    return now;
  }

  /** A place as an index, {@code [row, column]}. */
  static String index(Shape shape, int place) {
    int[] sizes = shape.numbers();
    var index = new int[sizes.length];
    int rest = place;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      index[axis] = rest % sizes[axis];
      rest /= sizes[axis];
    }
    return Arrays.stream(index)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
