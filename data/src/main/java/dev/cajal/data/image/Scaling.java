package dev.cajal.data.image;

/** Brings pictures to one size: {@link Resampling} along the rows, then along the columns. */
final class Scaling {
  private final PixelSize wanted;
  private final Fit fit;

  Scaling(PixelSize wanted, Fit fit) {
    this.wanted = wanted;
    this.fit = fit;
  }

  /** The bytes of a picture in the wanted size, one channel after the other. */
  byte[] scaled(Pixels pixels) {
    PixelSize size = pixels.size();
    double across = (double) size.width() / wanted.width();
    double down = (double) size.height() / wanted.height();
    return switch (fit) {
      case CROP -> {
        double scale = Math.min(across, down);
        int width = stretch(wanted.width() * scale, size.width());
        int height = stretch(wanted.height() * scale, size.height());
        yield resampled(
            pixels,
            Resampling.of(size.width(), (size.width() - width) / 2, width, wanted.width()),
            Resampling.of(size.height(), (size.height() - height) / 2, height, wanted.height()));
      }
      case PAD -> {
        double scale = Math.max(across, down);
        int width = stretch(size.width() / scale, wanted.width());
        int height = stretch(size.height() / scale, wanted.height());
        yield resampled(
            pixels,
            Resampling.of(size.width(), 0, size.width(), width),
            Resampling.of(size.height(), 0, size.height(), height));
      }
    };
  }

  private static int stretch(double exact, int most) {
    return Math.clamp(Math.round(exact), 1, most);
  }

  /** Puts the new pixels in the middle of the wanted size. */
  private byte[] resampled(Pixels pixels, Resampling columns, Resampling rows) {
    int oldWidth = pixels.size().width();
    int oldHeight = pixels.size().height();
    var result = new byte[pixels.channels() * wanted.width() * wanted.height()];
    int left = (wanted.width() - columns.count()) / 2;
    int top = (wanted.height() - rows.count()) / 2;
    var narrow = new double[columns.count() * oldHeight];
    var line = new double[columns.count()];
    for (int channel = 0; channel < pixels.channels(); channel++) {
      for (int row = 0; row < oldHeight; row++) {
        columns.row(pixels.plane(channel), row * oldWidth, narrow, row * line.length);
      }
      for (int row = 0; row < rows.count(); row++) {
        rows.rowOfRows(row, narrow, line);
        int start = ((channel * wanted.height()) + top + row) * wanted.width() + left;
        for (int column = 0; column < line.length; column++) {
          result[start + column] = (byte) (int) (line[column] + 0.5);
        }
      }
    }
    return result;
  }
}
