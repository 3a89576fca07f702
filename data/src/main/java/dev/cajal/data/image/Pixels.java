package dev.cajal.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * A decoded picture as bytes: one plane where all of it is grey, or else red, green and blue.
 * Numbers of any other width than 8 bits are scaled to it, and what is transparent is laid on
 * white. The numbers are taken as the file has them, without regard to a profile of colours.
 */
final class Pixels {
  private static final int BRIGHTEST = 255;

  private final PixelSize size;
  private final byte[][] planes;

  private Pixels(PixelSize size, byte[][] planes) {
    this.size = size;
    this.planes = planes;
  }

  static Pixels of(BufferedImage image) {
    var size = new PixelSize(image.getWidth(), image.getHeight());
    var planes = new byte[3][size.width() * size.height()];
    boolean isGrey = true;
    var reader = new RowReader(image);
    var colour = new int[3];
    for (int row = 0; row < size.height(); row++) {
      reader.row(row);
      for (int column = 0; column < size.width(); column++) {
        reader.colour(column, colour);
        isGrey &= colour[0] == colour[1] && colour[1] == colour[2];
        int at = row * size.width() + column;
        for (int channel = 0; channel < 3; channel++) {
          planes[channel][at] = (byte) colour[channel];
        }
      }
    }
    return new Pixels(size, isGrey ? new byte[][] {planes[0]} : planes);
  }

  PixelSize size() {
    return size;
  }

  /** One if all is grey, or else three. */
  int channels() {
    return planes.length;
  }

  /** The bytes of a channel, row by row. */
  byte[] plane(int channel) {
    return planes[channel];
  }

  /** Reads a picture row by row. */
  private static final class RowReader {
    private final Raster raster;
    private final ColorModel model;
    private final int bands;
    private final int colours;
    private final int[] most;
    private final int[] samples;

    RowReader(BufferedImage image) {
      raster = image.getRaster();
      model = image.getColorModel();
      bands = raster.getNumBands();
      colours = model.hasAlpha() ? bands - 1 : bands;
      if (!(model instanceof IndexColorModel) && colours != 1 && colours != 3) {
        throw new UnsupportedPicture("it has %d channels of colour".formatted(colours));
      }
      most = new int[bands];
      for (int band = 0; band < bands; band++) {
        most[band] = (1 << raster.getSampleModel().getSampleSize(band)) - 1;
      }
      samples = new int[bands * image.getWidth()];
    }

    void row(int row) {
      raster.getPixels(0, row, raster.getWidth(), 1, samples);
    }

    /** Puts red, green and blue of a pixel of the row. */
    void colour(int column, int[] into) {
      if (model instanceof IndexColorModel palette) {
        int colour = palette.getRGB(samples[column]);
        for (int channel = 0; channel < 3; channel++) {
          into[channel] = onWhite((colour >> (16 - 8 * channel)) & 0xff, colour >>> 24);
        }
        return;
      }
      int alpha = colours == bands ? BRIGHTEST : sample(column, bands - 1);
      for (int channel = 0; channel < 3; channel++) {
        into[channel] = onWhite(sample(column, colours == 1 ? 0 : channel), alpha);
      }
    }

    private int sample(int column, int band) {
      int number = samples[column * bands + band];
      int largest = most[band];
      return largest == BRIGHTEST ? number : (number * BRIGHTEST + largest / 2) / largest;
    }

    private static int onWhite(int number, int alpha) {
      return (number * alpha + BRIGHTEST * (BRIGHTEST - alpha) + BRIGHTEST / 2) / BRIGHTEST;
    }
  }
}
