package dev.cajal.files;

import dev.cajal.CajalException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files so that nobody ever finds half of one: under another name, on the disk to the last
 * byte, and only then in the place of what was there. Whatever goes wrong, that stays as it was.
 */
public final class WholeFile {
  private WholeFile() {}

  /** What is in a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, or replaces it. An interrupt of the thread waits until that is done.
   *
   * @throws CajalException if it can't be written, such as on a full disk
   */
  public static void write(Path file, Content content) {
    try {
      Interrupts.held(() -> {
        tryWriting(file, content);
        return file;
      });
    } catch (IOException e) {
      throw new CajalException("can't write %s: %s".formatted(file, why(e)), e);
    }
  }

  private static void tryWriting(Path file, Content content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    boolean isSpecial = Files.exists(file) && !Files.isRegularFile(file);
    if (isSpecial && !Files.isDirectory(file)) {
      // A device or a pipe, which a file in its place would end.
      throw new IOException("it is no file");
    }
    try {
      try (FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        var out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      remove(part);
      throw e;
    }
    syncFolder(file);
  }

  public static void write(Path file, String text) {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** So that the new name survives a power cut; not every system can, or must. */
  private static void syncFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows does not open folders; the file itself is whole either way.
    }
  }

  private static void remove(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // It is in nobody's way: the next to be written has the same name.
    }
  }

  /** In words that name no file, which the message has already. */
  public static String why(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such folder";
    }
    String reason = e instanceof FileSystemException known ? known.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
