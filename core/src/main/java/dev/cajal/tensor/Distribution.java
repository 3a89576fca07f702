package dev.cajal.tensor;

/** How the numbers of {@link Op.Random} are distributed. */
public enum Distribution {
  /** Uniform in [0, 1). */
  UNIFORM,
  /** Normal with mean 0 and variance 1. */
  NORMAL
}
