package dev.cajal.engine.cpu;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A worker beside the caller: a thread that comes when it is invited. One word says how things
 * stand, and each step is one atomic change of it, from which each side also learns whether it has
 * to wake the other:
 *
 * <pre>
 *   ABSENT, PARKED or IDLE ── the caller invites ──▶ INVITED ── the helper comes ──▶ RUNNING ──▶ IDLE
 *   INVITED ── the caller takes the invitation back ──▶ IDLE
 *   RUNNING ── the caller sleeps until the helper is done ──▶ AWAITED ──▶ IDLE
 *   IDLE ── nobody invites for a moment ──▶ PARKED ── nor for long: the thread ends ──▶ ABSENT
 * </pre>
 */
final class Helper extends CacheLine {
  private static final int ABSENT = 0;
  private static final int IDLE = 1;
  private static final int PARKED = 2;
  private static final int INVITED = 3;
  private static final int RUNNING = 4;
  private static final int AWAITED = 5;

  private static final AtomicIntegerFieldUpdater<Helper> STATE =
      AtomicIntegerFieldUpdater.newUpdater(Helper.class, "state");

  /**
   * How long to spin before parking: about what it costs to wake a parked thread (20 to 75 µs), so
   * that waiting never costs more than twice what the better choice would have.
   */
  private static final long PATIENCE_NANOS = 50_000;

  /** How often to look at the clock, and let others run, while spinning: about every µs. */
  private static final int TURNS = 64;

  private final Workers workers;
  private final int number;
  private final long lifeNanos;
  private @Nullable Thread thread;

  // On one cache line with the state, so that an invitation reaches the other core in one go.
  // Written by the caller before it invites, read by the helper once it runs.
  private volatile int state = ABSENT;
  private int parts;
  private Workers.@Nullable Task task;
  private @Nullable Thread caller;

  /**
   * A helper of some workers.
   *
   * @param number its number as a worker, from 1
   * @param life how long its thread stays when nobody invites it
   */
  Helper(Workers workers, int number, Duration life) {
    this.workers = workers;
    this.number = number;
    this.lifeNanos = life.toNanos();
  }

  /** Asks the helper to take part in a task; false if there is no thread to be had. */
  boolean invite(Workers.Task task, int parts) {
    this.task = task;
    this.parts = parts;
    this.caller = Thread.currentThread();
    return switch (STATE.getAndSet(this, INVITED)) {
      case ABSENT -> starts();
      case PARKED -> {
        LockSupport.unpark(thread);
        yield true;
      }
      default -> true; // it is spinning, or already on its way
    };
  }

  /** Takes the invitation back; false if the helper has come, or is done. */
  boolean dismiss() {
    boolean dismissed = STATE.compareAndSet(this, INVITED, IDLE);
    if (dismissed) {
      forget();
    }
    return dismissed;
  }

  /** Returns when the helper, which has come, is done. */
  void await() {
    if (stays(RUNNING) && STATE.compareAndSet(this, RUNNING, AWAITED)) {
      boolean interrupted = false;
      while (state == AWAITED) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted(); // it would make every further park return at once
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean starts() {
    Thread made =
        Thread.ofPlatform()
            .name("cajal-worker-" + number)
            .daemon()
            .inheritInheritableThreadLocals(false)
            .unstarted(this::serve);
    // The caller's class loader shall not live for as long as this thread does.
    made.setContextClassLoader(Helper.class.getClassLoader());
    thread = made;
    try {
      made.start();
      return true;
    } catch (OutOfMemoryError noThreadsLeft) {
      forget();
      state = ABSENT;
      return false;
    }
  }

  private void serve() {
    while (isPresent()) {
      if (STATE.compareAndSet(this, INVITED, RUNNING)) {
        help();
      }
    }
  }

  private void help() {
    Workers.Task task = requireNonNull(this.task);
    Thread caller = this.caller;
    forget();
    workers.takePart(task, parts, number);
    if (STATE.getAndSet(this, IDLE) == AWAITED) {
      LockSupport.unpark(caller);
    }
  }

  /** Lets go of the task and the caller, so that nothing is kept in memory by an idle helper. */
  private void forget() {
    task = null;
    caller = null;
  }

  /** Waits for an invitation; false when none came for so long that the thread ends. */
  private boolean isPresent() {
    if (!stays(IDLE) || !STATE.compareAndSet(this, IDLE, PARKED)) {
      return true;
    }
    long end = System.nanoTime() + lifeNanos;
    while (state == PARKED) {
      long left = end - System.nanoTime();
      if (left <= 0 && STATE.compareAndSet(this, PARKED, ABSENT)) {
        return false;
      }
      Thread.interrupted(); // a part may have left an interrupt, with which parking would not wait
      LockSupport.parkNanos(this, left);
    }
    return true;
  }

  /**
   * Spins while the state is the given one; true if it still is after a moment. Letting others run
   * costs nothing while cores are free, and is what keeps more threads than cores from being slow:
   * with 2 threads on 1 core, a 4 µs task takes 4 µs on average, and without it 9.
   */
  @SuppressWarnings("ThreadPriorityCheck") // yielding makes it quicker, never right or wrong
  private boolean stays(int same) {
    long start = 0;
    for (int turn = 1; state == same; turn++) {
      Thread.onSpinWait();
      if (turn == TURNS) {
        start = System.nanoTime();
      } else if (turn % TURNS == 0) {
        if (System.nanoTime() - start > PATIENCE_NANOS) {
          return true;
        }
        Thread.yield();
      }
    }
    return false;
  }
}
