package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Node;
import dev.cajal.compile.schedule.Schedule;
import dev.cajal.compile.schedule.Step;
import dev.cajal.compile.schedule.Task;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Op;

/** Finds for each step of a schedule the kernel that does it. */
final class Kernels {
  private Kernels() {}

  /** The kernels of a schedule, bound to the memory of a frame. */
  static Kernel[] bind(Schedule schedule, Frame frame, Engine engine) {
    return schedule.steps().stream().map(step -> bind(step, frame, engine)).toArray(Kernel[]::new);
  }

  private static Kernel bind(Step step, Frame frame, Engine engine) {
    return switch (step) {
      case Step.Looped(var loop) -> new LoopKernel(loop, frame, engine);
      case Step.Commit commit -> new CommitKernel(commit, frame);
      case Step.Called called -> bind(called, frame, engine);
    };
  }

  private static Kernel bind(Step.Called step, Frame frame, Engine engine) {
    Node node = step.node();
    Op op = ((Task.Call) node.task()).op();
    return switch (op) {
      case Op.MatMul _ when node.dtype() == DType.F32 -> new ProductKernel(step, frame, engine);
      case Op.MatMul _ -> new DoubleProductKernel(node, frame, engine);
      case Op.Concat concat -> AssembleKernel.of(node, concat, frame);
      case Op.Pad pad -> AssembleKernel.of(node, pad, frame);
      case Op.Scan _ -> new ScanKernel(step, frame, engine);
      case Op.Gather(var axis) -> new GatherKernel(node, axis, frame, engine);
      case Op.ScatterAdd(var axis, _) -> new ScatterKernel(node, axis, frame, engine);
      case Op.Random random -> new RandomKernel(node, random, frame, engine);
      case Op.ArgMax(var axis) -> new ArgMaxKernel(node, axis, frame, engine);
      case Op.ArgMaxPool(var window) -> new PoolKernel(node, window, frame, engine);
      case Op.Conv _, Op.ConvTranspose _, Op.ConvKernel _ when ConvolutionKernel.takes(node) ->
          new ConvolutionKernel(step, frame, engine);
      default -> new ReferenceKernel(node, frame);
    };
  }
}
