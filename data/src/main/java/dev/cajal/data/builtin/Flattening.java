package dev.cajal.data.builtin;

import java.util.Arrays;

/** Reads the path of a digit and makes straight pieces of its curves. */
final class Flattening {

  private static final int QUARTER_PIECES = 4;
  private static final int CURVE_PIECES = 7;
  private static final int SPLINE_PIECES = 3;

  /** A line by hand is bent: it is cut in pieces of this length. */
  private static final float LINE_PIECE = 26;

  private static final float SERIF_PRESSURE = 0.9f;
  private static final float DOT_PRESSURE = 1.15f;
  private static final float BALL_PRESSURE = 1.25f;

  private static final int ROWS = 7;
  private static final int COLUMNS = 5;

  private final String path;
  private final Typeface typeface;
  private int next;

  private float[] x = new float[128];
  private float[] y = new float[128];
  private float[] pressure = new float[128];
  private int points;
  private int[] starts = new int[40];
  private int strokes;

  private Flattening(String path, Typeface typeface) {
    this.path = path;
    this.typeface = typeface;
  }

  /** A digit as a typeface has it. */
  static Glyph of(Typeface typeface, int digit) {
    String path = Skeletons.path(digit, typeface.forms().charAt(digit));
    return new Flattening(path, typeface).glyph();
  }

  private Glyph glyph() {
    while (next < path.length()) {
      char command = path.charAt(next++);
      if (command != ' ') {
        follow(command);
      }
    }
    starts[strokes] = points;
    taper();
    for (int i = 0; i < points; i++) {
      x[i] = (x[i] - 50) / 100;
      y[i] = (y[i] - 50) / 100;
    }
    return new Glyph(
        Arrays.copyOf(x, points),
        Arrays.copyOf(y, points),
        Arrays.copyOf(pressure, points),
        Arrays.copyOf(starts, strokes + 1));
  }

  private void follow(char command) {
    switch (command) {
      case 'M' -> move(number(), number(), 1);
      case 'L' -> line(number(), number());
      case 'H', 'V' -> quarter(command == 'H', number(), number());
      case 'C' -> curve(number(), number(), number(), number(), number(), number());
      case 'S' -> spline();
      case 'D' -> move(number(), number(), DOT_PRESSURE);
      case 'B' -> ball(number(), number());
      case 'F' -> foot(number(), number());
      case 'T' -> tick(number(), number(), number());
      case 'P' -> rows();
      default -> throw new IllegalStateException("no command " + command + " in " + path);
    }
  }

  private float number() {
    while (path.charAt(next) == ' ') {
      next++;
    }
    int sign = 1;
    if (path.charAt(next) == '-') {
      sign = -1;
      next++;
    }
    int value = 0;
    while (next < path.length() && path.charAt(next) >= '0' && path.charAt(next) <= '9') {
      value = 10 * value + (path.charAt(next++) - '0');
    }
    return sign * value;
  }

  private boolean numberFollows() {
    int at = next;
    while (at < path.length() && path.charAt(at) == ' ') {
      at++;
    }
    return at < path.length() && path.charAt(at) <= '9';
  }

  private void move(float toX, float toY, float itsPressure) {
    starts[strokes++] = points;
    point(toX, toY, itsPressure);
  }

  private void point(float atX, float atY, float itsPressure) {
    if (points == x.length) {
      x = Arrays.copyOf(x, 2 * points);
      y = Arrays.copyOf(y, 2 * points);
      pressure = Arrays.copyOf(pressure, 2 * points);
    }
    x[points] = atX;
    y[points] = atY;
    pressure[points++] = itsPressure;
  }

  private void line(float toX, float toY) {
    float fromX = x[points - 1];
    float fromY = y[points - 1];
    float far = Math.max(Math.abs(toX - fromX), Math.abs(toY - fromY));
    boolean byHand = typeface.stance().wobble() > 0.02f;
    int pieces = byHand ? Math.max(1, Math.round(far / LINE_PIECE)) : 1;
    for (int i = 1; i <= pieces; i++) {
      float t = (float) i / pieces;
      point(fromX + t * (toX - fromX), fromY + t * (toY - fromY), 1);
    }
  }

  private void quarter(boolean horizontal, float toX, float toY) {
    float fromX = x[points - 1];
    float fromY = y[points - 1];
    float k = typeface.stance().roundness();
    float acrossX = k * (toX - fromX);
    float acrossY = k * (toY - fromY);
    if (horizontal) {
      curve(fromX + acrossX, fromY, toX, toY - acrossY, toX, toY, QUARTER_PIECES);
    } else {
      curve(fromX, fromY + acrossY, toX - acrossX, toY, toX, toY, QUARTER_PIECES);
    }
  }

  private void curve(float x1, float y1, float x2, float y2, float toX, float toY) {
    curve(x1, y1, x2, y2, toX, toY, CURVE_PIECES);
  }

  private void curve(float x1, float y1, float x2, float y2, float toX, float toY, int pieces) {
    float fromX = x[points - 1];
    float fromY = y[points - 1];
    for (int i = 1; i <= pieces; i++) {
      float t = (float) i / pieces;
      float s = 1 - t;
      float a = s * s * s;
      float b = 3 * s * s * t;
      float c = 3 * s * t * t;
      float d = t * t * t;
      point(a * fromX + b * x1 + c * x2 + d * toX, a * fromY + b * y1 + c * y2 + d * toY, 1);
    }
  }

  /** The Catmull-Rom spline, whose tangent at a point is half the way between its neighbours. */
  private void spline() {
    var px = new float[24];
    var py = new float[24];
    px[0] = x[points - 1];
    py[0] = y[points - 1];
    int count = 1;
    while (numberFollows()) {
      px[count] = number();
      py[count++] = number();
    }
    for (int i = 1; i < count; i++) {
      int before = Math.max(0, i - 2);
      int after = Math.min(count - 1, i + 1);
      curve(
          px[i - 1] + (px[i] - px[before]) / 6,
          py[i - 1] + (py[i] - py[before]) / 6,
          px[i] - (px[after] - px[i - 1]) / 6,
          py[i] - (py[after] - py[i - 1]) / 6,
          px[i],
          py[i],
          SPLINE_PIECES);
    }
  }

  private void ball(float atX, float atY) {
    if (typeface.stance().serif() > 0) {
      move(atX, atY, BALL_PRESSURE);
    }
  }

  private void foot(float atX, float atY) {
    float reach = 100 * typeface.stance().serif() / typeface.stance().width();
    if (reach > 0) {
      move(atX - reach, atY, SERIF_PRESSURE);
      point(atX + reach, atY, SERIF_PRESSURE);
    }
  }

  private void tick(float atX, float fromY, float toY) {
    if (typeface.stance().serif() > 0) {
      move(atX, fromY, SERIF_PRESSURE);
      point(atX, toY, SERIF_PRESSURE);
    }
  }

  /** A round pen makes a dot of each point, a square one a line of those beside one another. */
  private void rows() {
    boolean dots = typeface.pen().round();
    for (int row = 0; row < ROWS; row++) {
      int bits = (int) number() << 1;
      float atY = row * 100f / (ROWS - 1);
      for (int column = 0; column < COLUMNS; column++) {
        float atX = column * 100f / (COLUMNS - 1);
        int bit = 1 << (COLUMNS - column);
        if ((bits & bit) != 0) {
          if (dots) {
            move(atX, atY, DOT_PRESSURE);
          } else {
            if ((bits & (bit << 1)) == 0) {
              move(atX - 3, atY, 1);
            }
            if ((bits & (bit >> 1)) == 0) {
              point(atX + 3, atY, 1);
            }
          }
        }
      }
    }
  }

  /** A pen that is put down and lifted: less wide at both ends of a stroke, as u⁴ from −1 to 1. */
  private void taper() {
    float most = typeface.pen().taper();
    for (int stroke = 0; stroke < strokes; stroke++) {
      int from = starts[stroke];
      int last = starts[stroke + 1] - 1;
      for (int i = from; i <= last && last > from; i++) {
        float u = (float) (2 * i - from - last) / (last - from);
        pressure[i] *= 1 - most * u * u * u * u;
      }
    }
  }
}
