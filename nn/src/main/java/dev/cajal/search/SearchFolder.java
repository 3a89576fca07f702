package dev.cajal.search;

import dev.cajal.CajalException;
import dev.cajal.files.Conditions;
import dev.cajal.files.FolderLock;
import dev.cajal.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a search is kept: {@code search.json}, the same as a table and as a chart, and the runs of
 * those trials that may go on, and of the best, in {@code trials/}. One process at a time has it.
 */
final class SearchFolder implements AutoCloseable {
  private final Path folder;
  private final Path trials;
  private final FolderLock lock;

  private SearchFolder(Path folder, Path trials, FolderLock lock) {
    this.folder = folder;
    this.trials = trials;
    this.lock = lock;
  }

  static SearchFolder open(Path folder) {
    Path trials = folder.resolve("trials");
    return new SearchFolder(folder, trials, FolderLock.of(trials));
  }

  private Path file() {
    return folder.resolve("search.json");
  }

  boolean hasSearch() {
    return Files.exists(file());
  }

  /** The trials of the search that is here, if it is one under these conditions. */
  Optional<List<Trial>> trials(Conditions conditions) {
    if (!hasSearch()) {
      return Optional.empty();
    }
    try {
      SearchFile read = SearchFile.read(file());
      conditions.requireLike(read.conditions());
      return Optional.of(read.trials());
    } catch (IOException e) {
      throw new CajalException("can't read %s: %s".formatted(file(), WholeFile.why(e)), e);
    } catch (CajalException e) {
      throw new CajalException(
          "the search in %s can't be resumed: %s".formatted(folder, e.getMessage()), e);
    }
  }

  void save(Conditions conditions, Progress progress) {
    new SearchFile(conditions, progress.trials()).write(file());
    WholeFile.write(folder.resolve("trials.csv"), Table.csv(progress));
    WholeFile.write(folder.resolve("trials.svg"), Chart.of(progress));
  }

  /** Where the run of a trial is. */
  Path of(int trial) {
    return trials.resolve(String.format(Locale.ROOT, "%04d", trial));
  }

  /** Removes the runs of all other trials. */
  void keepOnly(Set<Integer> numbers) {
    Set<Path> kept = numbers.stream().map(this::of).collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(trials)) {
      files
          .filter(file -> Files.isDirectory(file) && !kept.contains(file))
          .toList()
          .forEach(SearchFolder::remove);
    } catch (IOException e) {
      throw new CajalException(
          "can't read the folder %s: %s".formatted(trials, WholeFile.why(e)), e);
    }
  }

  /** Removes a folder with all that is in it. */
  static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new CajalException("can't remove %s: %s".formatted(folder, WholeFile.why(e)), e);
    }
  }

  @Override
  public void close() {
    lock.close();
  }
}
