package dev.cajal.engine.cpu.emit;

import java.util.SplittableRandom;

/** Floats of all sizes to try functions on. */
final class Samples {
  /** Zeros, ends of ranges, and where the functions change their formula or overflow. */
  private static final float[] SPECIAL = {
    0f,
    1f,
    0.5f,
    1.5f,
    2f,
    2.5f,
    3f,
    0x1p-149f,
    0x1p-127f,
    0x1p-126f,
    0x1p-30f,
    0x1p-25f,
    0.25f,
    0.3465736f,
    0.6f,
    0.93f,
    3.95f,
    9.1f,
    17.3f,
    20f,
    87.33655f,
    88.72283f,
    88.72284f,
    89.1f,
    90f,
    103.97f,
    103.98f,
    105f,
    1e5f,
    0x1p17f,
    131073f,
    8388607.5f,
    0x1p23f,
    0x1p24f,
    1e10f,
    0x1p127f,
    Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NaN
  };

  private Samples() {}

  /** So many floats: special ones with both signs, then random bits, and sizes from 2⁻¹² to 2⁸. */
  static float[] floats(int count, long seed) {
    var random = new SplittableRandom(seed);
    float[] x = new float[count];
    for (int i = 0; i < count; i++) {
      if (i < 2 * SPECIAL.length) {
        x[i] = i % 2 == 0 ? SPECIAL[i / 2] : -SPECIAL[i / 2];
      } else if (i % 2 == 0) {
        x[i] = Float.intBitsToFloat(random.nextInt());
      } else {
        float size = Math.scalb(1 + random.nextFloat(), random.nextInt(-12, 8));
        x[i] = random.nextBoolean() ? size : -size;
      }
    }
    return x;
  }
}
