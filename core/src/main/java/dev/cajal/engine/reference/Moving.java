package dev.cajal.engine.reference;

import dev.cajal.tensor.DType;
import java.util.Arrays;
import java.util.List;

/** The movements: each says, for an index of the result, where its element comes from. */
final class Moving {
  private Moving() {}

  static Block transpose(Block x, int[] sizes, List<Integer> order) {
    var from = new int[sizes.length];
    return Block.of(
        sizes,
        index -> {
          for (int axis = 0; axis < index.length; axis++) {
            from[order.get(axis)] = index[axis];
          }
          return x.get(from);
        });
  }

  static Block expand(Block x, int[] sizes) {
    int added = sizes.length - x.sizes().length;
    var from = new int[x.sizes().length];
    return Block.of(
        sizes,
        index -> {
          for (int axis = 0; axis < from.length; axis++) {
            from[axis] = x.sizes()[axis] == 1 ? 0 : index[axis + added];
          }
          return x.get(from);
        });
  }

  static Block slice(Block x, int[] sizes, int axis, int start, int step) {
    return Block.of(
        sizes,
        index -> {
          int[] from = index.clone();
          from[axis] = start + step * index[axis];
          return x.get(from);
        });
  }

  static Block pad(Block x, int[] sizes, int axis, int start, int step) {
    Block y = Block.zeros(sizes);
    Block.forEach(
        x.sizes(),
        index -> {
          int[] to = index.clone();
          to[axis] = start + step * index[axis];
          y.values()[y.position(to)] = x.get(index);
        });
    return y;
  }

  static Block concat(List<Block> parts, int[] sizes, int axis) {
    Block y = Block.zeros(sizes);
    int offset = 0;
    for (Block part : parts) {
      int start = offset;
      Block.forEach(
          part.sizes(),
          index -> {
            int[] to = index.clone();
            to[axis] += start;
            y.values()[y.position(to)] = part.get(index);
          });
      offset += part.sizes()[axis];
    }
    return y;
  }

  static Block flip(Block x, List<Integer> axes) {
    return Block.of(
        x.sizes(),
        index -> {
          int[] from = index.clone();
          axes.forEach(axis -> from[axis] = x.sizes()[axis] - 1 - index[axis]);
          return x.get(from);
        });
  }

  static Block gather(String what, Block x, Block index, int[] sizes, int axis) {
    return Block.of(
        sizes,
        at ->
            x.get(
                replaced(
                    at, axis, index.sizes().length, pick(what, x.sizes()[axis], index, at, axis))));
  }

  static Block scatterAdd(String what, DType dtype, Block x, Block index, int[] sizes, int axis) {
    Block y = Block.zeros(sizes);
    int axes = index.sizes().length;
    Block.forEach(
        x.sizes(),
        at -> {
          int[] to = replaced(at, axis, axes, pick(what, sizes[axis], index, at, axis));
          int position = y.position(to);
          y.values()[position] = Elementwise.wrapped(dtype, y.values()[position] + x.get(at));
        });
    return y;
  }

  /**
   * The number in the index at the axes from {@code axis} on; refused where the indexed axis has no
   * such element.
   */
  private static int pick(String what, int size, Block index, int[] at, int axis) {
    int[] within = Arrays.copyOfRange(at, axis, axis + index.sizes().length);
    int picked = (int) index.get(within);
    if (picked < 0 || picked >= size) {
      throw new IllegalArgumentException(
          "%s: index %d at %s is outside axis %d, which has %d elements"
              .formatted(what, picked, Arrays.toString(within), axis, size));
    }
    return picked;
  }

  /** The axes from {@code axis} on, {@code count} of them, replaced by one number. */
  private static int[] replaced(int[] at, int axis, int count, int by) {
    var replaced = new int[at.length - count + 1];
    System.arraycopy(at, 0, replaced, 0, axis);
    replaced[axis] = by;
    System.arraycopy(at, axis + count, replaced, axis + 1, at.length - axis - count);
    return replaced;
  }
}
