package dev.cajal.bench.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.engine.Program;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Size;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each network takes two steps on a few samples; that it is fast is for the benchmarks to show. */
class TaskTest {

  static List<Named<Supplier<Task>>> tasks() {
    return List.of(
        Named.of("XOR", Task::xor),
        Named.of("small MLP", Task::smallMlp),
        Named.of("large MLP", Task::largeMlp),
        Named.of("convolutional", Task::convolutional),
        Named.of("LSTM", Task::lstm),
        Named.of("GPT", Task::gpt));
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void aStepLessensTheLossOfItsBatch(Supplier<Task> supplier) {
    Task task = supplier.get();
    Batch batch = task.batches().getFirst();
    Program.Call call = task.training().program().call();
    call.set("x", some(batch.x())).set("y", some(batch.y()));
    call.run();
    double before = call.output(0).item();
    call.run();
    assertThat(before).isFinite();
    assertThat(call.output(0).item()).isFinite().isLessThan(before);
  }

  /** The first samples of a batch. */
  private static Array some(Array all) {
    int samples = 4;
    int length = all.length() / Math.toIntExact(all.shape().size(0).number()) * samples;
    Object numbers =
        switch (all.data()) {
          case float[] floats -> Arrays.copyOf(floats, length);
          case int[] ints -> Arrays.copyOf(ints, length);
          default -> throw new AssertionError(all.dtype());
        };
    return Array.wrap(numbers, all.shape().with(0, Size.of(samples)));
  }
}
