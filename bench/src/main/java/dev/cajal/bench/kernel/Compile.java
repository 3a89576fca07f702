package dev.cajal.bench.kernel;

import dev.cajal.bench.network.Adam;
import dev.cajal.bench.network.Gpt;
import dev.cajal.bench.network.Training;
import dev.cajal.engine.Program;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How long it takes to compile a step of training, in a JVM that has done nothing else before. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 5,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector"})
public class Compile {

  /** What is compiled: the network of W6, and one of 96 layers. */
  public enum Model {
    W6,
    LAYERS_96
  }

  private static Gpt.Size size(Model model) {
    return switch (model) {
      case W6 -> new Gpt.Size(65, 128, 4, 4, 128);
      case LAYERS_96 -> new Gpt.Size(65, 64, 4, 96, 32);
    };
  }

  @Param private Model model = Model.W6;

  private Program program = Program.of(Tensor.scalar(0));
  private Array tokens = Array.of(new int[0]);

  @Setup
  public void prepare() {
    Gpt.Size size = size(model);
    int time = size.context();
    program = Training.ofTokens(Gpt.of(size), new Adam(1e-3, 0.01), size.tokens(), time).program();
    tokens = Array.wrap(new int[2 * time], Shape.of(2, time));
  }

  @Benchmark
  public String compile() {
    return program.call().set("x", tokens).set("y", tokens).explain();
  }
}
