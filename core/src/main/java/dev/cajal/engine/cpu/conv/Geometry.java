package dev.cajal.engine.cpu.conv;

import dev.cajal.tensor.Window;
import dev.cajal.tensor.Window.Extent;
import java.util.List;

/**
 * The sizes of a convolution of images {@code x [batch, height, width, inputs]} with a kernel
 * {@code [rows, columns, inputs / groups, outputs]} to {@code y [batch, …, outputs]}. A convolution
 * along one axis is one of images of height 1.
 */
record Geometry(int batch, Axis vertical, Axis horizontal, int inputs, int outputs, int groups) {

  /** A window along an axis: of n elements it makes {@code windows}. */
  record Axis(Extent extent, int n, int windows) {
    /** How many elements before, in and behind the axis the windows cover. */
    int covered() {
      return Math.max(0, (windows - 1) * extent.stride() + extent.span());
    }

    /** Whether some window reaches beyond the axis. */
    boolean isPadded() {
      return extent.before() > 0 || covered() > n;
    }
  }

  static Geometry of(Window window, int groups, int[] x, int[] kernel, int[] y) {
    List<Extent> axes = window.axes();
    int rank = axes.size();
    if (rank > 2) {
      throw new IllegalArgumentException("convolution of images has one or two axes, not " + rank);
    }
    Axis horizontal = new Axis(axes.getLast(), x[rank], y[rank]);
    Axis vertical =
        rank == 2
            ? new Axis(axes.getFirst(), x[1], y[1])
            : new Axis(new Extent(1, 1, 0, 0, 1), 1, 1);
    return new Geometry(x[0], vertical, horizontal, x[rank + 1], kernel[rank + 1], groups);
  }

  int groupInputs() {
    return inputs / groups;
  }

  int groupOutputs() {
    return outputs / groups;
  }

  /** How many elements of x a window covers, in one group. */
  int taps() {
    return vertical.extent.size() * horizontal.extent.size() * groupInputs();
  }

  /** How many windows there are in an image. */
  int windows() {
    return vertical.windows * horizontal.windows;
  }

  int pixels() {
    return vertical.n * horizontal.n;
  }
}
