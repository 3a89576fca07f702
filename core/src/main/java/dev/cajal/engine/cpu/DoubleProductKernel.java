package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Node;
import dev.cajal.engine.cpu.gemm.DoubleGemm;
import java.util.List;

/** The matrix product of f64 numbers, shared out by rows of the result. */
final class DoubleProductKernel implements Kernel, Workers.Task {
  private final Spot result;
  private final Matrices a;
  private final Matrices b;
  private final int m;
  private final int n;
  private final int k;
  private final Shares shares;

  DoubleProductKernel(Node node, Frame frame, Engine engine) {
    this.result = frame.spot(node);
    this.a = new Matrices(node.operands().getFirst(), frame);
    this.b = new Matrices(node.operands().getLast(), frame);
    List<Integer> left = node.operands().getFirst().view().sizes();
    this.m = left.get(left.size() - 2);
    this.k = left.getLast();
    this.n = node.layout().sizes().getLast();
    this.shares = new Shares(engine.workers(), a.offsets.length * m, (long) n * k);
  }

  @Override
  public void run() {
    shares.run(this);
  }

  @Override
  public void run(int part, int worker) {
    int to = shares.to(part);
    for (int row = shares.from(part); row < to; ) {
      int index = row / m;
      int first = row % m;
      int rows = Math.min(m - first, to - row);
      multiply(index, first, rows);
      row += rows;
    }
  }

  private void multiply(int index, int first, int rows) {
    DoubleGemm.multiply(
        rows,
        n,
        k,
        (double[]) a.spot.array(),
        a.spot.start() + a.offsets[index] + first * a.row,
        a.row,
        a.column,
        (double[]) b.spot.array(),
        b.spot.start() + b.offsets[index],
        b.row,
        b.column,
        (double[]) result.array(),
        result.start() + (index * m + first) * n,
        n,
        false);
  }
}
