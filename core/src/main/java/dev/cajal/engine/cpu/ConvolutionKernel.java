package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Node;
import dev.cajal.compile.schedule.Operand;
import dev.cajal.compile.schedule.Step;
import dev.cajal.compile.schedule.Task;
import dev.cajal.engine.cpu.conv.Convolution;
import dev.cajal.engine.cpu.conv.Sheet;
import dev.cajal.engine.cpu.emit.Lanes;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Window;
import java.util.Arrays;

/** A convolution of f32 numbers along one or two axes, or one of its adjoints. */
final class ConvolutionKernel implements Kernel, Workers.Task {
  private final Frame frame;
  private final Workers workers;
  private final Convolution convolution;
  private final Operand left;
  private final Operand right;
  private final Node result;
  private final Spot a;
  private final Spot b;
  private final Spot c;
  private final int parts;
  private final Sheet[] sheets;
  private final EpilogueLoop epilogue;

  ConvolutionKernel(Step.Called step, Frame frame, Engine engine) {
    this.frame = frame;
    this.workers = engine.workers();
    this.result = step.node();
    this.left = result.operands().getFirst();
    this.right = result.operands().getLast();
    this.a = frame.spot(left.node());
    this.b = frame.spot(right.node());
    this.c = frame.spot(result);
    this.convolution = convolution(engine.lanes());
    this.parts = convolution.parts(workers.count());
    this.sheets = new Sheet[workers.count()];
    Arrays.setAll(sheets, _ -> convolution.sheet());
    this.epilogue = EpilogueLoop.of(step, frame, engine);
    frame.scratch().reserve(convolution.scratch());
  }

  /** Whether there is such a kernel for an operation; others are done by the interpreter. */
  static boolean takes(Node node) {
    boolean isSmooth =
        switch (((Task.Call) node.task()).op()) {
          case Op.Conv(var window, _) -> window.rank() <= 2;
          case Op.ConvTranspose(var window, _, _) -> window.rank() <= 2;
          case Op.ConvKernel(var window, _) -> window.rank() <= 2;
          default -> false;
        };
    return isSmooth
        && node.dtype() == DType.F32
        && node.elements() > 0
        && node.operands().stream().allMatch(operand -> operand.view().elements() > 0);
  }

  private Convolution convolution(Lanes lanes) {
    int[] a = sizes(left);
    int[] b = sizes(right);
    int[] c = result.layout().sizes().stream().mapToInt(Integer::intValue).toArray();
    return switch (((Task.Call) result.task()).op()) {
      case Op.Conv(Window window, int groups) ->
          Convolution.forward(lanes, window, groups, a, b, c);
      case Op.ConvTranspose(Window window, int groups, _) ->
          Convolution.transposed(lanes, window, groups, c, b, a);
      case Op.ConvKernel(Window window, int groups) ->
          Convolution.kernel(lanes, window, groups, a, c, b);
      case Op other -> throw new AssertionError(other);
    };
  }

  private static int[] sizes(Operand operand) {
    return operand.view().sizes().stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public void run() {
    epilogue.find(true);
    if (parts == 1) {
      run(0, 0);
    } else {
      workers.run(this, parts);
    }
  }

  @Override
  public void run(int part, int worker) {
    convolution.run(
        (float[]) a.array(),
        a.start() + left.view().offset(),
        (float[]) b.array(),
        b.start() + right.view().offset(),
        (float[]) c.array(),
        c.start(),
        part,
        parts,
        sheets[worker].with(frame.scratch(worker)),
        epilogue.from(worker, 0, 0));
  }
}
