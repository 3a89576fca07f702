package dev.cajal.bench.kernel;

import dev.cajal.bench.network.Batch;
import dev.cajal.engine.Program;
import dev.cajal.tensor.Tensor;
import java.util.SplittableRandom;

/** A program whose inputs are normally distributed numbers. */
record Kernel(Program.Call call) {

  static Kernel of(Program program, Tensor... inputs) {
    var random = new SplittableRandom(1);
    Program.Call call = program.call();
    for (Tensor input : inputs) {
      call.set(input.name().orElseThrow(), Batch.normal(random, input.shape().numbers()));
    }
    return new Kernel(call);
  }

  void run() {
    call.run();
  }
}
