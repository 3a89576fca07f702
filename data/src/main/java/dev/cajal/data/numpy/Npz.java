package dev.cajal.data.numpy;

import dev.cajal.CajalException;
import dev.cajal.DamagedFileException;
import dev.cajal.data.bytes.ByteSource;
import dev.cajal.files.WholeFile;
import dev.cajal.tensor.Array;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Arrays by name in a file of NumPy, {@code .npz}: what {@code numpy.savez} and {@code
 * numpy.savez_compressed} write, a zip archive of {@link Npy} files.
 */
public final class Npz {
  private static final String SUFFIX = ".npy";

  /** The time that NumPy gives to all it writes, so that equal arrays make equal files. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private Npz() {}

  /**
   * Reads all arrays of a file, in its order.
   *
   * @throws DamagedFileException if one is not whole, or not of this format
   * @throws CajalException if the file can't be read
   */
  public static SequencedMap<String, Array> read(Path file) {
    return ByteSource.reading(
        file,
        () -> {
          try (var archive = new ZipFile(file.toFile())) {
            SequencedMap<String, Array> arrays = new LinkedHashMap<>();
            for (var entry : entries(archive).entrySet()) {
              arrays.put(entry.getKey(), array(archive, entry.getValue()));
            }
            return Collections.unmodifiableSequencedMap(arrays);
          }
        });
  }

  /** Reads one array of a file, whatever the others are. */
  public static Array read(Path file, String name) {
    return ByteSource.reading(
        file,
        () -> {
          try (var archive = new ZipFile(file.toFile())) {
            var entries = entries(archive);
            ZipEntry entry = entries.get(name);
            if (entry == null) {
              throw new CajalException(
                  "there is no array %s in %s; there are %s"
                      .formatted(name, file, String.join(", ", entries.keySet())));
            }
            return array(archive, entry);
          }
        });
  }

  /** The names of the arrays of a file, in its order. */
  public static List<String> names(Path file) {
    return ByteSource.reading(
        file,
        () -> {
          try (var archive = new ZipFile(file.toFile())) {
            return List.copyOf(entries(archive).keySet());
          }
        });
  }

  private static SequencedMap<String, ZipEntry> entries(ZipFile archive) {
    SequencedMap<String, ZipEntry> entries = new LinkedHashMap<>();
    for (ZipEntry entry : Collections.list(archive.entries())) {
      String path = entry.getName();
      String name =
          path.endsWith(SUFFIX) ? path.substring(0, path.length() - SUFFIX.length()) : path;
      if (entries.put(name, entry) != null) {
        throw new DamagedFileException("archive", "the name %s is there twice".formatted(name));
      }
    }
    return entries;
  }

  private static Array array(ZipFile archive, ZipEntry entry) throws IOException {
    try (var in = new CheckedInputStream(archive.getInputStream(entry), new CRC32())) {
      Array array =
          Npy.read(
              entry.getMethod() == ZipEntry.STORED
                  ? ByteSource.plain(in, entry.getSize())
                  : ByteSource.inflated(in, entry.getCompressedSize()));
      if (in.getChecksum().getValue() != entry.getCrc()) {
        throw new DamagedFileException(
            "contents",
            "their checksum is %08x, and should be %08x"
                .formatted(in.getChecksum().getValue(), entry.getCrc()));
      }
      return array;
    } catch (DamagedFileException e) {
      throw e.in(entry.getName());
    }
  }

  /** Writes arrays as they are, as {@code numpy.savez} does: see {@link WholeFile}. */
  public static void write(Path file, Map<String, Array> arrays) {
    write(file, arrays, Npz::stored);
  }

  /** Writes arrays compressed, as {@code numpy.savez_compressed} does: see {@link WholeFile}. */
  public static void writeCompressed(Path file, Map<String, Array> arrays) {
    write(file, arrays, (name, _) -> new ZipEntry(name));
  }

  private interface Entries {
    ZipEntry of(String name, Array array) throws IOException;
  }

  private static void write(Path file, Map<String, Array> arrays, Entries entries) {
    WholeFile.write(
        file,
        out -> {
          var zip = new ZipOutputStream(out);
          for (var member : arrays.entrySet()) {
            ZipEntry entry = entries.of(member.getKey() + SUFFIX, member.getValue());
            entry.setTimeLocal(TIME);
            zip.putNextEntry(entry);
            Npy.write(zip, member.getValue());
            zip.closeEntry();
          }
          zip.finish();
        });
  }

  /** What is stored has its size and checksum in front of it. */
  private static ZipEntry stored(String name, Array array) throws IOException {
    var checked = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
    Npy.write(checked, array);
    var entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(Npy.size(array));
    entry.setCrc(checked.getChecksum().getValue());
    return entry;
  }
}
