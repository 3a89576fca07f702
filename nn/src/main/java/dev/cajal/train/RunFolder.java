package dev.cajal.train;

import dev.cajal.CajalException;
import dev.cajal.DamagedFileException;
import dev.cajal.files.FolderLock;
import dev.cajal.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Where a run is kept: {@code checkpoints/}, of which there are two, so that one is whole whatever
 * happens to the other; {@code history.csv}; and at the end the model. One process at a time has
 * it.
 */
final class RunFolder implements AutoCloseable {
  private static final int KEPT = 2;
  private static final String PREFIX = "step-";
  private static final String SUFFIX = ".safetensors";

  private final Path folder;
  private final Path checkpoints;
  private final FolderLock lock;

  private RunFolder(Path folder, Path checkpoints, FolderLock lock) {
    this.folder = folder;
    this.checkpoints = checkpoints;
    this.lock = lock;
  }

  static RunFolder open(Path folder) {
    Path checkpoints = folder.resolve("checkpoints");
    var opened = new RunFolder(folder, checkpoints, FolderLock.of(checkpoints));
    try {
      // Whoever was killed while writing has left what there was of it.
      files(checkpoints, ".part").forEach(RunFolder::delete);
      return opened;
    } catch (CajalException e) {
      opened.close();
      throw e;
    }
  }

  Path path() {
    return folder;
  }

  boolean hasRun() {
    return !saved().isEmpty();
  }

  /** The checkpoints, the newest first. */
  private List<Path> saved() {
    return files(checkpoints, SUFFIX);
  }

  private static List<Path> files(Path checkpoints, String suffix) {
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files
          .filter(file -> name(file).startsWith(PREFIX) && name(file).endsWith(suffix))
          .sorted(Comparator.comparing(RunFolder::name).reversed())
          .toList();
    } catch (IOException e) {
      throw new CajalException(
          "can't read the folder %s: %s".formatted(checkpoints, WholeFile.why(e)), e);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** Keeps a checkpoint, and of those before it the last. */
  Path save(Checkpoint checkpoint) {
    long step = checkpoint.standing().step();
    // With so many digits that the order of names is that of numbers.
    Path file = checkpoints.resolve(String.format(Locale.ROOT, "%s%012d%s", PREFIX, step, SUFFIX));
    checkpoint.write(file);
    HistoryFile.write(folder.resolve("history.csv"), checkpoint.standing().history());
    saved().stream().skip(KEPT).forEach(RunFolder::delete);
    return file;
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new CajalException("can't remove %s: %s".formatted(file, WholeFile.why(e)), e);
    }
  }

  /**
   * The newest checkpoint that is whole. Damaged ones get another name, so that they are not taken
   * for newer than what comes.
   *
   * @throws CajalException if there are some, and none is whole
   */
  Optional<Checkpoint> newest(Consumer<Event> listener) {
    var damaged = new LinkedHashMap<Path, String>();
    for (Path file : saved()) {
      try {
        Checkpoint whole = Checkpoint.read(file);
        damaged.forEach((its, what) -> {
          putAside(its);
          listener.accept(new Event.Damaged(its, what));
        });
        return Optional.of(whole);
      } catch (DamagedFileException e) {
        damaged.put(file, String.valueOf(e.getMessage()));
      }
    }
    if (!damaged.isEmpty()) {
      throw new CajalException(
          "no checkpoint in %s is whole: %s; remove the folder to begin anew"
              .formatted(checkpoints, String.join("; ", damaged.values())));
    }
    return Optional.empty();
  }

  private static void putAside(Path file) {
    try {
      Files.move(
          file, file.resolveSibling(name(file) + ".damaged"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CajalException("can't rename %s: %s".formatted(file, WholeFile.why(e)), e);
    }
  }

  @Override
  public void close() {
    lock.close();
  }
}
