package dev.cajal.files;

import dev.cajal.CajalException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder that one process at a time may change. The system gives the lock back when the process
 * ends, however it does.
 */
public final class FolderLock implements AutoCloseable {
  /**
   * What this process holds. To open a file of a lock that is held here, and to close it again,
   * would give the lock back, as POSIX has it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Makes the folder, if it isn't there, and takes it.
   *
   * @throws CajalException if it can't be made, or somebody else has it
   */
  public static FolderLock of(Path folder) {
    try {
      Files.createDirectories(folder);
      Path real = folder.toRealPath();
      if (!HELD.add(real)) {
        throw taken(folder);
      }
      try {
        return new FolderLock(real, locked(folder));
      } catch (IOException | RuntimeException e) {
        HELD.remove(real);
        throw e;
      }
    } catch (IOException e) {
      throw new CajalException(
          "can't make the folder %s: %s".formatted(folder, WholeFile.why(e)), e);
    }
  }

  private static CajalException taken(Path folder) {
    return new CajalException(
        "another process, or another thread, works in %s at the moment".formatted(folder));
  }

  private static FileChannel locked(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isTaken(channel)) {
      channel.close();
      throw taken(folder);
    }
    return channel;
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new CajalException("can't close the lock of %s: %s".formatted(folder, e), e);
    } finally {
      HELD.remove(folder);
    }
  }
}
