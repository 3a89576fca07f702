package dev.cajal.bench.kernel;

import dev.cajal.engine.Program;
import dev.cajal.tensor.Tensor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/** {@code [rows, inner] · [inner, columns]}, and the same with the second one transposed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dcajal.vectors=now"})
public class MatrixProduct {

  /** Those of the workloads W2 and W6, and squares. */
  @Param({
    "1x784x256",
    "64x784x256",
    "64x256x128",
    "2048x128x384",
    "2048x512x128",
    "32x32x32",
    "64x64x64",
    "128x128x128",
    "512x512x512"
  })
  private String size = "";

  @Param({"1", "2"})
  private int threads;

  @Param({"false", "true"})
  private boolean transposed;

  private Kernel kernel = Kernel.of(Program.of(Tensor.scalar(0)));

  @Setup
  public void prepare() {
    int[] sizes = Stream.of(size.split("x")).mapToInt(Integer::parseInt).toArray();
    Tensor x = Tensor.input("x", sizes[0], sizes[1]);
    Tensor y =
        transposed ? Tensor.input("y", sizes[2], sizes[1]) : Tensor.input("y", sizes[1], sizes[2]);
    Tensor product = x.matmul(transposed ? y.transpose() : y);
    kernel = Kernel.of(Program.of(product).threads(threads), x, y);
  }

  @Benchmark
  public void multiply() {
    kernel.run();
  }
}
