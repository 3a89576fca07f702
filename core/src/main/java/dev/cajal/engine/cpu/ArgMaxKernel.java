package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Node;
import dev.cajal.compile.schedule.Operand;
import dev.cajal.compile.schedule.View;
import java.util.List;

/** The index of the first of the largest elements along an axis; NaN counts as the largest. */
final class ArgMaxKernel implements Kernel, Workers.Task {
  private final Frame frame;
  private final Node node;
  private final Operand x;
  private final int size;
  private final int inner;
  private final Shares shares;

  ArgMaxKernel(Node node, int axis, Frame frame, Engine engine) {
    this.frame = frame;
    this.node = node;
    this.x = node.operands().getFirst();
    List<Integer> sizes = x.view().sizes();
    this.size = sizes.get(axis);
    this.inner = View.product(sizes.subList(axis + 1, sizes.size()));
    this.shares = new Shares(engine.workers(), node.elements(), size);
  }

  @Override
  public void run() {
    shares.run(this);
  }

  @Override
  public void run(int part, int worker) {
    Object values = frame.array(x.node());
    int start = frame.start(x.node()) + x.view().offset();
    int[] y = (int[]) frame.array(node);
    int at = frame.start(node);
    for (int i = shares.from(part); i < shares.to(part); i++) {
      int first = start + i / inner * size * inner + i % inner;
      y[at + i] =
          switch (values) {
            case float[] f -> largest(f, first);
            case double[] d -> largest(d, first);
            case int[] n -> largest(n, first);
            case Object other -> throw new AssertionError(other);
          };
    }
  }

  private int largest(float[] x, int first) {
    int best = 0;
    float largest = x[first];
    for (int j = 1; j < size; j++) {
      float value = x[first + j * inner];
      if (value > largest || (Float.isNaN(value) && !Float.isNaN(largest))) {
        largest = value;
        best = j;
      }
    }
    return best;
  }

  private int largest(double[] x, int first) {
    int best = 0;
    double largest = x[first];
    for (int j = 1; j < size; j++) {
      double value = x[first + j * inner];
      if (value > largest || (Double.isNaN(value) && !Double.isNaN(largest))) {
        largest = value;
        best = j;
      }
    }
    return best;
  }

  private int largest(int[] x, int first) {
    int best = 0;
    for (int j = 1; j < size; j++) {
      if (x[first + j * inner] > x[first + best * inner]) {
        best = j;
      }
    }
    return best;
  }
}
