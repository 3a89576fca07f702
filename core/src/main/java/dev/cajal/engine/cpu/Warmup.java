package dev.cajal.engine.cpu;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
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

  /** How long one kernel's vector code is tried, in ns, once it has been called often enough. */
  private static final long MOST = 1_000_000_000L;

  /** After so many calls the compiler should have taken notice. */
  private static final int OFTEN = 20_000;

  /** How many calls are timed together. */
  private static final int CALLS = 16;

  /** Vector code on little memory needs at most so much of the time that plain code needs. */
  private static final double ENOUGH = 1.3;

  /** The thread pauses as long as it works, in ms at most, and leaves the processor to others. */
  private static final long LONGEST_PAUSE = 5;

  private static final Warmup ONLY = new Warmup();

  /** Code that could change over. */
  interface Candidate {
    /** What both do the same little work with; created when its turn has come. */
    Rehearsal rehearsal();

    /** Changes over to the vector code. */
    void changeOver();
  }

  /** The same little work by two codes. */
  interface Rehearsal {
    /** Makes the numbers what they were at first. */
    void reset();

    void plain();

    void vectors();
  }

  private final Queue<Candidate> waiting = new ArrayDeque<>();
  private boolean runs;

  private Warmup() {}

  /** Takes a candidate; each should be given once. */
  static void add(Candidate candidate) {
    ONLY.enqueue(candidate);
  }

  private synchronized void enqueue(Candidate candidate) {
    waiting.add(candidate);
    if (!runs) {
      runs = true;
      var thread = new Thread(this, "cajal-warmup");
      thread.setDaemon(true);
      thread.start();
    } else {
      notifyAll();
    }
  }

  @Override
  public void run() {
    var trials = new ArrayList<Trial>();
    try {
      Thread.sleep(HEAD_START);
      while (take(trials)) {
        // All in turn, so that the compiler works at one while another is being tried.
        long begin = System.nanoTime();
        trials.removeIf(Trial::isOver);
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
  private static final class Trial {
    private final Candidate candidate;
    private @Nullable Rehearsal rehearsal;
    private int calls;
    private long plain = Long.MAX_VALUE;
    private long since;

    Trial(Candidate candidate) {
      this.candidate = candidate;
    }

    /** Tries a little more; whether nothing is left to try. */
    boolean isOver() {
      try {
        Rehearsal its = rehearsal;
        if (its == null) {
          its = candidate.rehearsal();
          rehearsal = its;
        }
        if (isQuick(its)) {
          candidate.changeOver();
          return true;
        }
        if (calls < OFTEN) {
          since = System.nanoTime();
        }
        return System.nanoTime() - since > MOST;
      } catch (RuntimeException | Error e) {
        // The kernel goes on as it is.
        LOG.log(Level.WARNING, "vector code stays unused, since it failed", e);
        return true;
      }
    }

    private boolean isQuick(Rehearsal its) {
      its.reset();
      long start = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        its.vectors();
      }
      long middle = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        its.plain();
      }
      plain = Math.min(plain, System.nanoTime() - middle);
      calls += CALLS;
      return middle - start <= ENOUGH * plain;
    }
  }
}
