package dev.cajal.nn;

import dev.cajal.random.RandomStream;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where a layer has its random numbers from. As a component of a record it gets its streams from
 * its path in the model, so that the same model drops the same units in each process, and no two
 * layers of it do. A layer that is applied several times in a model has a stream each time; {@link
 * Parameters#of} begins anew with the first.
 */
public final class Dice {
  private static final AtomicLong NAMELESS = new AtomicLong(-1);

  private OptionalLong stream = OptionalLong.empty();
  private long applications;

  /** Dice that no layer has yet. */
  public Dice() {
    // A stream is not taken before it is needed: the model may name it.
  }

  /**
   * The stream of the next application, by its path and how often it was applied before; dice that
   * are in no model have streams that no others have.
   */
  public synchronized long next() {
    if (stream.isEmpty()) {
      stream = OptionalLong.of(NAMELESS.getAndDecrement());
    }
    return new RandomStream(0, stream.getAsLong()).derive(applications++).stream();
  }

  synchronized void begin(String path) {
    stream = OptionalLong.of(RandomStream.of(0, path).stream());
    applications = 0;
  }
}
