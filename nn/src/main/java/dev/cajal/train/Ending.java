package dev.cajal.train;

/** Why training ended. */
public enum Ending {
  /** All epochs, or steps, are done. */
  DONE,
  /** Nothing became better any more. */
  EARLY,
  /** Somebody wanted it to stop; it can be resumed. */
  STOPPED
}
