package dev.cajal.data.builtin;

/**
 * The end of a pen: an oval, held at an angle. It draws a line as wide as it is itself across the
 * line, so that a broad nib makes strokes thick and thin.
 *
 * @param cosine of the angle of its long axis
 * @param wide half of its long axis
 * @param narrow half of its short axis
 */
record Nib(float cosine, float sine, float wide, float narrow) {

  /** How far it reaches from its middle along a direction, given as a vector of length 1. */
  float reach(float x, float y) {
    float along = wide * (x * cosine + y * sine);
    float across = narrow * (y * cosine - x * sine);
    return (float) Math.sqrt((along * along) + (across * across));
  }
}
