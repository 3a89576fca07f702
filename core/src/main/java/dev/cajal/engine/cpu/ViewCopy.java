package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Node;
import dev.cajal.compile.schedule.Operand;
import dev.cajal.compile.schedule.Task;
import dev.cajal.compile.schedule.View;
import java.util.Arrays;

/** Copies what is seen through one view to where another says. */
final class ViewCopy {
  private final Frame frame;
  private final Node node;
  private final int[] sizes;
  private final int[] steps;
  private final int[] strides;
  private final int first;
  private final int target;

  /**
   * A copy.
   *
   * @param from what is copied
   * @param to where each of its elements goes in the array that is given to {@link #run}
   */
  ViewCopy(Frame frame, Operand from, View to) {
    this.frame = frame;
    this.node = from.node();
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
  }

  /** Copies into an array that begins at {@code start}. */
  void run(Object to, int start) {
    for (int size : sizes) {
      if (size == 0) {
        return;
      }
    }
    copy(0, first, to, start + target);
  }

  private void copy(int axis, int from, Object to, int at) {
    if (axis == sizes.length - 1) {
      line(from, to, at);
      return;
    }
    for (int i = 0; i < sizes[axis]; i++) {
      copy(axis + 1, from + i * steps[axis], to, at + i * strides[axis]);
    }
  }

  private void line(int from, Object to, int at) {
    int last = sizes.length - 1;
    int size = sizes[last];
    int stride = strides[last];
    switch (node.task()) {
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
      default -> line(frame.array(node), frame.start(node) + from, to, at);
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
