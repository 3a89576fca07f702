package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Step;

/** Copies what a parameter becomes into it. */
final class CommitKernel implements Kernel {
  private final Spot value;
  private final Spot parameter;
  private final int elements;

  CommitKernel(Step.Commit step, Frame frame) {
    this.value = frame.spot(step.value());
    this.parameter = frame.spot(step.parameter());
    this.elements = step.value().elements();
  }

  @Override
  public void run() {
    System.arraycopy(value.array(), value.start(), parameter.array(), parameter.start(), elements);
  }
}
