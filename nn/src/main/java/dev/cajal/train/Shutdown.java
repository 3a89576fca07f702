package dev.cajal.train;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Notices that the JVM is told to end, as by Ctrl-C, and holds it up until the run that goes on in
 * this thread is saved.
 */
final class Shutdown implements AutoCloseable {
  /** Whoever is in a step that takes longer is cut off, and has what was saved before. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final Duration LAST_MOMENT = Duration.ofSeconds(1);

  private final Thread training = Thread.currentThread();
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::hold, "cajal-saves-the-run");
  private volatile boolean isAsked;
  private volatile boolean isSuccess;

  private Shutdown() {}

  /** From now on, until it is closed. */
  static Shutdown watch() {
    var shutdown = new Shutdown();
    try {
      Runtime.getRuntime().addShutdownHook(shutdown.hook);
    } catch (IllegalStateException e) {
      shutdown.isAsked = true;
    }
    return shutdown;
  }

  boolean isAsked() {
    return isAsked;
  }

  private void hold() {
    isAsked = true;
    // Who exits in this thread, as a listener may, waits for us, and not we for it.
    boolean isExiting =
        Arrays.stream(training.getStackTrace())
            .anyMatch(frame -> frame.getClassName().equals("java.lang.Shutdown"));
    if (!isExiting) {
      try {
        if (done.await(LONGEST.toSeconds(), TimeUnit.SECONDS) && !isSuccess) {
          // So that whoever has called can say what went wrong.
          Thread.sleep(LAST_MOMENT);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** All is saved and told. */
  void succeeded() {
    isSuccess = true;
  }

  /**
   * The run is over: the JVM may end. If it was told to, this thread waits for that, so that it
   * does not begin with something else; but not for long, since others may wait for it to end
   * first.
   */
  @Override
  public void close() {
    done.countDown();
    long until = System.nanoTime() + LAST_MOMENT.toNanos();
    while (isAsked && isSuccess && System.nanoTime() - until < 0) {
      LockSupport.parkNanos(this, LAST_MOMENT.toNanos());
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is told to end at this very moment, and nothing is left to save.
    }
  }
}
