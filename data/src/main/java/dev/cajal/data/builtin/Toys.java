package dev.cajal.data.builtin;

import dev.cajal.random.RandomStream;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/**
 * Data small enough to look at: points in the plane whose classes are told apart by a curve, and a
 * series.
 *
 * <p>Classes have as many points as each other, but for one, and points are in random order. Noise
 * is the standard deviation of what is added to each coordinate, from the normal distribution.
 */
public final class Toys {

  private static final int SIZE = 500;

  private static final double SPIRAL_TURNS = 1.75;
  private static final double SPIRAL_START = 0.1;
  private static final double INNER_RADIUS = 0.5;
  private static final double BLOB_DISTANCE = 3;

  private static final YearMonth FIRST_MONTH = YearMonth.of(2005, 1);
  private static final int MONTHS = 240;
  private static final int YEAR = 12;

  private Toys() {}

  /** Where a point is before noise is added, given that it is one of so many of its class. */
  @FunctionalInterface
  private interface Place {
    double[] of(int label, int rank, int count);
  }

  /** {@link #spirals(long, int, double)} with 500 points and some noise. */
  public static Points spirals(long seed) {
    return spirals(seed, SIZE, 0.02);
  }

  /** Two arms of a spiral, wound 1¾ times around each other from near the middle to radius 1. */
  public static Points spirals(long seed, int size, double noise) {
    return points(
        RandomStream.of(seed, "spirals"),
        size,
        noise,
        List.of("first", "second"),
        (label, rank, count) -> {
          double radius = SPIRAL_START + (1 - SPIRAL_START) * part(rank, count);
          double angle = (2 * SPIRAL_TURNS * radius + label) * StrictMath.PI;
          return onCircle(radius, angle);
        });
  }

  /** {@link #moons(long, int, double)} with 500 points and some noise. */
  public static Points moons(long seed) {
    return moons(seed, SIZE, 0.15);
  }

  /**
   * Two half circles of radius 1 that reach into each other: an upper one around (0, 0), a lower
   * one around (1, ½).
   */
  public static Points moons(long seed, int size, double noise) {
    return points(
        RandomStream.of(seed, "moons"),
        size,
        noise,
        List.of("upper", "lower"),
        (label, rank, count) -> {
          double[] upper = onCircle(1, StrictMath.PI * part(rank, count));
          return label == 0 ? upper : new double[] {1 - upper[0], 0.5 - upper[1]};
        });
  }

  /** {@link #circles(long, int, double)} with 500 points and some noise. */
  public static Points circles(long seed) {
    return circles(seed, SIZE, 0.1);
  }

  /** A circle of radius 1, and one of radius ½ within it. */
  public static Points circles(long seed, int size, double noise) {
    return points(
        RandomStream.of(seed, "circles"),
        size,
        noise,
        List.of("outer", "inner"),
        (label, rank, count) ->
            onCircle(label == 0 ? 1 : INNER_RADIUS, 2 * StrictMath.PI * rank / count));
  }

  /** {@link #blobs(long, int, double)} with 500 points and some noise. */
  public static Points blobs(long seed) {
    return blobs(seed, SIZE, 1);
  }

  /** Three clouds around the corners of a triangle, each corner at distance 3 from (0, 0). */
  public static Points blobs(long seed, int size, double noise) {
    return points(
        RandomStream.of(seed, "blobs"),
        size,
        noise,
        List.of("right", "left", "lower"),
        (label, rank, count) -> onCircle(BLOB_DISTANCE, StrictMath.PI * (1 + 4 * label) / 6));
  }

  /** {@link #xor(long, int, double)} with 500 points and some noise. */
  public static Points xor(long seed) {
    return xor(seed, SIZE, 0.05);
  }

  /** The square from −1 to 1: the signs of both coordinates are the same, or they are different. */
  public static Points xor(long seed, int size, double noise) {
    RandomStream random = RandomStream.of(seed, "xor");
    RandomStream where = random.derive(2);
    return points(
        random,
        size,
        noise,
        List.of("same", "different"),
        (label, rank, count) -> {
          long position = 2 * (2L * rank + label);
          double x = 2 * where.uniform(position) - 1;
          double y = where.uniform(position + 1);
          return new double[] {x, (x < 0) == (label == 0) ? -y : y};
        });
  }

  /** {@link #waves(long, int, double)} over twenty years. */
  public static Series waves(long seed) {
    return waves(seed, MONTHS, 4);
  }

  /**
   * Month after month from January 2005: a trend, a season and noise,
   *
   * <pre>
   *   100 + 0.5t + 20 sin(2πt/12) + 8 cos(4πt/12) + noise
   * </pre>
   */
  public static Series waves(long seed, int months, double noise) {
    require(months, 1, noise);
    RandomStream random = RandomStream.of(seed, "waves");
    var values = new ArrayList<Double>(months);
    for (int t = 0; t < months; t++) {
      double year = 2 * StrictMath.PI * (t % YEAR) / YEAR;
      double season = 20 * StrictMath.sin(year) + 8 * StrictMath.cos(2 * year);
      values.add(100 + 0.5 * t + season + noise * random.normal(t));
    }
    return new Series(FIRST_MONTH, values);
  }

  private static Points points(
      RandomStream random, int size, double noise, List<String> classes, Place place) {
    int kinds = classes.size();
    require(size, kinds, noise);
    int[] order = random.derive(0).permutation(size);
    RandomStream around = random.derive(1);
    var x = new double[size][];
    var labels = new int[size];
    for (int i = 0; i < size; i++) {
      int label = i % kinds;
      double[] point = place.of(label, i / kinds, (size - label + kinds - 1) / kinds);
      point[0] += noise * around.normal(2L * i);
      point[1] += noise * around.normal(2L * i + 1);
      x[order[i]] = point;
      labels[order[i]] = label;
    }
    return new Points(x, labels, classes);
  }

  /** From 0 for the first to 1 for the last. */
  private static double part(int rank, int count) {
    return count == 1 ? 0 : (double) rank / (count - 1);
  }

  private static double[] onCircle(double radius, double angle) {
    return new double[] {radius * StrictMath.cos(angle), radius * StrictMath.sin(angle)};
  }

  private static void require(int size, int least, double noise) {
    if (size < least) {
      throw new IllegalArgumentException("at least %d are needed, not %d".formatted(least, size));
    }
    if (!(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("noise is a number of 0 or more, not " + noise);
    }
  }
}
