package dev.cajal.data.image;

import dev.cajal.CajalException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder of pictures, PNG, JPEG, GIF or BMP, with a folder inside for each class; these may be in
 * folders {@code train}, {@code val} and {@code test}.
 *
 * <p>All become images of one size: the one that is asked for, or else the most common size of
 * those to learn from if no side of it is over 64 pixels, or else 32 x 32. They are grey if every
 * pixel of all of them is, or else RGB. Scaling down takes means of areas, scaling up straight
 * lines. What is transparent is laid on white; the orientation that EXIF says and profiles of
 * colours are ignored. Hidden files are left out, and so are files that are no pictures, of which
 * the {@linkplain ImageSets#notes notes} say the names.
 *
 * @param folder where they are
 * @param size the size that is asked for
 * @param fit what becomes of images of other proportions
 * @param threads how many read; what is read does not depend on it
 */
public record ImageFolder(Path folder, Optional<PixelSize> size, Fit fit, int threads) {
  public ImageFolder {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: 1 at least, not " + threads);
    }
  }

  /** A folder of pictures that are cropped to their common size, read on every processor. */
  public static ImageFolder of(Path folder) {
    return new ImageFolder(
        folder, Optional.empty(), Fit.CROP, Runtime.getRuntime().availableProcessors());
  }

  public ImageFolder size(int width, int height) {
    return new ImageFolder(folder, Optional.of(new PixelSize(width, height)), fit, threads);
  }

  public ImageFolder fit(Fit its) {
    return new ImageFolder(folder, size, its, threads);
  }

  public ImageFolder threads(int number) {
    return new ImageFolder(folder, size, fit, number);
  }

  /**
   * Reads all of it.
   *
   * @throws dev.cajal.DamagedFileException if a picture is damaged
   * @throws CajalException if one can't be read, or the folder is not as said above
   */
  public ImageSets read() {
    return new FolderReading(this).read();
  }
}
