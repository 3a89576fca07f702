package dev.cajal.diagnosis;

import dev.cajal.tensor.Array;
import dev.cajal.train.Batch;
import dev.cajal.train.Samples;
import java.util.SplittableRandom;

/** Small images of shapes, and short texts of made-up words. */
final class Pictures {
  private Pictures() {}

  /** Crosses, squares and stripes, anywhere, with some noise. */
  static Batch draw(int count, int size, long seed) {
    var random = new SplittableRandom(seed);
    var x = new float[count * size * size];
    var y = new int[count];
    for (int i = 0; i < count; i++) {
      y[i] = random.nextInt(3);
      int top = random.nextInt(size - 4);
      int left = random.nextInt(size - 4);
      for (int row = 0; row < size; row++) {
        for (int column = 0; column < size; column++) {
          boolean isOn = isOn(y[i], row - top, column - left);
          x[(i * size + row) * size + column] =
              (float) ((isOn ? 1 : 0) + random.nextGaussian(0, 0.2));
        }
      }
    }
    return Samples.of(Array.of(x, count, size, size, 1), Array.of(y));
  }

  private static boolean isOn(int kind, int row, int column) {
    if (row < 0 || row > 4 || column < 0 || column > 4) {
      return false;
    }
    return switch (kind) {
      case 0 -> row == column || row + column == 4;
      case 1 -> row == 0 || row == 4 || column == 0 || column == 4;
      default -> row % 2 == 0;
    };
  }

  /** Of twelve words the first six speak for one class, each as much as its place says. */
  static Batch words(int count, int length, long seed) {
    var random = new SplittableRandom(seed);
    var x = new int[count * length];
    var y = new int[count];
    for (int i = 0; i < count; i++) {
      int sum = 0;
      for (int at = 0; at < length; at++) {
        int word = random.nextInt(12);
        x[i * length + at] = word;
        sum += word < 6 ? 1 : -1;
      }
      y[i] = sum > 0 ? 1 : 0;
    }
    return Samples.of(Array.of(x, count, length), Array.of(y));
  }
}
