package dev.cajal.engine.cpu;

import static java.util.Objects.requireNonNull;

import dev.cajal.compile.schedule.Operand;
import dev.cajal.compile.schedule.Task;
import dev.cajal.compile.schedule.View;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Copies what is seen through one view to where another says. */
final class ViewCopy {
  private final Task task;

  /** Null if it is computed from the index. */
  private final @Nullable Spot spot;

  private final int[] sizes;
  private final int[] steps;
  private final int[] strides;
  private final int first;
  private final int target;

  /** The axis that is divided when a part is copied. */
  private final int divided;

  /**
   * A copy.
   *
   * @param from what is copied
   * @param to where each of its elements goes in the array that is given to {@link #run}
   */
  ViewCopy(Frame frame, Operand from, View to) {
    this.task = from.node().task();
    boolean isComputed = task instanceof Task.Literal || task instanceof Task.Range;
    this.spot = isComputed ? null : frame.spot(from.node());
    // At least one axis, so that there is an innermost loop.
    int axes = Math.max(1, to.sizes().size());
    sizes = new int[axes];
    steps = new int[axes];
    strides = new int[axes];
    Arrays.fill(sizes, 1);
    for (int axis = 0; axis < to.sizes().size(); axis++) {
      sizes[axis] = to.sizes().get(axis);
      steps[axis] = from.view().strides().get(axis);
      strides[axis] = to.strides().get(axis);
    }
    first = from.view().offset();
    target = to.offset();
    int axis = 0;
    while (axis < axes - 2 && sizes[axis] == 1) {
      axis++;
    }
    divided = axis;
  }

  /** Copies into an array that begins at {@code start}. */
  void run(Object to, int start) {
    run(to, start, 0, 1);
  }

  /** Does one of so many parts of it. */
  void run(Object to, int start, int part, int parts) {
    for (int size : sizes) {
      if (size == 0) {
        return;
      }
    }
    if (divided < sizes.length - 1) {
      int low = (int) ((long) sizes[divided] * part / parts);
      int high = (int) ((long) sizes[divided] * (part + 1) / parts);
      copy(divided, low, high, first, to, start + target);
    } else if (part == 0) {
      line(first, to, start + target);
    }
  }

  private void copy(int axis, int low, int high, int from, Object to, int at) {
    if (axis == sizes.length - 1) {
      line(from, to, at);
      return;
    }
    for (int i = low; i < high; i++) {
      int next = axis + 1;
      copy(next, 0, sizes[next], from + i * steps[axis], to, at + i * strides[axis]);
    }
  }

  private void line(int from, Object to, int at) {
    int last = sizes.length - 1;
    int size = sizes[last];
    int stride = strides[last];
    switch (task) {
      case Task.Literal literal -> {
        for (int i = 0; i < size; i++) {
          put(to, at + i * stride, literal.value());
        }
      }
      case Task.Range _ -> {
        for (int i = 0; i < size; i++) {
          put(to, at + i * stride, from + i * steps[last]);
        }
      }
      default -> {
        Spot its = requireNonNull(spot);
        line(its.array(), its.start() + from, to, at);
      }
    }
  }

  private static void put(Object to, int at, double value) {
    switch (to) {
      case float[] f -> f[at] = (float) value;
      case double[] d -> d[at] = value;
      case int[] n -> n[at] = (int) value;
      case boolean[] b -> b[at] = value != 0;
      default -> throw new AssertionError(to);
    }
  }

  private void line(Object from, int start, Object to, int at) {
    int last = sizes.length - 1;
    int size = sizes[last];
    int step = steps[last];
    int stride = strides[last];
    if (step == 1 && stride == 1) {
      System.arraycopy(from, start, to, at, size);
      return;
    }
    switch (to) {
      case float[] f -> {
        float[] source = (float[]) from;
        for (int i = 0; i < size; i++) {
          f[at + i * stride] = source[start + i * step];
        }
      }
      case double[] d -> {
        double[] source = (double[]) from;
        for (int i = 0; i < size; i++) {
          d[at + i * stride] = source[start + i * step];
        }
      }
      case int[] n -> {
        int[] source = (int[]) from;
        for (int i = 0; i < size; i++) {
          n[at + i * stride] = source[start + i * step];
        }
      }
      case boolean[] b -> {
        boolean[] source = (boolean[]) from;
        for (int i = 0; i < size; i++) {
          b[at + i * stride] = source[start + i * step];
        }
      }
      default -> throw new AssertionError(to);
    }
  }
}
