package dev.cajal.compile.schedule;

import dev.cajal.tensor.Op;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where the elements of a tensor lie among numbers in memory: element (i, j, …) is at {@code offset
 * + i·strides[0] + j·strides[1] + …}. Movement turns one view into another and moves nothing.
 *
 * @param offset where the element with index 0 lies
 * @param sizes the shape
 * @param strides how far apart neighbours along each axis are
 */
public record View(int offset, List<Integer> sizes, List<Integer> strides) {
  public View {
    sizes = List.copyOf(sizes);
    strides = List.copyOf(strides);
  }

  /** Row by row from 0 on. */
  public static View whole(List<Integer> sizes) {
    return new View(0, sizes, rowByRow(sizes));
  }

  static View whole(int... sizes) {
    return whole(IntStream.of(sizes).boxed().toList());
  }

  private static List<Integer> rowByRow(List<Integer> sizes) {
    var strides = new ArrayList<Integer>();
    int stride = 1;
    for (int size : sizes.reversed()) {
      strides.add(stride);
      stride *= Math.max(size, 1);
    }
    return strides.reversed();
  }

  public int elements() {
    return product(sizes);
  }

  /** How many elements some axes have together. */
  public static int product(List<Integer> sizes) {
    return sizes.stream().reduce(1, Math::multiplyExact);
  }

  /** Whether the elements lie row by row without gaps, wherever they begin. */
  public boolean isContiguous() {
    return elements() <= 1 || merged().strides.equals(List.of(1));
  }

  /** The same elements in the same order as a view of as few axes as possible, none of size 1. */
  public View merged() {
    var size = new ArrayList<Integer>();
    var stride = new ArrayList<Integer>();
    for (int axis = 0; axis < sizes.size(); axis++) {
      int last = size.size() - 1;
      if (sizes.get(axis) == 1) {
        continue;
      }
      if (last >= 0 && stride.get(last) == strides.get(axis) * sizes.get(axis)) {
        size.set(last, size.get(last) * sizes.get(axis));
        stride.set(last, strides.get(axis));
      } else {
        size.add(sizes.get(axis));
        stride.add(strides.get(axis));
      }
    }
    return new View(offset, size, stride);
  }

  /** The view after a movement; empty for a reshape that no strides can express. */
  Optional<View> moved(Op movement) {
    return switch (movement) {
      case Op.Reshape(var shape) -> reshaped(numbers(shape.numbers()));
      case Op.Transpose(var order) ->
          Optional.of(
              new View(
                  offset,
                  order.stream().map(sizes::get).toList(),
                  order.stream().map(strides::get).toList()));
      case Op.Expand(var shape) -> Optional.of(expanded(numbers(shape.numbers())));
      case Op.Slice(var axis, var start, var step, var size) ->
          Optional.of(sliced(axis, (int) start.number(), (int) step, (int) size.number()));
      case Op.Flip(var axes) -> Optional.of(flipped(axes));
      default -> throw new AssertionError(movement);
    };
  }

  private static List<Integer> numbers(int[] sizes) {
    return IntStream.of(sizes).boxed().toList();
  }

  private View expanded(List<Integer> wanted) {
    int added = wanted.size() - sizes.size();
    var stride = new ArrayList<>(Collections.nCopies(added, 0));
    for (int axis = 0; axis < sizes.size(); axis++) {
      boolean repeats = sizes.get(axis) == 1 && wanted.get(axis + added) != 1;
      stride.add(repeats ? 0 : strides.get(axis));
    }
    return new View(offset, wanted, stride);
  }

  View sliced(int axis, int start, int step, int size) {
    var size2 = new ArrayList<>(sizes);
    var stride = new ArrayList<>(strides);
    size2.set(axis, size);
    stride.set(axis, strides.get(axis) * step);
    return new View(offset + start * strides.get(axis), size2, stride);
  }

  private View flipped(List<Integer> axes) {
    var stride = new ArrayList<>(strides);
    int start = offset;
    for (int axis : axes) {
      start += Math.max(sizes.get(axis) - 1, 0) * strides.get(axis);
      stride.set(axis, -strides.get(axis));
    }
    return new View(start, sizes, stride);
  }

  /** In other sizes of as many elements, if the new axes fall on the old ones or divide them. */
  Optional<View> reshaped(List<Integer> wanted) {
    if (elements() == 0) {
      return Optional.of(new View(offset, wanted, rowByRow(wanted)));
    }
    View merged = merged();
    var stride = new ArrayList<Integer>();
    int axis = merged.sizes.size() - 1;
    int left = axis < 0 ? 1 : merged.sizes.get(axis);
    int step = axis < 0 ? 1 : merged.strides.get(axis);
    for (int size : wanted.reversed()) {
      if (size > 1 && left == 1) {
        axis--;
        left = merged.sizes.get(axis);
        step = merged.strides.get(axis);
      }
      if (left % size != 0) {
        return Optional.empty();
      }
      stride.add(step);
      left /= size;
      step *= size;
    }
    return Optional.of(new View(offset, wanted, stride.reversed()));
  }

  /** The strides along axes that divide this view's: the sizes are a refinement of its own. */
  List<Integer> stridesAlong(List<Integer> finer) {
    return reshaped(finer).orElseThrow().strides;
  }

  /** The view that begins somewhere else. */
  public View at(int newOffset) {
    return new View(newOffset, sizes, strides);
  }
}
