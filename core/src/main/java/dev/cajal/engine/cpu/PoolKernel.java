package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Node;
import dev.cajal.compile.schedule.Operand;
import dev.cajal.tensor.Window;
import java.util.Arrays;
import java.util.List;

/**
 * For each window and channel the position of the largest element, counted row by row in all of x;
 * a NaN counts as the largest, and padding never does.
 */
final class PoolKernel implements Kernel, Workers.Task {
  private final Frame frame;
  private final Node node;
  private final Operand x;
  private final Window.Extent[] window;

  /** The sizes along the spatial axes, of x and of y. */
  private final int[] sizes;

  private final int[] windows;
  private final int channels;
  private final Shares shares;
  private final PoolRow row;

  PoolKernel(Node node, Window window, Frame frame, Engine engine) {
    this.frame = frame;
    this.node = node;
    this.x = node.operands().getFirst();
    this.window = window.axes().toArray(Window.Extent[]::new);
    int rank = window.rank();
    this.sizes = spatial(x.view().sizes(), rank);
    this.windows = spatial(node.layout().sizes(), rank);
    this.channels = node.layout().sizes().getLast();
    int taps = Arrays.stream(this.window).mapToInt(Window.Extent::size).reduce(1, (a, b) -> a * b);
    int places = channels == 0 ? 0 : node.elements() / channels;
    frame.scratch().reserve(channels);
    this.row = PoolRow.of(engine.lanes());
    this.shares = new Shares(engine.workers(), places, (long) taps * channels);
  }

  private static int[] spatial(List<Integer> all, int rank) {
    return all.subList(1, 1 + rank).stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public void run() {
    shares.run(this);
  }

  @Override
  public void run(int part, int worker) {
    int[] y = (int[]) frame.array(node);
    int at = frame.start(node);
    for (int place = shares.from(part); place < shares.to(part); place++) {
      int to = at + place * channels;
      Arrays.fill(y, to, to + channels, -1);
      visit(0, place, 0, y, to, worker);
      if (channels > 0 && y[to] < 0) {
        throw new IllegalArgumentException(
            "maxPool of %s: window %d lies in padding alone".formatted(x.node().name(), place));
      }
    }
  }

  /** Goes through the taps along an axis; {@code line} is the row of x that they are in so far. */
  private void visit(int axis, int place, int line, int[] y, int to, int worker) {
    if (axis == window.length) {
      compare(line * channels, y, to, frame.scratch(worker));
      return;
    }
    Window.Extent extent = window[axis];
    int start = index(place, axis) * extent.stride() - extent.before();
    int before = axis == 0 ? place / product(windows, 0) : line;
    for (int tap = 0; tap < extent.size(); tap++) {
      int i = start + tap * extent.dilation();
      if (i >= 0 && i < sizes[axis]) {
        visit(axis + 1, place, before * sizes[axis] + i, y, to, worker);
      }
    }
  }

  /** The index along an axis of a window, by its number. */
  private int index(int place, int axis) {
    return place / product(windows, axis + 1) % windows[axis];
  }

  private static int product(int[] sizes, int from) {
    int product = 1;
    for (int i = from; i < sizes.length; i++) {
      product *= sizes[i];
    }
    return product;
  }

  private void compare(int position, int[] y, int to, float[] largest) {
    int start = frame.start(x.node()) + x.view().offset();
    switch (frame.array(x.node())) {
      case float[] f -> compare(f, start, position, y, to, largest);
      case Object other -> {
        for (int c = 0; c < channels; c++) {
          int best = y[to + c];
          boolean isLarger =
              best < 0 || isLarger(at(other, start + position + c), at(other, start + best));
          y[to + c] = isLarger ? position + c : best;
        }
      }
    }
  }

  private void compare(float[] values, int start, int position, int[] y, int to, float[] largest) {
    if (channels > 0 && y[to] < 0) {
      System.arraycopy(values, start + position, largest, 0, channels);
      for (int c = 0; c < channels; c++) {
        y[to + c] = position + c;
      }
      return;
    }
    row.compare(values, start + position, largest, y, to, position, channels);
  }

  private static boolean isLarger(double value, double best) {
    return value > best || (Double.isNaN(value) && !Double.isNaN(best));
  }

  private static double at(Object array, int i) {
    return switch (array) {
      case double[] d -> d[i];
      case int[] n -> n[i];
      case Object other -> throw new AssertionError(other);
    };
  }
}
