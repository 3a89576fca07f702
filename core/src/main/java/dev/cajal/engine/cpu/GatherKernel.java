package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Node;
import dev.cajal.compile.schedule.Operand;
import dev.cajal.compile.schedule.View;
import java.util.List;

/** Takes the rows of x that the index names: {@code y[b, j, …] = x[b, index[j], …]}. */
final class GatherKernel implements Kernel, Workers.Task {
  private final Frame frame;
  private final Node node;
  private final Operand x;
  private final Operand index;
  private final int axis;
  private final int size;
  private final int count;
  private final int inner;
  private final Shares shares;

  GatherKernel(Node node, int axis, Frame frame, Engine engine) {
    this.frame = frame;
    this.node = node;
    this.axis = axis;
    this.x = node.operands().getFirst();
    this.index = node.operands().getLast();
    List<Integer> sizes = x.view().sizes();
    this.size = sizes.get(axis);
    this.count = index.view().elements();
    this.inner = View.product(sizes.subList(axis + 1, sizes.size()));
    int before = View.product(sizes.subList(0, axis));
    this.shares = new Shares(engine.workers(), before * count, inner);
  }

  @Override
  public void run() {
    shares.run(this);
  }

  @Override
  public void run(int part, int worker) {
    int[] picks = (int[]) frame.array(index.node());
    int first = frame.start(index.node()) + index.view().offset();
    Object from = frame.array(x.node());
    int start = frame.start(x.node()) + x.view().offset();
    Object to = frame.array(node);
    int at = frame.start(node);
    int end = shares.to(part);
    if (inner == 1 && from instanceof float[] source && to instanceof float[] target) {
      for (int row = shares.from(part); row < end; row++) {
        int j = row % count;
        target[at + row] = source[start + row / count * size + checked(picks[first + j], j)];
      }
      return;
    }
    for (int row = shares.from(part); row < end; row++) {
      int j = row % count;
      int pick = row / count * size + checked(picks[first + j], j);
      System.arraycopy(from, start + pick * inner, to, at + row * inner, inner);
    }
  }

  private int checked(int pick, int j) {
    if (pick < 0 || pick >= size) {
      throw outside("gather from " + x.node().name(), pick, j, axis, size);
    }
    return pick;
  }

  static IllegalArgumentException outside(String what, int pick, int j, int axis, int size) {
    return new IllegalArgumentException(
        "%s: index %d, element %d of the indices, is outside axis %d, which has %d elements"
            .formatted(what, pick, j, axis, size));
  }
}
