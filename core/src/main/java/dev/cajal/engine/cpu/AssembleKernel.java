package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Node;
import dev.cajal.compile.schedule.Operand;
import dev.cajal.compile.schedule.View;
import dev.cajal.tensor.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts parts into a whole: a concatenation, or one part among zeros. */
final class AssembleKernel implements Kernel, Workers.Task {
  private final Spot whole;
  private final int elements;
  private final boolean zeros;
  private final ViewCopy[] parts;
  private final Shares shares;

  private AssembleKernel(
      Node node, boolean zeros, List<ViewCopy> parts, Frame frame, Engine engine) {
    this.whole = frame.spot(node);
    this.elements = node.elements();
    this.zeros = zeros;
    this.parts = parts.toArray(ViewCopy[]::new);
    // Zeros are there before the part is.
    this.shares = new Shares(engine.workers(), zeros ? 1 : elements, 1);
  }

  static AssembleKernel of(Node whole, Op.Concat concat, Frame frame, Engine engine) {
    var parts = new ArrayList<ViewCopy>();
    int start = 0;
    for (Operand part : whole.operands()) {
      parts.add(new ViewCopy(frame, part, within(whole, part, concat.axis(), start, 1)));
      start += part.view().sizes().get(concat.axis());
    }
    return new AssembleKernel(whole, false, parts, frame, engine);
  }

  static AssembleKernel of(Node whole, Op.Pad pad, Frame frame, Engine engine) {
    Operand part = whole.operands().getFirst();
    View to =
        within(whole, part, pad.axis(), (int) pad.start().number(), Math.toIntExact(pad.step()));
    return new AssembleKernel(whole, true, List.of(new ViewCopy(frame, part, to)), frame, engine);
  }

  /** Where the elements of a part lie in the whole. */
  private static View within(Node whole, Operand part, int axis, int start, int step) {
    var strides = new ArrayList<>(whole.layout().strides());
    int stride = strides.get(axis);
    strides.set(axis, stride * step);
    return new View(start * stride, part.view().sizes(), strides);
  }

  @Override
  public void run() {
    if (zeros) {
      clear(whole.array(), whole.start(), whole.start() + elements);
    }
    shares.run(this);
  }

  @Override
  public void run(int part, int worker) {
    for (ViewCopy copy : parts) {
      copy.run(whole.array(), whole.start(), part, shares.parts());
    }
  }

  private static void clear(Object array, int from, int end) {
    switch (array) {
      case float[] f -> Arrays.fill(f, from, end, 0);
      case double[] d -> Arrays.fill(d, from, end, 0);
      case int[] n -> Arrays.fill(n, from, end, 0);
      case boolean[] b -> Arrays.fill(b, from, end, false);
      default -> throw new AssertionError(array);
    }
  }
}
