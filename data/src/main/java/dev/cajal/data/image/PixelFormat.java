package dev.cajal.data.image;

/** What images of one kind have: how many channels, 1 for grey and 3 for colours, and pixels. */
public record PixelFormat(int channels, int height, int width) {
  public PixelFormat {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "an image has a channel and a pixel at least, not %d channels of %d x %d pixels"
              .formatted(channels, height, width));
    }
    Math.multiplyExact(channels, Math.multiplyExact(height, width));
  }

  /** How many bytes an image takes. */
  public int bytes() {
    return channels * height * width;
  }

  /** As in {@code 28 x 28, grey}, where the width comes first. */
  @Override
  public String toString() {
    String colours =
        switch (channels) {
          case 1 -> "grey";
          case 3 -> "RGB";
          default -> channels + " channels";
        };
    return "%d x %d, %s".formatted(width, height, colours);
  }
}
