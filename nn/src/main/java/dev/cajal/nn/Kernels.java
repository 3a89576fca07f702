package dev.cajal.nn;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Parameter.Initial;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Window;
import java.util.List;

/** What the convolutions have in common: the parameter that their kernel is. */
final class Kernels {
  private Kernels() {}

  /** A kernel {@code [window…, inputs/groups, outputs]}. */
  static Parameter of(Initial init, Window window, int axes, int inputs, int groups, int outputs) {
    if (window.rank() != axes) {
      throw new IllegalArgumentException(
          "a %s has %d axes; this convolution needs %d".formatted(window, window.rank(), axes));
    }
    if (groups < 1 || inputs % groups != 0 || outputs % groups != 0) {
      throw new IllegalArgumentException(
          "%d inputs and %d outputs do not divide into %d groups"
              .formatted(inputs, outputs, groups));
    }
    var sizes = new Object[axes + 2];
    for (int i = 0; i < axes; i++) {
      sizes[i] = window.axes().get(i).size();
    }
    sizes[axes] = inputs / groups;
    sizes[axes + 1] = outputs;
    return Parameter.of(init, sizes);
  }

  /**
   * A kernel {@code [window…, outputs, inputs]}, as a transposed convolution has it; with first
   * weights for as many inputs as it has, not outputs.
   */
  static Parameter transposed(Initial init, Window window, int axes, int inputs, int outputs) {
    Initial turned =
        (shape, random) -> {
          Size last = shape.size(-1);
          Shape other = shape.with(-1, shape.size(-2)).with(-2, last);
          return Array.wrap(init.of(other, random).data(), shape);
        };
    return of(turned, window, axes, outputs, 1, inputs);
  }

  /** A window with so much less padding at the end, one number for each axis. */
  static Window lessPadded(Window window, int... less) {
    int[] before = window.axes().stream().mapToInt(Window.Extent::before).toArray();
    int[] after = window.axes().stream().mapToInt(Window.Extent::after).toArray();
    for (int i = 0; i < after.length; i++) {
      if (less[i] < 0 || less[i] > after[i]) {
        throw new IllegalArgumentException(
            "an output padding is from 0 to the padding, which is %d; it is %d"
                .formatted(after[i], less[i]));
      }
      after[i] -= less[i];
    }
    return window.padding(before, after);
  }

  /** That a bias has a number for each output, which are an axis of the kernel. */
  static void requireBias(String what, Parameter bias, Parameter kernel, int axis) {
    Shape outputs = new Shape(List.of(kernel.shape().size(axis)));
    Require.shape(what + ": the bias", bias, outputs);
  }

  static void requireSameSizes(Window window, Window other) {
    if (!sizes(window).equals(sizes(other))) {
      throw new IllegalArgumentException(
          "the kernel is for a %s, not for a %s".formatted(window, other));
    }
  }

  private static List<Integer> sizes(Window window) {
    return window.axes().stream().map(Window.Extent::size).toList();
  }
}
