package dev.cajal.engine.cpu.emit;

import dev.cajal.tensor.Binary;
import dev.cajal.tensor.Unary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Nanoseconds an element of each function of f32 on one core, on 2,048 numbers in cache: the median
 * and the quickest of blocks that take turns.
 *
 * <pre>
 *   mvn -pl core test-compile
 *   java --add-modules jdk.incubator.vector -cp core/target/classes:core/target/test-classes \
 *     dev.cajal.engine.cpu.emit.Timing [lanes]
 * </pre>
 */
final class Timing {
  private static final int COUNT = 2048;
  private static final int BLOCKS = 60;

  /** A kernel and how long it took. */
  private static final class Timed {
    private final String name;
    private final Floats kernel;
    private final double[] times = new double[BLOCKS];

    private Timed(String name, Floats kernel) {
      this.name = name;
      this.kernel = kernel;
    }
  }

  private Timing() {}

  public static void main(String[] arguments) {
    Lanes lanes =
        arguments.length > 0 ? Lanes.of(Integer.parseInt(arguments[0])) : Lanes.preferred();
    var all = new ArrayList<Timed>();
    all.add(new Timed("copy", Floats.of("copy", lanes, (_, x, _) -> x)));
    for (Unary f : Unary.values()) {
      if (f != Unary.NOT) {
        all.add(new Timed(f.name(), Floats.of(f, lanes)));
      }
    }
    for (Binary f : new Binary[] {Binary.MAX, Binary.OVER, Binary.POWER}) {
      all.add(new Timed(f.name(), Floats.of(f, lanes)));
    }
    measure(all);
    for (Timed timed : all) {
      Arrays.sort(timed.times);
      System.out.printf("%-10s %.3f %.3f%n", timed.name, timed.times[BLOCKS / 2], timed.times[0]);
    }
  }

  private static void measure(List<Timed> all) {
    var random = new Random(1);
    float[] x = new float[COUNT];
    float[] y = new float[COUNT];
    float[] z = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      x[i] = (float) Math.abs(random.nextGaussian() * 3);
      y[i] = (float) random.nextGaussian();
    }
    for (int warm = 0; warm < 2; warm++) {
      all.forEach(timed -> block(timed.kernel, x, y, z, 20_000));
    }
    for (int i = 0; i < BLOCKS; i++) {
      for (Timed timed : all) {
        timed.times[i] = block(timed.kernel, x, y, z, 1000);
      }
    }
  }

  private static double block(Floats kernel, float[] x, float[] y, float[] z, int calls) {
    long start = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      kernel.apply(x, y, z, COUNT);
    }
    return (System.nanoTime() - start) / (double) calls / COUNT;
  }
}
