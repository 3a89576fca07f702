package dev.cajal.engine.cpu;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What workers cost while nothing, or nothing new, is done. */
@Timeout(60)
class WorkersIdleTest {
  private static final Duration LONG = Duration.ofHours(1);

  @Test
  void anIdleHelperUsesNoCpu() throws Exception {
    Thread helper = helperOf(new Workers(2, LONG));
    awaitParked(helper);

    long before = cpuNanos(helper);
    Thread.sleep(300);
    long after = cpuNanos(helper);

    assertThat(before).isPositive();
    assertThat(Duration.ofNanos(after - before)).isLessThan(Duration.ofMillis(1));
  }

  @Test
  void aHelperWhoseThreadWasInterruptedByAPartParksAllTheSame() throws Exception {
    var workers = new Workers(2, LONG);
    Thread helper = helperOf(workers);
    helper.interrupt();
    awaitParked(helper);

    long before = cpuNanos(helper);
    Thread.sleep(100);
    long after = cpuNanos(helper);

    assertThat(Duration.ofNanos(after - before)).isLessThan(Duration.ofMillis(10));
  }

  @Test
  void aParkedHelperComesWhenItIsInvited() throws InterruptedException {
    var workers = new Workers(2, LONG);
    Thread helper = helperOf(workers);
    awaitParked(helper);

    assertThat(helperOf(workers)).isSameAs(helper);
  }

  @Test
  void aHelperEndsWhenNobodyCallsAndIsBackWhenSomebodyDoes() throws InterruptedException {
    var workers = new Workers(2, Duration.ofMillis(20));

    Thread first = helperOf(workers);
    first.join(TimeUnit.SECONDS.toMillis(30));
    assertThat(first.isAlive()).isFalse();

    assertThat(helperOf(workers)).isNotSameAs(first);
  }

  @Test
  void aCallAllocatesNothing() throws Exception {
    var workers = new Workers(3, LONG);
    var sums = new long[64 * 3];
    Workers.Task task = (part, worker) -> sums[64 * worker] += part;
    runOften(workers, task);

    long before = allocatedBytes();
    runOften(workers, task);
    long allocated = allocatedBytes() - before;

    // 4,000 calls with the smallest object each would be 64,000 bytes; measuring itself takes some.
    assertThat(allocated).isLessThan(16_000);
  }

  private static void runOften(Workers workers, Workers.Task task) {
    for (int round = 0; round < 2_000; round++) {
      workers.run(task, 3);
      workers.run(task, 12);
    }
  }

  @Test
  void helpersDoNotHoldUpTheEndOfTheJvm() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                placeOf(Workers.class) + File.pathSeparator + placeOf(WorkersIdleTest.class),
                Program.class.getName())
            .inheritIO()
            .start();
    try {
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(child.exitValue()).isZero();
    } finally {
      child.destroyForcibly();
    }
  }

  /** Runs a task with helpers that would stay for an hour, and returns. */
  public static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      if (!helperOf(new Workers(2, LONG)).isAlive()) {
        throw new AssertionError("there was no helper that could hold up the end");
      }
    }
  }

  /** The thread of the helper of two workers, which has done a part. */
  private static Thread helperOf(Workers workers) {
    var helper = new CompletableFuture<Thread>().orTimeout(30, TimeUnit.SECONDS);
    workers.run(
        (_, worker) -> {
          if (worker == 1) {
            helper.complete(Thread.currentThread());
          } else {
            helper.join();
          }
        },
        2);
    return helper.join();
  }

  private static void awaitParked(Thread thread) throws InterruptedException {
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.sleep(1);
    }
  }

  private static long cpuNanos(Thread thread) throws ReflectiveOperationException {
    return (long)
        threadBean("getThreadCpuTime", long.class).invoke(threadBean(), thread.threadId());
  }

  private static long allocatedBytes() throws ReflectiveOperationException {
    return (long) threadBean("getCurrentThreadAllocatedBytes").invoke(threadBean());
  }

  // By reflection, because the module under test has no reason to read java.management.
  private static Object threadBean() throws ReflectiveOperationException {
    return Class.forName("java.lang.management.ManagementFactory")
        .getMethod("getThreadMXBean")
        .invoke(null);
  }

  private static Method threadBean(String method, Class<?>... parameters)
      throws ReflectiveOperationException {
    return Class.forName("com.sun.management.ThreadMXBean").getMethod(method, parameters);
  }

  /** The folder that a class was loaded from. */
  private static String placeOf(Class<?> type) {
    String file = type.getName().replace('.', '/') + ".class";
    String url = requireNonNull(type.getClassLoader().getResource(file)).toString();
    return Path.of(URI.create(url.substring(0, url.length() - file.length()))).toString();
  }
}
