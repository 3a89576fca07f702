package dev.cajal.data.image;

import dev.cajal.CajalException;
import dev.cajal.DamagedFileException;
import dev.cajal.files.WholeFile;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** A file with a picture, of which nothing is decoded yet. */
record PictureFile(Path path, PictureKind kind, PixelSize size) {
  private static final int CMYK = 4;

  /** How the readers of the platform warn of what they made up. */
  private static final List<String> SIGNS_OF_DAMAGE =
      List.of("Premature end", "Truncated", "Corrupt JPEG");

  /** A picture as it is decoded. */
  record Decoded(Pixels pixels, boolean isTurned) {}

  /** What a file is by its first bytes; nothing if it is no picture. */
  static Optional<PictureFile> of(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] first = in.readNBytes(PictureKind.FIRST_BYTES);
      Optional<PictureKind> kind = PictureKind.of(first);
      if (kind.isEmpty() && PictureKind.isClaimedBy(String.valueOf(path.getFileName()))) {
        throw new DamagedFileException(
            path.toString(), "this is no PNG, JPEG, GIF or BMP, although its name says so");
      }
      return kind.map(its -> new PictureFile(path, its, sizeOf(path, its)));
    } catch (IOException e) {
      throw new CajalException("can't read %s: %s".formatted(path, WholeFile.why(e)), e);
    }
  }

  private static PixelSize sizeOf(Path path, PictureKind kind) {
    return guarded(
        path,
        () -> {
          try (InputStream in = Files.newInputStream(path);
              var stream = new MemoryCacheImageInputStream(in)) {
            return withReader(
                kind, stream, reader -> new PixelSize(reader.getWidth(0), reader.getHeight(0)));
          }
        });
  }

  /** Decodes it; of a moving picture, the first. */
  Decoded decode() {
    return guarded(
        path,
        () -> {
          byte[] file = Files.readAllBytes(path);
          Wholeness.require(kind, file);
          boolean isTurned = false;
          if (kind == PictureKind.JPEG) {
            Jpeg said = Jpeg.of(file);
            if (said.components() == CMYK) {
              throw new UnsupportedPicture("it has 4 channels of colour (CMYK)");
            }
            isTurned = said.isTurned();
            file = said.withoutProfiles(file);
          }
          try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            return new Decoded(withReader(kind, stream, PictureFile::pixels), isTurned);
          }
        });
  }

  private static Pixels pixels(ImageReader reader) throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((_, warning) -> warnings.add(warning));
    Pixels pixels = Pixels.of(reader.read(0));
    for (String warning : warnings) {
      if (SIGNS_OF_DAMAGE.stream().anyMatch(warning::contains)) {
        throw new DamagedFileException("picture", warning);
      }
    }
    return pixels;
  }

  private interface Use<T> {
    T of(ImageReader reader) throws IOException;
  }

  private static <T> T withReader(PictureKind kind, ImageInputStream stream, Use<T> use)
      throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName(kind.reader()).next();
    try {
      reader.setInput(stream, true, true);
      return use.of(reader);
    } finally {
      reader.dispose();
    }
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  /** Readers of the platform fail on damaged pictures with exceptions of many kinds. */
  private static <T> T guarded(Path path, Work<T> work) {
    try {
      return work.run();
    } catch (DamagedFileException e) {
      throw e.in(path.toString());
    } catch (UnsupportedPicture e) {
      throw new CajalException(
          "%s: %s, which is not read: save it as RGB".formatted(path, e.getMessage()), e);
    } catch (IIOException | EOFException | RuntimeException e) {
      throw new DamagedFileException(
          path.toString(), "this picture can't be decoded: " + e.getMessage());
    } catch (IOException e) {
      throw new CajalException("can't read %s: %s".formatted(path, WholeFile.why(e)), e);
    }
  }
}
