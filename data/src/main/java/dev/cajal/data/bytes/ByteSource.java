package dev.cajal.data.bytes;

import dev.cajal.CajalException;
import dev.cajal.DamagedFileException;
import dev.cajal.files.Interrupts;
import dev.cajal.files.WholeFile;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Bytes one after the other, of which it is known how many there can be, so that a header that
 * promises more is refused before memory is taken for them.
 */
public final class ByteSource {
  /** Deflate makes at most 258 bytes of two bits. */
  private static final long MOST_INFLATION = 1032;

  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final long most;
  private final String limit;
  private long taken;

  private ByteSource(InputStream in, long most, String limit) {
    this.in = in;
    this.most = most;
    this.limit = limit;
  }

  /** As many bytes as there are said to be. */
  public static ByteSource plain(InputStream in, long size) {
    return new ByteSource(in, size, "only %d are left");
  }

  /** The bytes that come of so many compressed ones. */
  public static ByteSource inflated(InputStream in, long compressed) {
    return new ByteSource(
        in,
        Math.multiplyExact(Math.min(compressed, Long.MAX_VALUE / MOST_INFLATION), MOST_INFLATION),
        "at most %d can be left in a compressed file of its size");
  }

  /** What a reader makes of a file, which may be compressed by gzip: its content tells. */
  public static <T> T read(Path file, Function<ByteSource, T> reader) {
    return reading(
        file,
        () -> {
          try (var in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            long size = Files.size(file);
            in.mark(2);
            byte[] first = in.readNBytes(2);
            in.reset();
            boolean isGzip = first.length == 2 && first[0] == 0x1f && first[1] == (byte) 0x8b;
            return reader.apply(
                isGzip ? inflated(new GZIPInputStream(in, BUFFER), size) : plain(in, size));
          }
        });
  }

  /** The result of some reading of a file, whose name stands in front of what goes wrong. */
  public static <T> T reading(Path file, Interrupts.Work<T> work) {
    try {
      return Interrupts.held(() -> {
        try {
          return work.run();
        } catch (UncheckedIOException e) {
          throw e.getCause();
        }
      });
    } catch (NoSuchFileException e) {
      throw new CajalException("there is no file " + file, e);
    } catch (DamagedFileException e) {
      throw e.in(file.toString());
    } catch (ZipException | EOFException e) {
      throw damagedArchive(e).in(file.toString());
    } catch (IOException e) {
      throw new CajalException("can't read %s: %s".formatted(file, WholeFile.why(e)), e);
    }
  }

  private static DamagedFileException damagedArchive(IOException e) {
    return new DamagedFileException("compressed bytes", WholeFile.why(e));
  }

  /** The next bytes, that many, which something in the file takes. */
  public byte[] take(String what, int count) {
    require(what, count);
    var bytes = new byte[count];
    fill(what, bytes, count);
    return bytes;
  }

  /** Puts the next bytes at the start of an array. */
  public void fill(String what, byte[] into, int count) {
    int found = attempt(() -> in.readNBytes(into, 0, count));
    taken += found;
    if (found < count) {
      throw new DamagedFileException(
          what, "the file ends at byte %d, %d too early".formatted(taken, count - found));
    }
  }

  /** Refuses a promise of more bytes than there can be. */
  public void require(String what, long bytes) {
    long left = Math.max(0, most - taken);
    if (bytes > left) {
      throw new DamagedFileException(
          what, ("%d bytes are expected, and " + limit).formatted(bytes, left));
    }
  }

  /** Refuses bytes after those that were taken; a compressed file is checked by that, too. */
  public void requireEnd(String what) {
    if (attempt(in::read) != -1) {
      throw new DamagedFileException(
          what, "there are bytes after byte %d, the last".formatted(taken));
    }
  }

  private interface Reading {
    int run() throws IOException;
  }

  private static int attempt(Reading reading) {
    try {
      return reading.run();
    } catch (ZipException | EOFException e) {
      throw damagedArchive(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
