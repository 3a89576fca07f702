package dev.cajal.data.builtin;

import dev.cajal.random.RandomStream;

/**
 * How one digit happens to be written: where, how large, how much turned, how far out of shape, by
 * how soft and wide a pen. A point (x, y) of a glyph is first bent,
 *
 * <pre>
 *   x' = x + b₀y² + b₁xy + b₂y³,   y' = y + b₃x² + b₄xy + b₅x³
 * </pre>
 *
 * <p>and then placed by a matrix and a shift.
 *
 * @param softness how wide the edges of strokes are, in pixels
 * @param strength how black ink is, at most 1
 * @param noise how far greys are from what they should be, at most
 */
record Pose(Bend bend, Placement placement, Nib nib, float softness, float strength, float noise) {

  /** The six numbers of the formula. */
  record Bend(float b0, float b1, float b2, float b3, float b4, float b5) {}

  /** x ↦ xx·x + xy·y + shiftX, y ↦ yx·x + yy·y + shiftY. */
  record Placement(float xx, float xy, float yx, float yy, float shiftX, float shiftY) {

    /** Around a middle, as far as there is room. */
    Placement shifted(float middle, float room, RandomStream random) {
      return new Placement(
          xx, xy, yx, yy, middle + room * around(random, 7), middle + room * around(random, 8));
    }
  }

  /** How high a digit of middling size is, in pixels. */
  private static final float HEIGHT = 19.5f;

  /** No pen is thinner than this, in pixels: it could hardly be seen. */
  private static final float THINNEST = 1.1f;

  private static final float LEAST_BEND = 0.03f;
  private static final double DEGREE = StrictMath.PI / 180;

  /** What the numbers of a stream say for a typeface, on a canvas of a size. */
  static Pose of(Typeface typeface, RandomStream random, int size) {
    Typeface.Stance stance = typeface.stance();
    Typeface.Pen pen = typeface.pen();
    float height = HEIGHT * (1 + 0.15f * around(random, 0));
    float width = stance.width() * (1 + 0.16f * around(random, 1));
    float slant = stance.slant() + 0.11f * around(random, 2);
    float weight = Math.max(pen.weight() * (1 + 0.3f * around(random, 5)), THINNEST / height);
    // a heavy pen reaches further beyond the points that it goes through
    float inside = height * (1 - 0.7f * weight);
    float edge = (float) random.uniform(9);
    float speckle = (float) random.uniform(10);
    return new Pose(
        bend(random, LEAST_BEND + stance.wobble()),
        placement(random, inside * width, inside, -slant * inside)
            .shifted((size - 1) * 0.5f, (size - height) * 0.25f, random),
        nib(random, pen, height * weight / 2),
        1 + 1.3f * edge * edge,
        1 - 0.25f * (float) random.uniform(11),
        0.12f * speckle * speckle);
  }

  /** Turned by up to 18°, mostly by less: the tangent of half the angle gives cosine and sine. */
  private static Placement placement(RandomStream random, float across, float down, float lean) {
    float tangent = 0.08f * (around(random, 3) + around(random, 4));
    float square = tangent * tangent;
    float cosine = (1 - square) / (1 + square);
    float sine = 2 * tangent / (1 + square);
    return new Placement(
        cosine * across,
        cosine * lean - sine * down,
        sine * across,
        sine * lean + cosine * down,
        0,
        0);
  }

  private static Nib nib(RandomStream random, Typeface.Pen pen, float half) {
    double angle = DEGREE * (pen.angle() + 10 * around(random, 6));
    return new Nib(
        (float) StrictMath.cos(angle),
        (float) -StrictMath.sin(angle),
        half,
        Math.max(half * (1 - pen.contrast()), THINNEST / 3));
  }

  private static Bend bend(RandomStream random, float most) {
    return new Bend(
        2 * most * around(random, 12),
        2 * most * around(random, 13),
        4 * most * around(random, 14),
        2 * most * around(random, 15),
        2 * most * around(random, 16),
        3 * most * around(random, 17));
  }

  /** From −1 to 1. */
  private static float around(RandomStream random, long position) {
    return (float) (2 * random.uniform(position) - 1);
  }

  float x(float x, float y) {
    float bentX = bentX(x, y);
    float bentY = bentY(x, y);
    return placement.xx * bentX + placement.xy * bentY + placement.shiftX;
  }

  float y(float x, float y) {
    float bentX = bentX(x, y);
    float bentY = bentY(x, y);
    return placement.yx * bentX + placement.yy * bentY + placement.shiftY;
  }

  private float bentX(float x, float y) {
    return x + y * (bend.b0 * y + bend.b1 * x + bend.b2 * y * y);
  }

  private float bentY(float x, float y) {
    return y + x * (bend.b3 * x + bend.b4 * y + bend.b5 * x * x);
  }
}
