package dev.cajal.testing;

import static dev.cajal.testing.Enclosure.distance;

import dev.cajal.tensor.DType;
import dev.cajal.tensor.Window;
import java.util.Arrays;

/** The errors of what finds positions, and of what is moved to and from positions. */
final class IndexTolerance {
  private IndexTolerance() {}

  /** An array as {@code [before, size, after]} around an axis, or around several that are one. */
  private record Around(int before, int size, int after) {
    static Around axes(int[] sizes, int from, int to) {
      return new Around(
          product(sizes, 0, from), product(sizes, from, to), product(sizes, to, sizes.length));
    }

    private static int product(int[] sizes, int from, int to) {
      return Arrays.stream(sizes, from, to).reduce(1, (a, b) -> a * b);
    }

    int position(int outer, int middle, int inner) {
      return (outer * size + middle) * after + inner;
    }

    int clamped(double index) {
      return (int) Math.clamp(index, 0, size - 1);
    }
  }

  /** The largest over axes: the largest of the least and of the most that each can be. */
  static double[] max(Again again, double[] y, Enclosure x) {
    double[] low = again.on(x.low());
    double[] high = again.on(x.high());
    // The largest error is infinite where any is.
    double[] worst = again.on(x.errors());
    var errors = new double[y.length];
    for (int i = 0; i < errors.length; i++) {
      errors[i] =
          Double.isInfinite(worst[i]) && worst[i] > 0
              ? Double.POSITIVE_INFINITY
              : distance(y[i], low[i], high[i]);
    }
    return errors;
  }

  static double[] argMax(double[] y, Enclosure x, int axis) {
    Around around = Around.axes(x.sizes(), axis, axis + 1);
    var errors = new double[y.length];
    // An axis that a symbol made empty has no candidates.
    for (int outer = 0; outer < around.before && around.size > 0; outer++) {
      for (int inner = 0; inner < around.after; inner++) {
        int[] positions = new int[around.size];
        for (int i = 0; i < positions.length; i++) {
          positions[i] = around.position(outer, i, inner);
        }
        int at = outer * around.after + inner;
        for (int i : candidates(x, positions, (int) y[at])) {
          errors[at] = Math.max(errors[at], Math.abs(i - y[at]));
        }
      }
    }
    return errors;
  }

  /** Which of some positions may hold the first of the largest, instead of the one that does. */
  private static int[] candidates(Enclosure x, int[] positions, int chosen) {
    double[] e = x.errors();
    double[] v = x.values();
    double least = v[positions[chosen]] - e[positions[chosen]];
    var found = new int[positions.length];
    int count = 0;
    for (int i = 0; i < positions.length; i++) {
      int at = positions[i];
      boolean larger = v[at] + e[at] > least || (v[at] + e[at] == least && i < chosen);
      if (i != chosen && (larger || Double.isInfinite(e[at]) || Double.isInfinite(least))) {
        found[count++] = i;
      }
    }
    return Arrays.copyOf(found, count);
  }

  static double[] argMaxPool(double[] y, int[] sizes, Window window, Enclosure x) {
    var errors = new double[y.length];
    int[] taps = window.axes().stream().mapToInt(Window.Extent::size).toArray();
    int count = Arrays.stream(taps).reduce(1, (a, b) -> a * b);
    for (int at = 0; at < y.length; at++) {
      int[] positions = new int[count];
      int inside = 0;
      int chosen = 0;
      for (int tap = 0; tap < count; tap++) {
        int position = position(window, x.sizes(), indexOf(sizes, at), indexOf(taps, tap));
        if (position >= 0) {
          chosen = position == (int) y[at] ? inside : chosen;
          positions[inside++] = position;
        }
      }
      positions = Arrays.copyOf(positions, inside);
      for (int i : candidates(x, positions, chosen)) {
        errors[at] = Math.max(errors[at], Math.abs(positions[i] - y[at]));
      }
    }
    return errors;
  }

  private static int[] indexOf(int[] sizes, int position) {
    var index = new int[sizes.length];
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      index[axis] = position % sizes[axis];
      position /= sizes[axis];
    }
    return index;
  }

  /** Where in x an element of a window lies; -1 in padding. */
  private static int position(Window window, int[] sizes, int[] out, int[] tap) {
    int position = out[0];
    for (int axis = 1; axis <= window.rank(); axis++) {
      Window.Extent e = window.axes().get(axis - 1);
      int in = out[axis] * e.stride() + tap[axis - 1] * e.dilation() - e.before();
      if (in < 0 || in >= sizes[axis]) {
        return -1;
      }
      position = position * sizes[axis] + in;
    }
    return position * sizes[sizes.length - 1] + out[out.length - 1];
  }

  static double[] gather(double[] y, Enclosure x, Enclosure index, int axis) {
    Around in = Around.axes(x.sizes(), axis, axis + 1);
    Around out = new Around(in.before, index.values().length, in.after);
    var errors = new double[y.length];
    for (int outer = 0; outer < in.before; outer++) {
      for (int j = 0; j < out.size; j++) {
        int first = in.clamped(index.values()[j] - index.errors()[j]);
        int last = in.clamped(index.values()[j] + index.errors()[j]);
        for (int inner = 0; inner < in.after; inner++) {
          int at = out.position(outer, j, inner);
          for (int i = first; i <= last; i++) {
            int from = in.position(outer, i, inner);
            double error = distance(y[at], x.values()[from]) + x.errors()[from];
            errors[at] = Math.max(errors[at], error);
          }
        }
      }
    }
    return errors;
  }

  static double[] scatterAdd(
      DType dtype, double[] y, int[] sizes, Enclosure x, Enclosure index, int axis) {
    Around out = Around.axes(sizes, axis, axis + 1);
    Around in = new Around(out.before, index.values().length, out.after);
    var magnitudes = new double[y.length];
    var errors = new double[y.length];
    for (int outer = 0; outer < out.before; outer++) {
      for (int j = 0; j < in.size; j++) {
        int first = out.clamped(index.values()[j] - index.errors()[j]);
        int last = out.clamped(index.values()[j] + index.errors()[j]);
        for (int inner = 0; inner < in.after; inner++) {
          int from = in.position(outer, j, inner);
          double magnitude = Math.abs(x.values()[from]) + x.errors()[from];
          for (int i = first; i <= last; i++) {
            int to = out.position(outer, i, inner);
            magnitudes[to] += magnitude;
            errors[to] += first == last ? x.errors()[from] : magnitude;
          }
        }
      }
    }
    double grid = x.isOnGrid(0x1p-5) ? 0x1p-5 : 0;
    return SumTolerance.all(dtype, y, magnitudes, errors, grid, in.size);
  }
}
