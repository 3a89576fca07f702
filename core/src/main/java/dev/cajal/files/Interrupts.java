package dev.cajal.files;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/** Interrupts of a thread, which close the files that it is reading or writing. */
public final class Interrupts {
  private Interrupts() {}

  /** Something with files that can be done again. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws IOException;
  }

  /** Does it; an interrupt waits until it is done. */
  public static <T> T held(Work<T> work) throws IOException {
    boolean wasInterrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return work.run();
        } catch (ClosedByInterruptException e) {
          wasInterrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
