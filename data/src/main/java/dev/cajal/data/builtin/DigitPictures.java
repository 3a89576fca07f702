package dev.cajal.data.builtin;

import dev.cajal.data.image.Pictures;
import dev.cajal.data.image.PixelFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A part of the endless row of pictures of digits.
 *
 * @param first the number of its first picture
 */
public record DigitPictures(Digits digits, long first, int count) implements Pictures {

  @Override
  public PixelFormat format() {
    return new PixelFormat(1, Digits.SIZE, Digits.SIZE);
  }

  @Override
  public List<String> classes() {
    return IntStream.range(0, Digits.CLASSES).mapToObj(String::valueOf).toList();
  }

  @Override
  public int label(int position) {
    return digits.label(first + position);
  }

  @Override
  public void draw(int position, float[] into, int offset) {
    digits.draw(first + position, into, offset);
  }
}
