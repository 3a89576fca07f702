package dev.cajal.bench.meter;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Measures a step again and again, and prints what it found for the process that waits for it:
 * lines of words separated by tabs, {@code peer NAME}, {@code result METRIC NUMBER}.
 */
public final class Meter {

  // On an idle machine C2 is through after some three seconds; where it has to share it takes
  // longer.
  private static final double WARM_UP_SECONDS = 3;
  private static final double MOST_WARM_UP_SECONDS = 20;
  private static final double WINDOW_SECONDS = 0.75;

  private static final int BLOCKS = 9;
  private static final double BLOCK_SECONDS = 0.35;

  /** What is measured. */
  @FunctionalInterface
  public interface Step {
    void run() throws Exception;
  }

  private Meter() {}

  /** Says who is measured, with the version. */
  public static void peer(String name) {
    print("peer", name);
  }

  /** One figure. */
  public static void result(String metric, double value) {
    print("result", metric, String.format(Locale.ROOT, "%.6g", value));
  }

  /**
   * How many units are done in a second, of which each step does some: the median of some blocks of
   * steps.
   */
  public static void rate(String metric, double units, Step step) throws Exception {
    long steps = Math.max(1, (long) (warmUp(step) * BLOCK_SECONDS));
    var rates = new double[BLOCKS];
    for (int block = 0; block < BLOCKS; block++) {
      long start = System.nanoTime();
      for (long i = 0; i < steps; i++) {
        step.run();
      }
      rates[block] = steps * units / secondsSince(start);
    }
    Arrays.sort(rates);
    result(metric, rates[BLOCKS / 2]);
  }

  /** Runs until it has not become faster for two windows of time; gives the last one's speed. */
  private static double warmUp(Step step) throws Exception {
    long start = System.nanoTime();
    double best = 0;
    double speed = 0;
    for (int steady = 0;
        secondsSince(start) < WARM_UP_SECONDS
            || (steady < 2 && secondsSince(start) < MOST_WARM_UP_SECONDS); ) {
      speed = window(step);
      steady = speed > 1.05 * best ? 0 : steady + 1;
      best = Math.max(best, speed);
    }
    return speed;
  }

  /** The steps a second of a window of time. */
  private static double window(Step step) throws Exception {
    long start = System.nanoTime();
    int steps = 0;
    do {
      step.run();
      steps++;
    } while (secondsSince(start) < WINDOW_SECONDS);
    return steps / secondsSince(start);
  }

  /** What one call takes, in microseconds: the median, and what one call in a hundred exceeds. */
  public static void latency(Step call) throws Exception {
    warmUp(call);
    var nanos = new long[50_000];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      call.run();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    result("p50", nanos[nanos.length / 2] / 1e3);
    result("p99", nanos[nanos.length / 100 * 99] / 1e3);
  }

  /** How many bytes of the heap a call takes, on whatever thread. */
  public static void allocation(Step call) throws Exception {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int calls = 10_000;
    long before = threads.getTotalThreadAllocatedBytes();
    for (int i = 0; i < calls; i++) {
      call.run();
    }
    // Rounded down: the question costs a few bytes itself, which are no call's.
    long perCall = (threads.getTotalThreadAllocatedBytes() - before) / calls;
    result("bytes", (double) perCall);
  }

  /**
   * The most memory that this process has had, of whatever kind; says nothing where the system
   * doesn't know.
   */
  public static void memory() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM:")) {
        result("memory", Long.parseLong(line.replaceAll("\\D+", "")) / 1024.0);
      }
    }
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static void print(String... words) {
    System.out.println(String.join("\t", words));
  }
}
