package dev.cajal.data.image;

/** How wide and how high an image is, in pixels. */
public record PixelSize(int width, int height) {
  /** So many pixels take 300 MB in colours while they are scaled. */
  private static final int MOST_PIXELS = 100_000_000;

  public PixelSize {
    if (width < 1 || height < 1 || (long) width * height > MOST_PIXELS) {
      throw new IllegalArgumentException(
          "an image has 1 to %d pixels, not %d x %d".formatted(MOST_PIXELS, width, height));
    }
  }

  /** As in {@code 640 x 480}. */
  @Override
  public String toString() {
    return width + " x " + height;
  }
}
