package dev.cajal.data.builtin;

import dev.cajal.random.RandomStream;
import java.util.Arrays;
import java.util.List;

/**
 * Pictures of the digits 0 to 9, as many as wanted: {@value #SIZE} × {@value #SIZE} greys, written
 * in many typefaces and hands, turned, shifted, scaled, slanted, bent, blurred and noised.
 *
 * <p>Picture number i depends on the seed and on i alone: pictures can be drawn in any order and
 * from any thread, when they are needed, and are the same on every machine. Each ten pictures from
 * a multiple of ten on have one of each digit, in random order.
 */
public final class Digits {

  /** How many pixels a picture has on each side. */
  public static final int SIZE = 28;

  /** How many pixels a picture has. */
  public static final int PIXELS = SIZE * SIZE;

  /** How many digits there are. */
  public static final int CLASSES = 10;

  /** From here on the positions of a picture's stream are its noise, a byte each pixel. */
  private static final long NOISE = 1000;

  private static final Glyph[] GLYPHS = glyphs();

  private final RandomStream order;
  private final RandomStream pictures;

  private Digits(long seed) {
    this.order = RandomStream.of(seed, "digits.order");
    this.pictures = RandomStream.of(seed, "digits.pictures");
  }

  /** The pictures of a seed. */
  public static Digits of(long seed) {
    return new Digits(seed);
  }

  /** The names of the typefaces. */
  public static List<String> typefaces() {
    return Typeface.all().stream().map(Typeface::name).toList();
  }

  /** Which digit a picture shows. */
  public int label(long index) {
    requireIndex(index);
    return order.derive(index / CLASSES).permutation(CLASSES)[(int) (index % CLASSES)];
  }

  /** The name of the typeface that a picture is written in. */
  public String typeface(long index) {
    requireIndex(index);
    return Typeface.all().get(typeface(pictures.derive(index))).name();
  }

  /** A picture, row after row from the top: 0 is paper and 1 is ink. */
  public float[] picture(long index) {
    var picture = new float[PIXELS];
    draw(index, picture, 0);
    return picture;
  }

  /** Writes a picture, as {@link #picture} gives it, into an array from an offset on. */
  public void draw(long index, float[] into, int offset) {
    int digit = label(index);
    RandomStream random = pictures.derive(index);
    int face = typeface(random);
    Typeface typeface = Typeface.all().get(face);
    Pose pose = Pose.of(typeface, random, SIZE);
    draw(GLYPHS[face * CLASSES + digit], typeface, pose, into, offset);
    develop(pose, random, into, offset);
  }

  static void draw(Glyph glyph, Typeface typeface, Pose pose, float[] into, int offset) {
    Arrays.fill(into, offset, offset + PIXELS, 0);
    var x = new float[glyph.points()];
    var y = new float[glyph.points()];
    for (int i = 0; i < x.length; i++) {
      x[i] = pose.x(glyph.x[i], glyph.y[i]);
      y[i] = pose.y(glyph.x[i], glyph.y[i]);
    }
    var canvas = new Canvas(SIZE, into, offset, pose.softness());
    for (int i = 0; i < glyph.strokes(); i++) {
      canvas.stroke(
          pose.nib(),
          x,
          y,
          glyph.pressure,
          glyph.starts[i],
          glyph.starts[i + 1],
          typeface.pen().round());
    }
  }

  /** Makes greys of coverage: edges become soft, ink less than black, and there is some noise. */
  private static void develop(Pose pose, RandomStream random, float[] into, int offset) {
    float step = pose.noise() / 15;
    int bits = 0;
    for (int i = 0; i < PIXELS; i++) {
      bits = (i & 3) == 0 ? random.bits(NOISE + (i >> 2)) : bits >>> 8;
      int noise = (bits & 15) - ((bits >>> 4) & 15);
      float ink = into[offset + i];
      float grey = ink * ink * (3 - 2 * ink) * pose.strength() + step * noise;
      into[offset + i] = Math.max(0, Math.min(1, grey));
    }
  }

  private static int typeface(RandomStream random) {
    return random.below(Typeface.all().size(), NOISE - 1);
  }

  private static Glyph[] glyphs() {
    List<Typeface> faces = Typeface.all();
    var glyphs = new Glyph[faces.size() * CLASSES];
    for (int i = 0; i < glyphs.length; i++) {
      glyphs[i] = Flattening.of(faces.get(i / CLASSES), i % CLASSES);
    }
    return glyphs;
  }

  private static void requireIndex(long index) {
    if (index < 0) {
      throw new IllegalArgumentException("digits: a picture has an index from 0 on, not " + index);
    }
  }
}
