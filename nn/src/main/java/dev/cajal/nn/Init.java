package dev.cajal.nn;

import dev.cajal.random.RandomStream;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Parameter.Initial;
import dev.cajal.tensor.Shape;
import java.util.Arrays;
import java.util.function.LongToDoubleFunction;

/**
 * First numbers of parameters. Those for weights keep the size of what flows through a layer: with
 * {@code n} inputs to a unit and {@code m} units that an input goes to, their variance is 1/n
 * (LeCun), 2/n (He) or 2/(n + m) (Glorot). A matrix is {@code [outputs, inputs]}, a kernel {@code
 * [window…, inputs, outputs]}; of a kernel in groups the inputs are those of one group, the outputs
 * those of all.
 */
public final class Init {
  private Init() {}

  public static Initial zeros() {
    return constant(0);
  }

  public static Initial ones() {
    return constant(1);
  }

  public static Initial constant(double number) {
    return (shape, _) -> filled(shape, _ -> number);
  }

  /** Uniform in [low, high). */
  public static Initial uniform(double low, double high) {
    if (!(low <= high && Double.isFinite(high - low))) {
      throw new IllegalArgumentException(
          "uniform first numbers: from %s to %s is no range".formatted(low, high));
    }
    return (shape, random) ->
        filled(shape, position -> low + (high - low) * random.uniform(position));
  }

  /** Normal around 0. */
  public static Initial normal(double deviation) {
    Require.notNegative("normal first numbers: the deviation", deviation);
    return (shape, random) -> filled(shape, position -> deviation * random.normal(position));
  }

  /** Uniform with variance 2/(n + m): for tanh and sigmoid (Glorot and Bengio, 2010). */
  public static Initial glorot() {
    return (shape, random) -> {
      Fans fans = Fans.of(shape);
      return ofVariance(2.0 / (fans.in + fans.out)).of(shape, random);
    };
  }

  /** Normal with variance 2/(n + m) (Glorot and Bengio, 2010). */
  public static Initial glorotNormal() {
    return (shape, random) -> {
      Fans fans = Fans.of(shape);
      return normal(Math.sqrt(2.0 / (fans.in + fans.out))).of(shape, random);
    };
  }

  /** Normal with variance 2/n: for relu, which stops half of what comes (He et al., 2015). */
  public static Initial he() {
    return (shape, random) -> normal(Math.sqrt(2.0 / Fans.of(shape).in)).of(shape, random);
  }

  /** Uniform with variance 2/n (He et al., 2015). */
  public static Initial heUniform() {
    return (shape, random) -> ofVariance(2.0 / Fans.of(shape).in).of(shape, random);
  }

  /** Normal with variance 1/n: for selu (LeCun et al., 1998). */
  public static Initial lecun() {
    return (shape, random) -> normal(Math.sqrt(1.0 / Fans.of(shape).in)).of(shape, random);
  }

  /** Uniform with variance 1/n (LeCun et al., 1998). */
  public static Initial lecunUniform() {
    return (shape, random) -> ofVariance(1.0 / Fans.of(shape).in).of(shape, random);
  }

  /**
   * Rows (or columns, of which there may be more) that are orthogonal and of length {@code gain}: a
   * matrix that turns and keeps lengths (Saxe, McClelland and Ganguli, 2014). A kernel counts as
   * the matrix {@code [window·inputs, outputs]}.
   */
  public static Initial orthogonal(double gain) {
    return (shape, random) -> {
      int[] sizes = shape.numbers();
      if (sizes.length < 2) {
        throw new IllegalArgumentException(
            "orthogonal: it takes a matrix or a kernel, not " + shape);
      }
      boolean isMatrix = sizes.length == 2;
      int columns = sizes[sizes.length - 1];
      int rows =
          isMatrix
              ? sizes[0]
              : Arrays.stream(sizes, 0, sizes.length - 1).reduce(1, (a, b) -> a * b);
      double[][] basis = orthonormal(Math.min(rows, columns), Math.max(rows, columns), random);
      return filled(
          shape,
          position -> {
            int row = Math.toIntExact(position / columns);
            int column = Math.toIntExact(position % columns);
            return gain * (rows <= columns ? basis[row][column] : basis[column][row]);
          });
    };
  }

  /** Vectors from a normal distribution, made orthogonal one after the other (Gram and Schmidt). */
  private static double[][] orthonormal(int count, int length, RandomStream random) {
    var basis = new double[count][length];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < length; j++) {
        basis[i][j] = random.normal((long) i * length + j);
      }
      // Twice is enough: what rounding left of the others in the first pass goes in the second.
      for (int pass = 0; pass < 2; pass++) {
        for (int other = 0; other < i; other++) {
          subtract(basis[i], dot(basis[i], basis[other]), basis[other]);
        }
      }
      double norm = Math.sqrt(dot(basis[i], basis[i]));
      for (int j = 0; j < length; j++) {
        basis[i][j] /= norm;
      }
    }
    return basis;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void subtract(double[] from, double factor, double[] what) {
    for (int i = 0; i < from.length; i++) {
      from[i] -= factor * what[i];
    }
  }

  private static Initial ofVariance(double variance) {
    double bound = Math.sqrt(3 * variance);
    return uniform(-bound, bound);
  }

  private static Array filled(Shape shape, LongToDoubleFunction number) {
    var numbers = new float[Math.toIntExact(shape.elements().number())];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) number.applyAsDouble(i);
    }
    return Array.wrap(numbers, shape);
  }

  /**
   * How many numbers a unit adds up, and how many units a number goes to: of a kernel in groups, as
   * if it went to the units of all, which is how PyTorch counts.
   */
  private record Fans(long in, long out) {

    static Fans of(Shape shape) {
      int[] sizes = shape.numbers();
      if (sizes.length < 2) {
        throw new IllegalArgumentException(
            "initial weights by inputs and outputs are for a matrix or a kernel, not " + shape);
      }
      int last = sizes.length - 1;
      if (last == 1) {
        return new Fans(Math.max(1, sizes[1]), Math.max(1, sizes[0]));
      }
      long window = Arrays.stream(sizes, 0, last - 1).asLongStream().reduce(1, (a, b) -> a * b);
      return new Fans(Math.max(1, window * sizes[last - 1]), Math.max(1, window * sizes[last]));
    }
  }
}
