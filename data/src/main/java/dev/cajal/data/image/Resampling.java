package dev.cajal.data.image;

import java.util.Arrays;

/**
 * How a new row of pixels is made of an old one: where there are fewer, each is the mean of the
 * stretch it covers; where there are more, they lie on straight lines between the old ones.
 */
final class Resampling {
  private final int[] first;
  private final double[][] weights;

  private Resampling(int count) {
    this.first = new int[count];
    this.weights = new double[count][];
  }

  /**
   * So many pixels of a stretch of the old ones.
   *
   * @param size how many old ones there are
   */
  static Resampling of(int size, int from, int stretch, int count) {
    var made = new Resampling(count);
    double step = (double) stretch / count;
    for (int i = 0; i < count; i++) {
      if (stretch > count) {
        made.mean(i, size, from + i * step, from + (i + 1) * step);
      } else {
        made.between(i, size, from + (i + 0.5) * step - 0.5);
      }
    }
    return made;
  }

  private void mean(int i, int size, double from, double to) {
    int start = (int) from;
    int end = Math.min(size, (int) Math.ceil(to));
    var parts = new double[end - start];
    for (int k = 0; k < parts.length; k++) {
      double covered = Math.min(to, start + k + 1) - Math.max(from, start + k);
      parts[k] = covered / (to - from);
    }
    first[i] = start;
    weights[i] = parts;
  }

  private void between(int i, int size, double centre) {
    double inside = Math.clamp(centre, 0, size - 1);
    int left = (int) inside;
    double right = inside - left;
    first[i] = left;
    weights[i] = right == 0 ? new double[] {1} : new double[] {1 - right, right};
  }

  int count() {
    return first.length;
  }

  /** Makes the new pixels of a row, which begins somewhere among all bytes. */
  void row(byte[] old, int start, double[] made, int madeStart) {
    for (int i = 0; i < first.length; i++) {
      double[] parts = weights[i];
      double sum = 0;
      for (int k = 0; k < parts.length; k++) {
        sum += parts[k] * Byte.toUnsignedInt(old[start + first[i] + k]);
      }
      made[madeStart + i] = sum;
    }
  }

  /** Makes a new row of whole old ones, each as long as the new. */
  void rowOfRows(int i, double[] old, double[] made) {
    Arrays.fill(made, 0);
    double[] parts = weights[i];
    for (int k = 0; k < parts.length; k++) {
      int start = (first[i] + k) * made.length;
      for (int column = 0; column < made.length; column++) {
        made[column] += parts[k] * old[start + column];
      }
    }
  }
}
