package dev.cajal.bench.kernel;

import dev.cajal.engine.Program;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Recurrence;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * States of a recurrent network that decay, from usual numbers or from such as are denormal all the
 * way: what denormal numbers cost on this processor.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dcajal.vectors=now"})
public class Decay {
  private static final int STEPS = 16;
  private static final int BATCH = 32;
  private static final int HIDDEN = 64;

  @Param({"1", "1e-39"})
  private float start;

  private Program.Call call = Program.of(Tensor.scalar(0)).call();

  @Setup
  public void prepare() {
    Tensor first = Tensor.input("h", BATCH, HIDDEN);
    Tensor weights = Tensor.input("w", HIDDEN, HIDDEN);
    Tensor none = Tensor.zeros(STEPS, BATCH, HIDDEN);
    Tensor states =
        Recurrence.over(none)
            .states(first, (h, x) -> h.times(0.9).plus(h.matmul(weights)).plus(x).tanh());
    call = Program.of(states).threads(1).call();
    call.set("h", filled(start, BATCH, HIDDEN)).set("w", filled(1e-3f, HIDDEN, HIDDEN));
  }

  private static Array filled(float number, int... sizes) {
    var numbers = new float[sizes[0] * sizes[1]];
    Arrays.fill(numbers, number);
    return Array.wrap(numbers, Shape.of(sizes));
  }

  @Benchmark
  public void run() {
    call.run();
  }
}
