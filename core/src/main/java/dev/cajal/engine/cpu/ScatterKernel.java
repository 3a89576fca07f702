package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Node;
import dev.cajal.compile.schedule.Operand;
import dev.cajal.compile.schedule.View;
import java.util.Arrays;
import java.util.List;

/**
 * Adds the rows of x to those that the index names: {@code y[b, index[j], …] += x[b, j, …]}. Each
 * worker has elements of y of its own and adds to them in the order of j, so that the sums are the
 * same for any number of workers.
 */
final class ScatterKernel implements Kernel, Workers.Task {
  private final Frame frame;
  private final Node node;
  private final Operand x;
  private final Operand index;
  private final int axis;
  private final int size;
  private final int count;
  private final int before;
  private final int inner;

  /** Whether the rows of y are shared out; else it is their elements. */
  private final boolean byRows;

  private final Shares shares;

  ScatterKernel(Node node, int axis, Frame frame, Engine engine) {
    this.frame = frame;
    this.node = node;
    this.axis = axis;
    this.x = node.operands().getFirst();
    this.index = node.operands().getLast();
    List<Integer> sizes = node.layout().sizes();
    this.size = sizes.get(axis);
    this.count = index.view().elements();
    this.before = View.product(sizes.subList(0, axis));
    this.inner = View.product(sizes.subList(axis + 1, sizes.size()));
    this.byRows = inner < 32;
    int pieces = byRows ? before * size : inner;
    long moved = (long) before * count * inner;
    this.shares = new Shares(engine.workers(), pieces, moved / Math.max(1, pieces));
  }

  @Override
  public void run() {
    shares.run(this);
  }

  @Override
  public void run(int part, int worker) {
    int from = shares.from(part);
    int to = shares.to(part);
    if (byRows) {
      clear(from * inner, to * inner);
      for (int b = from / size; b < before && b * size < to; b++) {
        add(b, Math.max(0, from - b * size), Math.min(size, to - b * size), 0, inner);
      }
    } else {
      for (int b = 0; b < before; b++) {
        for (int row = b * size; row < (b + 1) * size; row++) {
          clear(row * inner + from, row * inner + to);
        }
        add(b, 0, size, from, to);
      }
    }
  }

  private void clear(int from, int to) {
    int at = frame.start(node);
    switch (frame.array(node)) {
      case float[] f -> Arrays.fill(f, at + from, at + to, 0);
      case double[] d -> Arrays.fill(d, at + from, at + to, 0);
      case int[] i -> Arrays.fill(i, at + from, at + to, 0);
      case Object other -> throw new AssertionError(other);
    }
  }

  /** Adds to the rows of one batch entry that are in a range, and of these to some columns. */
  private void add(int b, int rowFrom, int rowTo, int from, int to) {
    int[] picks = (int[]) frame.array(index.node());
    int first = frame.start(index.node()) + index.view().offset();
    int start = frame.start(x.node()) + x.view().offset() + b * count * inner;
    int at = frame.start(node) + b * size * inner;
    if (inner == 1
        && frame.array(node) instanceof float[] sums
        && frame.array(x.node()) instanceof float[] values) {
      addSingle(values, start, picks, first, sums, at, rowFrom, rowTo);
      return;
    }
    for (int j = 0; j < count; j++) {
      int pick = picks[first + j];
      if (pick < 0 || pick >= size) {
        throw GatherKernel.outside("scatterAdd of " + x.node().name(), pick, j, axis, size);
      }
      if (pick >= rowFrom && pick < rowTo) {
        add(start + j * inner + from, at + pick * inner + from, to - from);
      }
    }
  }

  /** The same for rows of one number, without a call for each. */
  private void addSingle(
      float[] values,
      int start,
      int[] picks,
      int first,
      float[] to,
      int at,
      int rowFrom,
      int rowTo) {
    for (int j = 0; j < count; j++) {
      int pick = picks[first + j];
      if (pick >= rowFrom && pick < rowTo) {
        to[at + pick] += values[start + j];
      } else if (pick < 0 || pick >= size) {
        throw GatherKernel.outside("scatterAdd of " + x.node().name(), pick, j, axis, size);
      }
    }
  }

  private void add(int source, int target, int length) {
    Object from = frame.array(x.node());
    switch (frame.array(node)) {
      case float[] f -> {
        float[] values = (float[]) from;
        for (int i = 0; i < length; i++) {
          f[target + i] += values[source + i];
        }
      }
      case double[] d -> {
        double[] values = (double[]) from;
        for (int i = 0; i < length; i++) {
          d[target + i] += values[source + i];
        }
      }
      case int[] n -> {
        int[] values = (int[]) from;
        for (int i = 0; i < length; i++) {
          n[target + i] += values[source + i];
        }
      }
      case Object other -> throw new AssertionError(other);
    }
  }
}
