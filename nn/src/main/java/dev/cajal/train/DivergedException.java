package dev.cajal.train;

import dev.cajal.CajalException;

/** The loss became infinite, or not a number: under these settings there is nothing to learn. */
public final class DivergedException extends CajalException {

  public DivergedException(String message) {
    super(message);
  }
}
