package dev.cajal.data.builtin;

/** A square of pixels on which strokes leave ink, from 0 to 1. */
final class Canvas {

  /** The cosine of how far strokes turn at a point where they have no corner. */
  private static final float SMOOTH = 0.7f;

  private static final float FAR = 1e6f;

  private final int size;
  private final float[] ink;
  private final int offset;
  private final float softness;

  /**
   * @param softness how wide the edge of a stroke is, in pixels
   */
  Canvas(int size, float[] ink, int offset, float softness) {
    this.size = size;
    this.ink = ink;
    this.offset = offset;
    this.softness = softness;
  }

  /**
   * Draws points from one to before another, joined.
   *
   * @param pressure how much of the nib's width counts at each point
   * @param round whether the ends are, or cut off where the nib ends
   */
  void stroke(Nib nib, float[] x, float[] y, float[] pressure, int from, int to, boolean round) {
    if (to - from == 1) {
      float radius = nib.wide() * pressure[from];
      line(x[from], y[from], 1, 0, 0, radius, radius, false, false);
      return;
    }
    for (int i = from; i + 1 < to; i++) {
      float dx = x[i + 1] - x[i];
      float dy = y[i + 1] - y[i];
      float length = (float) Math.sqrt((dx * dx) + (dy * dy));
      if (length == 0) {
        continue;
      }
      dx /= length;
      dy /= length;
      float start = nib.reach(-dy, dx);
      float end = start;
      if (i > from) {
        start = joined(nib, start, dx, dy, x[i] - x[i - 1], y[i] - y[i - 1]);
      }
      if (i + 2 < to) {
        end = joined(nib, end, dx, dy, x[i + 2] - x[i + 1], y[i + 2] - y[i + 1]);
      }
      boolean flatStart = !round && i == from;
      boolean flatEnd = !round && i + 2 == to;
      float beyond = nib.reach(dx, dy);
      float before = flatStart ? beyond : 0;
      line(
          x[i] - before * dx,
          y[i] - before * dy,
          dx,
          dy,
          length + before + (flatEnd ? beyond : 0),
          start * pressure[i],
          end * pressure[i + 1],
          flatStart,
          flatEnd);
    }
  }

  /** How wide a piece is where it meets another: halfway between both, but not at a corner. */
  private static float joined(Nib nib, float half, float dx, float dy, float otherX, float otherY) {
    float length = (float) Math.sqrt((otherX * otherX) + (otherY * otherY));
    if (dx * otherX + dy * otherY <= SMOOTH * length) {
      return half;
    }
    return (half + nib.reach(-otherY / length, otherX / length)) / 2;
  }

  /** A piece from (x, y) along (dx, dy), of length 1, as wide as two radii say. */
  private void line(
      float x,
      float y,
      float dx,
      float dy,
      float length,
      float radius,
      float endRadius,
      boolean flatStart,
      boolean flatEnd) {
    float half = softness / 2;
    float sharpness = 1 / softness;
    float widest = Math.max(radius, endRadius) + half;
    float endX = x + length * dx;
    float endY = y + length * dy;
    int left = Math.max(0, (int) (Math.min(x, endX) - widest + 0.5f));
    int right = Math.min(size - 1, (int) (Math.max(x, endX) + widest));
    int top = Math.max(0, (int) (Math.min(y, endY) - widest + 0.5f));
    int bottom = Math.min(size - 1, (int) (Math.max(y, endY) + widest));
    float widening = length > 0 ? (endRadius - radius) / length : 0;
    float lowest = flatStart ? -FAR : 0;
    float highest = flatEnd ? FAR : length;
    float startEdge = flatStart ? half : FAR;
    float endEdge = flatEnd ? half + length : FAR;
    for (int row = top; row <= bottom; row++) {
      float fromY = row - y;
      int at = offset + row * size;
      for (int column = left; column <= right; column++) {
        float fromX = column - x;
        float along = fromX * dx + fromY * dy;
        float t = Math.max(lowest, Math.min(highest, along));
        float awayX = fromX - t * dx;
        float awayY = fromY - t * dy;
        float squared = awayX * awayX + awayY * awayY;
        float reach = radius + widening * t + half;
        if (squared < reach * reach) {
          float depth = reach - (float) Math.sqrt(squared);
          depth = Math.min(depth, Math.min(startEdge + along, endEdge - along));
          float coverage = Math.min(1, depth * sharpness);
          if (coverage > ink[at + column]) {
            ink[at + column] = coverage;
          }
        }
      }
    }
  }
}
