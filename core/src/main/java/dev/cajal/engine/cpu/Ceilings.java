package dev.cajal.engine.cpu;

import dev.cajal.engine.cpu.emit.Lanes;
import dev.cajal.engine.cpu.gemm.Epilogue;
import dev.cajal.engine.cpu.gemm.Gemm;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this machine can do at most, as measured: the operations of products of matrices that are in
 * cache, and the bytes of copies of several sizes, by all workers at once.
 */
final class Ceilings implements Workers.Task {
  private static final Map<Workers, Ceilings> MEASURED = new ConcurrentHashMap<>();

  /** How many bytes are read and written altogether. */
  private static final int[] SIZES = {1 << 16, 1 << 20, 1 << 25};

  private static final int SQUARE = 256;

  /** How long each is tried, in ns. */
  private static final long TIME = 100_000_000;

  /**
   * A product that nobody ran before is slow at first. Small ones are run till they are so much
   * quicker, in floating-point operations a nanosecond, than code that is not compiled; or so long.
   */
  private static final double WARM = 5;

  private static final int SMALL_SQUARE = 48;
  private static final long PATIENCE = 5_000_000_000L;

  private final Workers workers;
  private final Gemm gemm;
  private final double flops;
  private final double[] rates = new double[SIZES.length];

  private final float[][] from;
  private final float[][] to;
  private final float[][] scratch;

  /** The floats that each worker copies; 0 while products are measured. */
  private int length;

  private Ceilings(Workers workers, Lanes lanes) {
    this.workers = workers;
    this.gemm = Gemm.of(lanes);
    int largest = SIZES[SIZES.length - 1] / 8 / workers.count();
    this.from = new float[workers.count()][Math.max(SQUARE * SQUARE, largest)];
    this.to = new float[workers.count()][from[0].length];
    this.scratch = new float[workers.count()][gemm.scratch(SQUARE, SQUARE, SQUARE)];
    warmUp();
    this.flops = 2.0 * SQUARE * SQUARE * SQUARE * workers.count() / quickest();
    for (int i = 0; i < SIZES.length; i++) {
      length = SIZES[i] / 8 / workers.count();
      rates[i] = 8.0 * length * workers.count() / quickest();
    }
    Arrays.fill(from, new float[0]);
    Arrays.fill(to, new float[0]);
    Arrays.fill(scratch, new float[0]);
  }

  private void warmUp() {
    long end = System.nanoTime() + PATIENCE;
    double rate = 0;
    while (rate < WARM && System.nanoTime() < end) {
      long start = System.nanoTime();
      square(SMALL_SQUARE, 0);
      rate = 2.0 * SMALL_SQUARE * SMALL_SQUARE * SMALL_SQUARE / (System.nanoTime() - start);
    }
  }

  /** Measures them the first time, which takes a few tenths of a second, or of a cold JVM more. */
  static Ceilings of(Engine engine) {
    return MEASURED.computeIfAbsent(engine.workers(), its -> new Ceilings(its, engine.lanes()));
  }

  /** Floating-point operations in a nanosecond. */
  double flops() {
    return flops;
  }

  /** Bytes in a nanosecond, for a kernel that touches so many. */
  double bytes(double touched) {
    int i = 0;
    while (i < SIZES.length - 1 && touched > 2.0 * SIZES[i]) {
      i++;
    }
    return rates[i];
  }

  private double quickest() {
    double best = Double.MAX_VALUE;
    long end = System.nanoTime() + TIME;
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      workers.run(this, workers.count());
      best = Math.min(best, (double) (System.nanoTime() - start));
    }
    return Math.max(1, best);
  }

  @Override
  public void run(int part, int worker) {
    if (length > 0) {
      System.arraycopy(from[part], 0, to[part], 0, length);
    } else {
      square(SQUARE, part);
    }
  }

  private void square(int n, int part) {
    float[] a = from[part];
    float[] c = to[part];
    gemm.multiply(n, n, n, a, 0, n, 1, a, 0, n, 1, c, 0, n, false, scratch[part], Epilogue.NONE);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "products of %.0f GFLOP/s, copies of %.0f, %.0f and %.0f GB/s in 64 KB, 1 MB and 32 MB",
        flops,
        rates[0],
        rates[1],
        rates[2]);
  }
}
