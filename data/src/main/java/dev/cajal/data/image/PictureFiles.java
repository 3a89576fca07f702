package dev.cajal.data.image;

import dev.cajal.CajalException;
import dev.cajal.files.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Files with a picture each, brought to the format that is asked for. */
public final class PictureFiles {
  private PictureFiles() {}

  /** Whether a file is a PNG, JPEG, GIF or BMP, by its first bytes. */
  public static boolean isOne(Path file) {
    return PictureFile.of(file).isPresent();
  }

  /** Those in a folder and in the folders within, in order; hidden files are left out. */
  public static List<Path> in(Path folder) {
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(file -> Files.isRegularFile(file) && !isHidden(folder.relativize(file)))
          .filter(PictureFiles::isOne)
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      String why = WholeFile.why(e instanceof IOException known ? known : new IOException(e));
      throw new CajalException("can't read %s: %s".formatted(folder, why), e);
    }
  }

  private static boolean isHidden(Path path) {
    return StreamSupport.stream(path.spliterator(), false)
        .anyMatch(part -> part.toString().startsWith("."));
  }

  /**
   * Reads pictures and scales them; colours become grey, or grey becomes colours, as the format has
   * it.
   *
   * @param labels of each, the position of its class among the classes
   * @throws dev.cajal.DamagedFileException if a picture is damaged
   * @throws CajalException if one can't be read, or is no picture
   */
  public static Images read(
      List<Path> files, int[] labels, PixelFormat format, Fit fit, List<String> classes) {
    var scaling = new Scaling(new PixelSize(format.width(), format.height()), fit);
    int threads = Runtime.getRuntime().availableProcessors();
    List<byte[]> pictures =
        InParallel.map(threads, files, file -> picture(file, scaling, format.channels()));
    var pixels = new byte[Math.multiplyExact(files.size(), format.bytes())];
    for (int i = 0; i < pictures.size(); i++) {
      System.arraycopy(pictures.get(i), 0, pixels, i * format.bytes(), format.bytes());
    }
    return Images.wrap(format, pixels, labels.clone(), classes);
  }

  private static byte[] picture(Path path, Scaling scaling, int channels) {
    PictureFile file =
        PictureFile.of(path)
            .orElseThrow(() -> new CajalException(path + " is no PNG, JPEG, GIF or BMP"));
    Pixels pixels = file.decode().pixels();
    byte[] planes = scaling.scaled(pixels);
    if (pixels.channels() == channels) {
      return planes;
    }
    return channels == 1 ? grey(planes) : repeated(planes, channels);
  }

  /** How bright colours are: 0.299 red, 0.587 green, 0.114 blue (ITU-R BT.601). */
  private static byte[] grey(byte[] colours) {
    var grey = new byte[colours.length / 3];
    for (int i = 0; i < grey.length; i++) {
      int red = Byte.toUnsignedInt(colours[i]);
      int green = Byte.toUnsignedInt(colours[i + grey.length]);
      int blue = Byte.toUnsignedInt(colours[i + 2 * grey.length]);
      grey[i] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
    }
    return grey;
  }

  private static byte[] repeated(byte[] grey, int channels) {
    var colours = new byte[channels * grey.length];
    for (int channel = 0; channel < channels; channel++) {
      System.arraycopy(grey, 0, colours, channel * grey.length, grey.length);
    }
    return colours;
  }
}
