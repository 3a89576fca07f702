package dev.cajal.engine.cpu;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes vector code fast behind the scenes. Until the JVM's optimising compiler has been through
 * with it, vector code is a thousand times slower than afterwards, and plain code is not. So a
 * kernel begins with plain code, which gives the same bits; meanwhile a thread runs the vector code
 * on a little memory of its own until that is the quicker one, and then the kernel changes over.
 * Where it never is, as on a JVM without that compiler, plain code it stays.
 */
final class Warmup implements Runnable {
  private static final System.Logger LOG = System.getLogger("dev.cajal");

  /**
   * How long plain code has the processor to itself, in ms: what ends sooner has no use for any
   * other. With cores to spare there is nothing to wait for.
   */
  private static final long HEAD_START = Runtime.getRuntime().availableProcessors() > 3 ? 100 : 700;

  /** How long the thread waits for more work before it ends, in ms. */
  private static final long PATIENCE = 3_000;

  /** How much time a kernel's codes may take in their trial altogether, in ns. */
  private static final long MOST = 2_000_000_000L;

  /** After half of that, and so many calls, the compiler should have been through. */
  private static final int OFTEN = 10_000;

  /** So many trials in vain, and none with success: this JVM has no such compiler. */
  private static final int HOPELESS = 10;

  /**
   * Before so many calls, or so much time in ns, nothing is decided: at first plain code is slow
   * too, and vector code that is not compiled yet would pass for the quicker one.
   */
  private static final int FEWEST_CALLS = 256;

  private static final long LEAST_TIME = 50_000_000;

  /** Vector code on little memory needs at most so much of the time that plain code needs. */
  private static final double ENOUGH = 1.3;

  /**
   * After changing over it goes on for so many calls, or so much time in ns: parts that a call goes
   * through once, such as the end of a row, are compiled later than loops, and cost memory till
   * then.
   */
  private static final int PRACTICE_CALLS = 6_000;

  private static final long PRACTICE = 100_000_000;

  /** After each round of trials the thread pauses as long as that took, but at most so many ms. */
  private static final long LONGEST_PAUSE = 10;

  private static final Warmup ONLY = new Warmup();

  /** Code that could change over. */
  interface Candidate {
    /** The little work to try them with, asked for when its turn has come; null for none. */
    @Nullable Rehearsal rehearsal();

    /** Changes over to the vector code. */
    void changeOver();
  }

  /** The same little work by two codes. */
  interface Rehearsal {
    /** Makes the numbers what they were at first. */
    void reset();

    void plain();

    void vectors();

    /** How many calls to time together. */
    default int calls() {
      return 16;
    }
  }

  private final Queue<Candidate> waiting = new ArrayDeque<>();
  private boolean runs;
  private boolean hasStarted;
  private final AtomicInteger changes = new AtomicInteger();
  private final AtomicInteger inVain = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();

  private Warmup() {}

  /** Takes a candidate; each should be given once. */
  static void add(Candidate candidate) {
    ONLY.enqueue(candidate);
  }

  /** How many have changed over. */
  static int changes() {
    return ONLY.changes.get();
  }

  /** How many have failed; none should. */
  static int failures() {
    return ONLY.failures.get();
  }

  private synchronized void enqueue(Candidate candidate) {
    if (isHopeless()) {
      return;
    }
    waiting.add(candidate);
    if (runs) {
      notifyAll();
      return;
    }
    var thread = new Thread(this, "cajal-warmup");
    thread.setDaemon(true);
    try {
      thread.start();
      runs = true;
    } catch (OutOfMemoryError noThreadsLeft) {
      // Plain code it stays, at least until the next comes.
      LOG.log(Level.WARNING, "no thread to warm up vector code", noThreadsLeft);
    }
  }

  private boolean isHopeless() {
    return changes.get() == 0 && inVain.get() >= HOPELESS;
  }

  @Override
  public void run() {
    var trials = new ArrayList<Trial>();
    try {
      if (!hasStarted) {
        Thread.sleep(HEAD_START);
        hasStarted = true;
      }
      while (take(trials)) {
        // All in turn, so that the compiler works at one while another is being tried.
        long begin = System.nanoTime();
        trials.removeIf(Trial::isOver);
        if (isHopeless()) {
          trials.clear();
        }
        long took = (System.nanoTime() - begin) / 1_000_000;
        Thread.sleep(Math.clamp(took, 1, LONGEST_PAUSE));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end();
    }
  }

  private synchronized void end() {
    runs = false;
  }

  /** Takes what has come; false if there is nothing to try, and nothing comes. */
  private synchronized boolean take(List<Trial> trials) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE * 1_000_000;
    while (trials.isEmpty() && waiting.isEmpty()) {
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        runs = false;
        return false;
      }
      wait(left);
    }
    while (!waiting.isEmpty()) {
      trials.add(new Trial(waiting.remove()));
    }
    return true;
  }

  /** A candidate on its way. */
  private final class Trial {
    private final Candidate candidate;
    private @Nullable Rehearsal rehearsal;
    private boolean hasChanged;
    private int calls;
    private long spent;
    private long plain = Long.MAX_VALUE;

    Trial(Candidate candidate) {
      this.candidate = candidate;
    }

    /** Tries a little more; whether nothing is left to try. */
    boolean isOver() {
      try {
        Rehearsal its = rehearsal == null ? candidate.rehearsal() : rehearsal;
        rehearsal = its;
        if (its == null) {
          return true;
        }
        if (hasChanged) {
          return isPractised(its);
        }
        if (isQuick(its)) {
          candidate.changeOver();
          changes.incrementAndGet();
          hasChanged = true;
          spent = 0;
          return false;
        }
        if (spent > MOST || (spent > MOST / 2 && calls > OFTEN)) {
          inVain.incrementAndGet();
          return true;
        }
        return false;
      } catch (RuntimeException | Error e) {
        // The kernel goes on as it is.
        LOG.log(Level.WARNING, "vector code stays unused, since it failed", e);
        failures.incrementAndGet();
        return true;
      }
    }

    private boolean isPractised(Rehearsal its) {
      long start = System.nanoTime();
      for (int i = 0; i < 8 * its.calls(); i++) {
        its.vectors();
      }
      calls += 8 * its.calls();
      spent += System.nanoTime() - start;
      return calls > PRACTICE_CALLS || spent > PRACTICE;
    }

    private boolean isQuick(Rehearsal its) {
      int count = its.calls();
      its.reset();
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        its.vectors();
      }
      long middle = System.nanoTime();
      for (int i = 0; i < count; i++) {
        its.plain();
      }
      long end = System.nanoTime();
      plain = Math.min(plain, end - middle);
      calls += count;
      spent += end - start;
      boolean isKnown = calls >= FEWEST_CALLS || spent >= LEAST_TIME;
      return isKnown && middle - start <= ENOUGH * plain;
    }
  }
}
