package dev.cajal.data.image;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * Images of one size and their classes, held as bytes {@code [image, channel, row, column]}, so
 * that 60,000 of 28 x 28 pixels take 47 MB; what a network gets of them are floats from 0 to 1.
 */
public final class Images implements Pictures {
  private static final float BRIGHTEST = 255;

  private final PixelFormat format;
  private final byte[] pixels;
  private final int[] labels;
  private final List<String> classes;

  private Images(PixelFormat format, byte[] pixels, int[] labels, List<String> classes) {
    this.format = format;
    this.pixels = pixels;
    this.labels = labels;
    this.classes = List.copyOf(classes);
  }

  /**
   * Images over arrays that are not copied.
   *
   * @param pixels the bytes from 0 to 255 of one image after the other
   * @param labels of each image, the position of its class among the classes
   */
  public static Images wrap(PixelFormat format, byte[] pixels, int[] labels, List<String> classes) {
    if (pixels.length != (long) labels.length * format.bytes()) {
      throw new IllegalArgumentException(
          "%d images of %s have %d bytes, not %d"
              .formatted(
                  labels.length, format, (long) labels.length * format.bytes(), pixels.length));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes.size()) {
        throw new IllegalArgumentException(
            "image %d has the label %d, and there are %d classes"
                .formatted(i, labels[i], classes.size()));
      }
    }
    return new Images(format, pixels, labels, classes);
  }

  /** How many there are. */
  @Override
  public int count() {
    return labels.length;
  }

  /** The size and the channels that all of them have. */
  @Override
  public PixelFormat format() {
    return format;
  }

  /** The names of the classes; labels are positions among them. */
  @Override
  public List<String> classes() {
    return classes;
  }

  /** The label of the image at a position. */
  @Override
  public int label(int position) {
    return labels[Objects.checkIndex(position, labels.length)];
  }

  /** How bright a pixel of the image at a position is, 0 to 255. */
  public int pixel(int position, int channel, int row, int column) {
    Objects.checkIndex(position, labels.length);
    Objects.checkIndex(channel, format.channels());
    Objects.checkIndex(row, format.height());
    Objects.checkIndex(column, format.width());
    int line = channel * format.height() + row;
    return Byte.toUnsignedInt(
        pixels[(position * format.bytes()) + (line * format.width()) + column]);
  }

  @Override
  public void draw(int position, float[] into, int offset) {
    int from = Objects.checkIndex(position, labels.length) * format.bytes();
    int pixelsOfOne = format.height() * format.width();
    int at = offset;
    for (int pixel = 0; pixel < pixelsOfOne; pixel++) {
      for (int channel = 0; channel < format.channels(); channel++) {
        into[at++] = Byte.toUnsignedInt(pixels[from + channel * pixelsOfOne + pixel]) / BRIGHTEST;
      }
    }
  }

  /** The images at some positions as floats from 0 to 1, {@code [batch, channel, row, column]}. */
  public Array batch(int... positions) {
    int size = format.bytes();
    var floats = new float[Math.multiplyExact(positions.length, size)];
    for (int i = 0; i < positions.length; i++) {
      int from = Objects.checkIndex(positions[i], labels.length) * size;
      for (int k = 0; k < size; k++) {
        floats[(i * size) + k] = Byte.toUnsignedInt(pixels[from + k]) / BRIGHTEST;
      }
    }
    return Array.wrap(
        floats, Shape.of(positions.length, format.channels(), format.height(), format.width()));
  }

  /** The labels of the images at some positions, {@code [batch]}. */
  public Array labels(int... positions) {
    var some = new int[positions.length];
    for (int i = 0; i < positions.length; i++) {
      some[i] = label(positions[i]);
    }
    return Array.wrap(some, Shape.of(positions.length));
  }

  /** A copy of the images at some positions, in that order. */
  public Images select(int... positions) {
    int size = format.bytes();
    var some = new byte[Math.multiplyExact(positions.length, size)];
    var their = new int[positions.length];
    for (int i = 0; i < positions.length; i++) {
      their[i] = label(positions[i]);
      System.arraycopy(pixels, positions[i] * size, some, i * size, size);
    }
    return new Images(format, some, their, classes);
  }

  /** The CRC-32C of all that these are: the format, the classes, the labels and the pixels. */
  public String checksum() {
    var crc = new CRC32C();
    var number = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int size :
        new int[] {
          labels.length, format.channels(), format.height(), format.width(), classes.size()
        }) {
      crc.update(number.putInt(0, size).array());
    }
    for (String name : classes) {
      byte[] letters = name.getBytes(StandardCharsets.UTF_8);
      crc.update(number.putInt(0, letters.length).array());
      crc.update(letters);
    }
    for (int label : labels) {
      crc.update(number.putInt(0, label).array());
    }
    crc.update(pixels);
    return "%08x".formatted(crc.getValue());
  }

  /** As in {@code 60000 images, 28 x 28, grey, of 10 classes}. */
  @Override
  public String toString() {
    return "%d images, %s, of %d classes".formatted(count(), format, classes.size());
  }
}
