package dev.cajal.report;

/** How a training run ended. */
public sealed interface Status {

  /**
   * As it was meant to.
   *
   * @param how in words, such as {@code stopped early after epoch 112, in 8.1 s}
   */
  record Finished(String how) implements Status {}

  /**
   * Somebody wanted it to stop, and it can go on.
   *
   * @param how in words, such as {@code go on with: cajal train --resume runs/7}
   */
  record Stopped(String how) implements Status {}

  /**
   * Something went wrong.
   *
   * @param message what, where, and what would be right; may have several lines
   */
  record Failed(String message) implements Status {}
}
