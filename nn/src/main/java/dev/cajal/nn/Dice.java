package dev.cajal.nn;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where a layer has its random numbers from. As a component of a record it gets its stream from its
 * path in the model, so that the same model drops the same units in each process, and no two layers
 * of it do.
 */
public final class Dice {
  private static final AtomicLong NAMELESS = new AtomicLong(-1);

  private OptionalLong stream = OptionalLong.empty();

  /** Dice that no layer has yet. */
  public Dice() {
    // A stream is not taken before it is needed: the model may name it.
  }

  /** The stream of its path; one that is in no model has a stream that no other has. */
  public synchronized long stream() {
    if (stream.isEmpty()) {
      stream = OptionalLong.of(NAMELESS.getAndDecrement());
    }
    return stream.getAsLong();
  }

  synchronized void set(long newStream) {
    stream = OptionalLong.of(newStream);
  }
}
