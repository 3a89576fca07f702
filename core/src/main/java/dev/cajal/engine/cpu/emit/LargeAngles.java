package dev.cajal.engine.cpu.emit;

/** sin and cos of numbers for which generated code does not reduce the angle itself. */
public final class LargeAngles {
  private LargeAngles() {}

  public static float sine(float x) {
    return (float) StrictMath.sin(x);
  }

  public static float cosine(float x) {
    return (float) StrictMath.cos(x);
  }

  /** Replaces each number by its sine. */
  public static void sines(float[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = sine(x[i]);
    }
  }

  /** Replaces each number by its cosine. */
  public static void cosines(float[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = cosine(x[i]);
    }
  }
}
