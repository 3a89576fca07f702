package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Node;
import dev.cajal.compile.schedule.Operand;
import dev.cajal.compile.schedule.Task;
import dev.cajal.compile.schedule.View;
import dev.cajal.engine.reference.Reference;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** An operation that the reference interpreter does: right, slow, and not free of allocation. */
final class ReferenceKernel implements Kernel {
  private final Frame frame;
  private final Node node;
  private final List<Tensor> inputs = new ArrayList<>();
  private final Tensor result;

  ReferenceKernel(Node node, Frame frame) {
    this.frame = frame;
    this.node = node;
    for (Operand operand : node.operands()) {
      Shape shape = Shape.of(operand.view().sizes().toArray());
      inputs.add(Tensor.of(new Op.Input("x" + inputs.size(), shape, operand.node().dtype())));
    }
    result = Tensor.of(((Task.Call) node.task()).op(), inputs);
  }

  @Override
  public void run() {
    Bindings bindings = Bindings.none().seed(frame.seed());
    for (int i = 0; i < inputs.size(); i++) {
      Operand operand = node.operands().get(i);
      Object part = Frame.allocate(operand.node().dtype(), operand.view().elements());
      new ViewCopy(frame, operand, View.whole(operand.view().sizes())).run(part, 0);
      bindings = bindings.with(inputs.get(i), Array.wrap(part, inputs.get(i).shape()));
    }
    Array value = Reference.evaluate(result, bindings).as(node.dtype(), result.shape());
    System.arraycopy(value.data(), 0, frame.array(node), frame.start(node), node.elements());
  }
}
