package dev.cajal.engine.cpu.emit;

import dev.cajal.tensor.Unary;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The largest error of functions of f32 over all floats, or over those within a bound, against
 * double precision: half a minute to some minutes each.
 *
 * <pre>
 *   mvn -pl core test-compile
 *   java --add-modules jdk.incubator.vector -cp core/target/classes:core/target/test-classes \
 *     dev.cajal.engine.cpu.emit.Exhaustive EXP LOG SIN:1e5
 * </pre>
 */
final class Exhaustive {
  private static final int CHUNK = 1 << 12;

  /** The largest error so far, and the argument at which it was found. */
  private record Worst(double ulps, float x, float found, double exact) {
    private static final Worst NONE = new Worst(0, 0, 0, 0);

    private Worst or(Worst other) {
      return other.ulps > ulps ? other : this;
    }
  }

  private Exhaustive() {}

  public static void main(String[] arguments) {
    Lanes lanes = Widths.all().getFirst();
    List<String> wanted =
        arguments.length > 0
            ? List.of(arguments)
            : Stream.of(Unary.values()).map(Unary::name).toList();
    for (String each : wanted) {
      String[] parts = each.split(":", 2);
      var f = Unary.valueOf(parts[0]);
      float bound = parts.length > 1 ? Float.parseFloat(parts[1]) : Float.POSITIVE_INFINITY;
      Worst worst =
          IntStream.range(0, 1 << 8)
              .parallel()
              .mapToObj(part -> worst(f, Floats.of(f, lanes), part, bound))
              .reduce(Worst.NONE, Worst::or);
      System.out.printf(
          "%-8s %7.4f ulp at %s (%08x): %s for %s%n",
          f, worst.ulps, worst.x, Float.floatToRawIntBits(worst.x), worst.found, worst.exact);
    }
  }

  /** Of the floats whose highest eight bits are given. */
  private static Worst worst(Unary f, Floats kernel, int part, float bound) {
    float[] x = new float[CHUNK];
    float[] z = new float[CHUNK];
    Worst worst = Worst.NONE;
    for (int first = 0; first < 1 << 24; first += CHUNK) {
      for (int i = 0; i < CHUNK; i++) {
        x[i] = Float.intBitsToFloat((part << 24) + first + i);
      }
      if (Math.abs(x[0]) > bound) {
        continue;
      }
      kernel.apply(x, x, z, CHUNK);
      for (int i = 0; i < CHUNK; i++) {
        double exact = Exact.value(f, x[i]);
        // no distance of an exact result needs to be worked out
        if (z[i] != exact || exact == 0) {
          double ulps = Exact.ulps(z[i], exact);
          if (ulps > worst.ulps) {
            worst = new Worst(ulps, x[i], z[i], exact);
          }
        }
      }
    }
    return worst;
  }
}
