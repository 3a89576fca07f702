package dev.cajal.diagnosis;

import dev.cajal.tensor.Array;
import dev.cajal.train.Batch;
import java.util.Arrays;

/**
 * What the nearest other samples say of each: a guess that takes no training. Who does clearly
 * worse on the samples that it learned from has not learned what is there to learn; noise, which
 * nobody can learn, does not help neighbours either.
 */
final class Neighbours {
  private static final int NEAREST = 5;

  /** Numbers are compared no more often than this. */
  private static final double WORK = 1e8;

  private final double[][] x;
  private final double[][] y;

  private Neighbours(double[][] x, double[][] y) {
    this.x = x;
    this.y = y;
  }

  /** For how many samples others are sought, among so many of so many features. */
  static int compared(int samples, int features) {
    return (int) (WORK / Math.max(1, (double) samples * features));
  }

  /** Among samples whose features count alike, and what is known of each. */
  static Neighbours of(Batch samples, double[][] targets) {
    Array all = samples.x();
    int rows = samples.size();
    int width = all.length() / rows;
    var x = new double[rows][width];
    for (int feature = 0; feature < width; feature++) {
      var column = new double[rows];
      for (int row = 0; row < rows; row++) {
        column[row] = all.at(row * width + feature);
      }
      double deviation = Math.sqrt(Numbers.variance(column));
      for (int row = 0; row < rows; row++) {
        x[row][feature] = deviation > 0 ? column[row] / deviation : 0;
      }
    }
    return new Neighbours(x, targets);
  }

  /** The mean of what is known of the nearest others; twins do not count, for they only repeat. */
  double[] guess(int sample) {
    var nearest = new int[NEAREST];
    var distances = new double[NEAREST];
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    for (int other = 0; other < x.length; other++) {
      double distance = distance(x[sample], x[other], distances[NEAREST - 1]);
      if (distance > 0 && distance < distances[NEAREST - 1]) {
        int place = NEAREST - 1;
        for (; place > 0 && distances[place - 1] > distance; place--) {
          distances[place] = distances[place - 1];
          nearest[place] = nearest[place - 1];
        }
        distances[place] = distance;
        nearest[place] = other;
      }
    }
    var mean = new double[y[sample].length];
    for (int neighbour : nearest) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += y[neighbour][i] / NEAREST;
      }
    }
    return mean;
  }

  private static double distance(double[] a, double[] b, double most) {
    double sum = 0;
    for (int i = 0; i < a.length && sum < most; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }
}
