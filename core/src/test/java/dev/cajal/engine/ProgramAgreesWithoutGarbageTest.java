package dev.cajal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.autodiff.Gradient;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Recurrence;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import dev.cajal.tensor.Window;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A training step, again and again through one call. */
class ProgramAgreesWithoutGarbageTest {
  private static final int RUNS = 200;
  private static final long PATIENCE = 60_000_000_000L;

  private final SplittableRandom random = new SplittableRandom(1);
  private final Parameter w = Parameter.of("w", array(16, 24));
  private final Parameter b = Parameter.of("b", array(24));
  private final Parameter v = Parameter.of("v", array(24, 3));

  private Array array(int... sizes) {
    Shape shape = Shape.of(sizes);
    var numbers = new float[(int) shape.elements().number()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextDouble(-1, 1);
    }
    return Array.wrap(numbers, shape);
  }

  private Program step() {
    Tensor x = Tensor.input("x", "batch", 16);
    Tensor target = Tensor.input("target", "batch", 3);
    Tensor hidden = x.matmul(w.value()).plus(b.value()).tanh();
    Tensor loss = hidden.matmul(v.value()).softmax(-1).minus(target).square().mean();
    var gradients = Gradient.of(loss, w.value(), b.value(), v.value());
    return Program.of(loss)
        .updating(w, w.value().minus(gradients.get(0).times(0.1)))
        .updating(b, b.value().minus(gradients.get(1).times(0.1)))
        .updating(v, v.value().minus(gradients.get(2).times(0.1)));
  }

  /** Convolutions, pooling, a loop, attention in a band, numbers of classes, random numbers. */
  private Program stepOfAllKinds() {
    Parameter kernel = Parameter.of("kernel", array(3, 3, 1, 4));
    Parameter table = Parameter.of("table", array(9, 16));
    Parameter recurrent = Parameter.of("recurrent", array(16, 16));
    Tensor image = Tensor.input("image", 4, 12, 12, 1);
    Tensor word = Tensor.input("word", DType.I32, 16, 64);
    Tensor pooled =
        image
            .conv(kernel.value(), Window.of(3, 3).same())
            .relu()
            .maxPool(Window.of(2, 2).stride(2));
    Tensor words = table.value().gather(0, word).dropout(0.1, 1);
    Tensor attended = words.attention(words, words);
    Tensor states =
        Recurrence.over(attended.moveAxis(1, 0).slice(0, 0, 20))
            .states(Tensor.zeros(16, 16), (h, x) -> h.matmul(recurrent.value()).plus(x).tanh());
    Tensor loss = pooled.square().mean().plus(states.square().mean());
    List<Parameter> all = List.of(kernel, table, recurrent);
    List<Tensor> gradients = Gradient.of(loss, all.stream().map(Parameter::value).toList());
    Program program = Program.of(loss).training(true);
    for (int i = 0; i < all.size(); i++) {
      Tensor w = all.get(i).value();
      program = program.updating(all.get(i), w.minus(gradients.get(i).times(0.01)));
    }
    return program;
  }

  private Array words() {
    var words = new int[16 * 64];
    Arrays.setAll(words, _ -> random.nextInt(9));
    return Array.of(words, 16, 64);
  }

  /**
   * In a JVM of its own: where vectors of several widths have been used, as other tests do, its
   * compiler no longer knows which class of vector it will meet, and makes objects of them.
   */
  @Test
  void aStepThatIsRunAgainAllocatesNothing() throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                placeOf(Program.class) + File.pathSeparator + placeOf(Alone.class),
                Alone.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(child.waitFor()).isZero();
    // Asking allocates a little itself.
    assertThat(printed.lines().map(Long::valueOf))
        .as("bytes in %d runs, on one thread and on two", RUNS)
        .hasSize(4)
        .allMatch(bytes -> bytes < 8 * RUNS);
  }

  private static String placeOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath();
  }

  /** Prints what runs allocate on one thread and on two. */
  static final class Alone {
    private Alone() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
      for (int threads = 1; threads <= 2; threads++) {
        var test = new ProgramAgreesWithoutGarbageTest();
        Program.Call call =
            test.step()
                .threads(threads)
                .call()
                .set("x", test.array(32, 16))
                .set("target", test.array(32, 3));
        System.out.println(leastAllocated(call));
        Program.Call all =
            test.stepOfAllKinds()
                .threads(threads)
                .call()
                .set("image", test.array(4, 12, 12, 1))
                .set("word", test.words());
        System.out.println(leastAllocated(all));
      }
    }
  }

  /** The least that some runs in a row allocate: vectors are objects until they are compiled. */
  private static long leastAllocated(Program.Call call) throws ReflectiveOperationException {
    long least = Long.MAX_VALUE;
    long start = System.nanoTime();
    while (least >= 8 * RUNS && System.nanoTime() - start < PATIENCE) {
      long before = allocated();
      for (int run = 0; run < RUNS; run++) {
        call.run();
      }
      least = Math.min(least, allocated() - before);
    }
    return least;
  }

  /**
   * What all threads have allocated so far; by reflection, as the module does not read the JDK's.
   */
  private static long allocated() throws ReflectiveOperationException {
    Object bean =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    Method bytes =
        Class.forName("com.sun.management.ThreadMXBean").getMethod("getTotalThreadAllocatedBytes");
    return (long) bytes.invoke(bean);
  }

  @Test
  void theLossFallsAsItDoesWithoutACall() {
    Array x = array(32, 16);
    Array target = array(32, 3);
    Program.Call call = step().call().set("x", x).set("target", target);
    call.run();
    double first = call.output(0).item();
    for (int run = 0; run < 50; run++) {
      call.run();
    }

    assertThat(call.output(0).item()).isLessThan(first);
  }
}
