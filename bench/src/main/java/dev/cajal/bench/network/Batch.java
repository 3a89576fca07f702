package dev.cajal.bench.network;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Shape;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Samples and what they are to give. */
public record Batch(Array x, Array y) {

  /** Normal numbers, and classes at random. */
  public static Batch ofClasses(SplittableRandom random, int classes, int... shape) {
    return new Batch(normal(random, shape), integers(random, classes, shape[0]));
  }

  /** Tokens at random. */
  public static Batch ofTokens(SplittableRandom random, int tokens, int batch, int time) {
    return new Batch(integers(random, tokens, batch, time), integers(random, tokens, batch, time));
  }

  /** Numbers with mean 0 and variance 1. */
  public static Array normal(SplittableRandom random, int... sizes) {
    var numbers = new float[IntStream.of(sizes).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return Array.wrap(numbers, Shape.of(sizes));
  }

  private static Array integers(SplittableRandom random, int bound, int... sizes) {
    int count = IntStream.of(sizes).reduce(1, (a, b) -> a * b);
    return Array.wrap(random.ints(count, 0, bound).toArray(), Shape.of(sizes));
  }
}
