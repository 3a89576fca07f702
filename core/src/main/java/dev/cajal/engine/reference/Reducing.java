package dev.cajal.engine.reference;

import dev.cajal.tensor.DType;
import java.util.Arrays;
import java.util.List;

/** The reductions: one pass over x, each element into the element that its index is reduced to. */
final class Reducing {
  private Reducing() {}

  static Block sum(DType dtype, Block x, List<Integer> axes) {
    Block y = Block.zeros(without(x.sizes(), axes));
    Block.forEach(
        x.sizes(),
        index -> {
          int position = y.position(without(index, axes));
          y.values()[position] = Elementwise.wrapped(dtype, y.values()[position] + x.get(index));
        });
    return y;
  }

  static Block max(DType dtype, Block x, List<Integer> axes) {
    Block y = Block.zeros(without(x.sizes(), axes));
    Arrays.fill(y.values(), dtype == DType.I32 ? Integer.MIN_VALUE : Double.NEGATIVE_INFINITY);
    Block.forEach(
        x.sizes(),
        index -> {
          int position = y.position(without(index, axes));
          y.values()[position] = Math.max(y.values()[position], x.get(index));
        });
    return y;
  }

  static Block argMax(Block x, int axis) {
    var axes = List.of(axis);
    Block y = Block.zeros(without(x.sizes(), axes));
    var largest = new double[y.values().length];
    Block.forEach(
        x.sizes(),
        index -> {
          int position = y.position(without(index, axes));
          double value = x.get(index);
          if (index[axis] == 0 || isLarger(value, largest[position])) {
            largest[position] = value;
            y.values()[position] = index[axis];
          }
        });
    return y;
  }

  /** NaN is larger than every number. */
  static boolean isLarger(double value, double than) {
    return value > than || (Double.isNaN(value) && !Double.isNaN(than));
  }

  private static int[] without(int[] index, List<Integer> axes) {
    var kept = new int[index.length - axes.size()];
    int next = 0;
    for (int axis = 0; axis < index.length; axis++) {
      if (!axes.contains(axis)) {
        kept[next++] = index[axis];
      }
    }
    return kept;
  }
}
