package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Band;
import dev.cajal.compile.schedule.Node;
import dev.cajal.compile.schedule.Schedule;
import dev.cajal.compile.schedule.Step;
import dev.cajal.compile.schedule.Task;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Op;
import java.util.List;

/** The kernels of a schedule, one after the other, bound to the memory of a frame. */
final class Sequence {
  private final Schedule schedule;
  private final List<Step> steps;
  private final Kernel[] kernels;
  private final long[] nanos;
  private boolean measures;

  private Sequence(Schedule schedule, List<Step> steps, Kernel[] kernels) {
    this.schedule = schedule;
    this.steps = steps;
    this.kernels = kernels;
    this.nanos = new long[kernels.length];
  }

  /** Finds for each step of a schedule the kernel that does it. */
  static Sequence of(Schedule schedule, Frame frame, Engine engine) {
    Kernel[] kernels =
        schedule.steps().stream()
            .map(step -> bind(step, schedule, frame, engine))
            .toArray(Kernel[]::new);
    return new Sequence(schedule, schedule.steps(), kernels);
  }

  /** The kernels of a band, for one worker. */
  static Sequence of(Band band, Schedule schedule, Frame frame, Engine engine) {
    Kernel[] kernels =
        band.parts().stream().map(part -> bind(part, band, frame, engine)).toArray(Kernel[]::new);
    return new Sequence(schedule, band.steps(), kernels);
  }

  /** What several workers did together, as if one after the other had done all at once. */
  static Sequence sharing(List<Sequence> workers) {
    Sequence first = workers.getFirst();
    var all = new Sequence(first.schedule, first.steps, first.kernels);
    for (int i = 0; i < all.nanos.length; i++) {
      for (Sequence worker : workers) {
        all.nanos[i] += worker.nanos[i] / workers.size();
      }
    }
    return all;
  }

  /** Knows where what they write lies. */
  Schedule schedule() {
    return schedule;
  }

  List<Step> steps() {
    return steps;
  }

  Kernel kernel(int i) {
    return kernels[i];
  }

  /** How long a kernel took in all the runs that were measured. */
  long nanos(int i) {
    return nanos[i];
  }

  /** Before several runs: see {@link Kernel#begin}. */
  void begin() {
    for (Kernel kernel : kernels) {
      kernel.begin();
    }
  }

  void run() {
    if (measures) {
      runMeasured();
      return;
    }
    for (Kernel kernel : kernels) {
      kernel.run();
    }
  }

  private void runMeasured() {
    long from = System.nanoTime();
    for (int i = 0; i < kernels.length; i++) {
      kernels[i].run();
      long to = System.nanoTime();
      nanos[i] += to - from;
      from = to;
    }
  }

  /** Does in each kernel, which is one of a band, what follows from some rows. */
  void runRows(int from, int to) {
    long before = measures ? System.nanoTime() : 0;
    for (int i = 0; i < kernels.length; i++) {
      ((RowKernel) kernels[i]).runRows(from, to);
      if (measures) {
        long now = System.nanoTime();
        nanos[i] += now - before;
        before = now;
      }
    }
  }

  /** From now on measures how long each kernel takes, also of the loops within, or no longer. */
  void measure(boolean on) {
    measures = on;
    for (Kernel kernel : kernels) {
      kernel.measure(on);
    }
  }

  private static RowKernel bind(Band.Part part, Band band, Frame frame, Engine engine) {
    return switch (part.step()) {
      case Step.Looped(var loop) ->
          new LoopKernel(loop, band.batches() * band.rows(), frame, engine);
      case Step.Called(var node, _, _, _) when node.task() instanceof Task.Call(Op.Random random) ->
          new RandomKernel(node, random, band.batches() * band.rows(), frame, engine);
      case Step.Called called -> new ProductKernel(called, part.role(), band, frame, engine);
      case Step.Commit _, Step.Banded _ -> throw new AssertionError(part);
    };
  }

  private static Kernel bind(Step step, Schedule schedule, Frame frame, Engine engine) {
    return switch (step) {
      case Step.Banded(var band) -> new BandKernel(band, schedule, frame, engine);
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
      case Op.Concat concat -> AssembleKernel.of(node, concat, frame, engine);
      case Op.Pad pad -> AssembleKernel.of(node, pad, frame, engine);
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
