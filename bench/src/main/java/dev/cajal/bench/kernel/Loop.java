package dev.cajal.bench.kernel;

import dev.cajal.engine.Program;
import dev.cajal.tensor.Tensor;
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

/** Loops that are generated: a few operations on each element, or on each row, in one pass. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dcajal.vectors=now"})
public class Loop {
  private static final int ROW = 128;

  /** What is computed of x {@code [rows, 128]}. */
  public enum Formula {
    CHEAP {
      @Override
      Tensor of(Tensor x) {
        return x.times(0.5).plus(1).times(x).minus(3).maximum(0);
      }
    },
    EXP {
      @Override
      Tensor of(Tensor x) {
        return x.times(0.5).minus(1).exp().times(x).plus(2);
      }
    },
    GELU {
      @Override
      Tensor of(Tensor x) {
        return x.gelu();
      }
    },
    SOFTMAX {
      @Override
      Tensor of(Tensor x) {
        return x.softmax(-1);
      }
    },
    LAYER_NORM {
      @Override
      Tensor of(Tensor x) {
        return x.layerNorm(1e-5);
      }
    },
    ROW_SUM {
      @Override
      Tensor of(Tensor x) {
        return x.sum(-1);
      }
    },
    COLUMN_SUM {
      @Override
      Tensor of(Tensor x) {
        return x.sum(0);
      }
    };

    abstract Tensor of(Tensor x);
  }

  @Param private Formula formula = Formula.CHEAP;

  @Param({"8", "800", "8000"})
  private int rows;

  @Param({"1", "2"})
  private int threads;

  private Kernel kernel = Kernel.of(Program.of(Tensor.scalar(0)));

  @Setup
  public void prepare() {
    Tensor x = Tensor.input("x", rows, ROW);
    kernel = Kernel.of(Program.of(formula.of(x)).threads(threads), x);
  }

  @Benchmark
  public void run() {
    kernel.run();
  }
}
