package dev.cajal.engine.cpu;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A calling thread and the helpers that share its task. A helper spins for a moment after a task,
 * because a spinning thread is reached in less than a µs and a parked one in some 50; then it
 * parks, and ends when nobody has called for long. Helpers are daemons and start when first needed.
 *
 * <p>Part i goes to worker i, so that it finds in its core's cache what part i of the task before
 * left there; parts beyond the number of workers go to whoever is free. Parts whose helper has not
 * come by the time the caller is free are done by the caller: it waits for parts that are being
 * done, never for a thread to wake up.
 *
 * <p>The helpers serve one caller at a time. Who calls while they are busy, or from inside a part,
 * does all parts alone.
 */
final class Workers {
  /** Work in independent parts, which may run at the same time and in any order. */
  interface Task {
    /**
     * Does one part.
     *
     * @param worker who does it, 0 for the caller: parts of one call that run at the same time have
     *     different ones, so each worker can have its own scratch memory
     */
    void run(int part, int worker);
  }

  private static final String VARIABLE = "CAJAL_THREADS";
  private static final int MOST = 1024;
  private static final Duration LIFE = Duration.ofSeconds(10);
  private static final ConcurrentMap<Integer, Workers> SHARED = new ConcurrentHashMap<>();

  /** Where in its array the counter stands: 128 bytes from both ends, so that it stands alone. */
  private static final int NEXT = 32;

  private final Helper[] helpers;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final AtomicIntegerArray next = new AtomicIntegerArray(2 * NEXT);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /**
   * Workers of one's own.
   *
   * @param count how many, with the caller
   * @param life how long a helper stays when nobody calls
   */
  Workers(int count, Duration life) {
    helpers = new Helper[count - 1];
    for (int h = 0; h < helpers.length; h++) {
      helpers[h] = new Helper(this, h + 1, life);
    }
  }

  /** So many workers, the caller being one of them; everybody who asks for as many shares them. */
  static Workers of(int threads) {
    require(threads);
    return SHARED.computeIfAbsent(threads, count -> new Workers(count, LIFE));
  }

  /** Refuses a number of threads that there can't be. */
  static void require(int threads) {
    if (threads < 1 || threads > MOST) {
      throw new IllegalArgumentException(
          "the number of threads must be from 1 to %d, not %d".formatted(MOST, threads));
    }
  }

  /** How many threads to use where nobody says: {@code CAJAL_THREADS}, or one for each core. */
  static int standard() {
    return threads(
        Optional.ofNullable(System.getenv(VARIABLE)), Runtime.getRuntime().availableProcessors());
  }

  /** The number of threads that a setting of {@code CAJAL_THREADS} means; empty is unset. */
  static int threads(Optional<String> setting, int cores) {
    Optional<String> number = setting.map(String::strip).filter(text -> !text.isEmpty());
    if (number.isEmpty()) {
      return Math.min(cores, MOST);
    }
    try {
      int threads = Integer.parseInt(number.get());
      if (threads >= 1 && threads <= MOST) {
        return threads;
      }
    } catch (NumberFormatException notANumber) {
      // refused below, as a number out of range is
    }
    throw new IllegalArgumentException(
        "%s is \"%s\": it must be a number of threads from 1 to %d, or unset for one per core (%d)"
            .formatted(VARIABLE, number.get(), MOST, cores));
  }

  /** How many workers there are, the caller being one of them. */
  int count() {
    return helpers.length + 1;
  }

  /**
   * Does all parts of a task, and returns when they are done. If one fails, those not yet begun are
   * left out, those begun are waited for, and the first failure is thrown.
   */
  void run(Task task, int parts) {
    if (parts > 1 && helpers.length > 0 && !busy.get() && busy.compareAndSet(false, true)) {
      share(task, parts);
    } else {
      for (int part = 0; part < parts; part++) {
        task.run(part, 0);
      }
    }
  }

  private void share(Task task, int parts) {
    int invited = Math.min(helpers.length, parts - 1);
    next.setPlain(NEXT, count());
    for (int h = 0; h < invited; h++) {
      if (!helpers[h].invite(task, parts)) {
        perform(task, h + 1, 0);
      }
    }
    takePart(task, parts, 0);
    for (int h = 0; h < invited; h++) {
      if (helpers[h].dismiss()) {
        perform(task, h + 1, 0);
      } else {
        helpers[h].await();
      }
    }
    Throwable thrown = failure.get();
    failure.setPlain(null);
    busy.setRelease(false);
    if (thrown != null) {
      Workers.<RuntimeException>rethrow(thrown);
    }
  }

  /** Does a worker's own part, and then of those that are nobody's as many as it gets. */
  void takePart(Task task, int parts, int worker) {
    perform(task, worker, worker);
    if (parts > count()) {
      int part = next.getAndIncrement(NEXT);
      while (part < parts && failure.get() == null) {
        perform(task, part, worker);
        part = next.getAndIncrement(NEXT);
      }
    }
  }

  private void perform(Task task, int part, int worker) {
    if (failure.get() == null) {
      try {
        task.run(part, worker);
      } catch (Throwable thrown) {
        failure.compareAndSet(null, thrown);
      }
    }
  }

  /** Throws what a task threw, which is unchecked or was thrown as if it were. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void rethrow(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
