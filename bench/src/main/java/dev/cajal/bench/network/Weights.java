package dev.cajal.bench.network;

import dev.cajal.random.RandomStream;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import java.util.function.LongToDoubleFunction;

/** Parameters with their first numbers, which depend on the name alone. */
final class Weights {
  private static final long SEED = 1;

  private Weights() {}

  /** Uniform in [-bound, bound). */
  static Parameter uniform(String name, double bound, int... sizes) {
    RandomStream random = RandomStream.of(SEED, name);
    return filled(name, sizes, position -> bound * (2 * random.uniform(position) - 1));
  }

  /** Normal with variance 1. */
  static Parameter normal(String name, int... sizes) {
    RandomStream random = RandomStream.of(SEED, name);
    return filled(name, sizes, random::normal);
  }

  static Parameter ones(String name, int... sizes) {
    return filled(name, sizes, position -> 1);
  }

  static Parameter zeros(String name, int... sizes) {
    return filled(name, sizes, position -> 0);
  }

  private static Parameter filled(String name, int[] sizes, LongToDoubleFunction number) {
    Shape shape = Shape.of(sizes);
    var numbers = new float[Math.toIntExact(shape.elements().number())];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) number.applyAsDouble(i);
    }
    return Parameter.of(name, Array.wrap(numbers, shape));
  }
}
