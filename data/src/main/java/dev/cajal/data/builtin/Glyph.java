package dev.cajal.data.builtin;

/**
 * A digit of a typeface as strokes of straight pieces, in a square of side 1 around the origin, y
 * downwards.
 */
final class Glyph {

  /** The points of all strokes, one stroke after another. */
  final float[] x;

  final float[] y;

  /** How wide the stroke is at each point: 1 where the pen is as wide as always. */
  final float[] pressure;

  /** Where each stroke begins, and after the last where it ends. */
  final int[] starts;

  Glyph(float[] x, float[] y, float[] pressure, int[] starts) {
    this.x = x;
    this.y = y;
    this.pressure = pressure;
    this.starts = starts;
  }

  int points() {
    return x.length;
  }

  int strokes() {
    return starts.length - 1;
  }
}
