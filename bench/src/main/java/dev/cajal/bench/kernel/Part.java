package dev.cajal.bench.kernel;

import dev.cajal.autodiff.Gradient;
import dev.cajal.engine.Program;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Products;
import dev.cajal.tensor.Recurrence;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import dev.cajal.tensor.Window;
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

/** Kernels that are neither products nor loops, at the sizes of the workloads. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dcajal.vectors=now"})
public class Part {

  private static final Tensor IMAGES = Tensor.input("images", 64, 28, 28, 32);
  private static final Tensor KERNEL = Tensor.input("kernel", 3, 3, 32, 64);
  private static final Tensor WORDS = Tensor.input("words", 65, 128);
  private static final Tensor QUERIES = Tensor.input("queries", 16, 4, 128, 32);
  private static final Tensor LONG = Tensor.input("long", 1, 2, 2048, 32);
  private static final Tensor STEPS = Tensor.input("steps", 64, 32, 256);
  private static final Tensor RECURRENT = Tensor.input("recurrent", 256, 256);

  /** What is computed. */
  public enum Formula {
    CONVOLUTION,
    CONVOLUTION_TO_IMAGES,
    CONVOLUTION_TO_KERNEL,
    MAX_POOL,
    GATHER,
    SCATTER_ADD,
    ATTENTION,
    ATTENTION_GRADIENT,
    LONG_ATTENTION,
    LONG_ATTENTION_GRADIENT,
    SCAN,
    SCAN_GRADIENT,
    UNIFORM,
    NORMAL
  }

  private static Tensor of(Formula formula) {
    return switch (formula) {
      case CONVOLUTION -> convolved();
      case CONVOLUTION_TO_IMAGES -> gradient(convolved(), IMAGES);
      case CONVOLUTION_TO_KERNEL -> gradient(convolved(), KERNEL);
      case MAX_POOL -> IMAGES.maxPool(Window.of(2, 2).stride(2));
      case GATHER -> WORDS.gather(0, numbers(65));
      case SCATTER_ADD -> gradient(WORDS.gather(0, numbers(65)), WORDS);
      case ATTENTION -> attention(QUERIES);
      case ATTENTION_GRADIENT -> gradient(attention(QUERIES), QUERIES);
      case LONG_ATTENTION -> attention(LONG);
      case LONG_ATTENTION_GRADIENT -> gradient(attention(LONG), LONG);
      case SCAN -> states();
      case SCAN_GRADIENT -> gradient(states(), RECURRENT);
      case UNIFORM -> Tensor.uniform(1, 64, 8192);
      case NORMAL -> Tensor.normal(1, 64, 8192);
    };
  }

  private static Tensor convolved() {
    return IMAGES.conv(KERNEL, Window.of(3, 3).same());
  }

  private static Tensor attention(Tensor x) {
    long time = x.size(-2).number();
    return x.attention(x, x, Products.causalMask(time, time));
  }

  private static Tensor states() {
    return Recurrence.over(STEPS)
        .states(Tensor.zeros(32, 256), (h, x) -> h.matmul(RECURRENT).times(0.05).plus(x).tanh());
  }

  /** Of a sum of squares, so that what comes back differs from element to element. */
  private static Tensor gradient(Tensor y, Tensor x) {
    return Gradient.of(y.square().sum(), x);
  }

  private static Tensor numbers(int below) {
    var numbers = new int[16 * 128];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i * 31 % below;
    }
    return Tensor.constant(Array.wrap(numbers, Shape.of(16, 128)));
  }

  @Param private Formula formula = Formula.CONVOLUTION;

  @Param({"1", "2"})
  private int threads;

  private Kernel kernel = Kernel.of(Program.of(Tensor.scalar(0)));

  @Setup
  public void prepare() {
    Tensor output = of(formula);
    Tensor[] inputs = Graph.of(output).inputs().toArray(Tensor[]::new);
    kernel = Kernel.of(Program.of(output).threads(threads), inputs);
  }

  @Benchmark
  public void run() {
    kernel.run();
  }
}
