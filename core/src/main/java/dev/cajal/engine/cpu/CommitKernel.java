package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Step;

/** Copies what a parameter becomes into it. */
record CommitKernel(Step.Commit step, Frame frame) implements Kernel {
  @Override
  public void run() {
    System.arraycopy(
        frame.array(step.value()),
        frame.start(step.value()),
        frame.array(step.parameter()),
        frame.start(step.parameter()),
        step.value().elements());
  }
}
