package dev.cajal.data.image;

import dev.cajal.CajalException;
import dev.cajal.files.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Which files are in a folder, for what, and of which class; their contents are not looked at. */
final class FolderListing {
  /** What images are for. */
  enum Part {
    TRAIN,
    VALIDATION,
    TEST;

    static Optional<Part> named(String name) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "train", "training" -> Optional.of(TRAIN);
        case "val", "valid", "validation" -> Optional.of(VALIDATION);
        case "test", "testing" -> Optional.of(TEST);
        default -> Optional.empty();
      };
    }
  }

  /** A file and the class whose folder it is in. */
  record Entry(Path path, Part part, int label) {}

  private final Path root;
  private final List<String> classes;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Path> strays = new ArrayList<>();

  private FolderListing(Path root, List<String> classes) {
    this.root = root;
    this.classes = classes;
  }

  static FolderListing of(Path root) {
    try {
      Map<Part, Path> parts = parts(root);
      Path train = parts.getOrDefault(Part.TRAIN, root);
      var listing = new FolderListing(root, classes(train));
      if (parts.isEmpty()) {
        listing.addPart(Part.TRAIN, root);
        return listing;
      }
      listing.addStrays(root);
      for (var part : parts.entrySet()) {
        listing.addPart(part.getKey(), part.getValue());
      }
      return listing;
    } catch (NoSuchFileException e) {
      throw new CajalException("there is no folder " + e.getFile(), e);
    } catch (NotDirectoryException e) {
      throw new CajalException(root + " is a file, and a folder of images is expected", e);
    } catch (IOException | UncheckedIOException e) {
      String why = WholeFile.why(e instanceof IOException known ? known : new IOException(e));
      throw new CajalException("can't read %s: %s".formatted(root, why), e);
    }
  }

  /** The names of the classes, in order. */
  List<String> classes() {
    return classes;
  }

  /** All files in the folders of classes, in order. */
  List<Entry> entries() {
    return entries;
  }

  /** The files that are in no folder of a class. */
  List<Path> strays() {
    return strays;
  }

  /** A path below the folder, alike on every system. */
  String name(Path path) {
    return text(root.relativize(path));
  }

  private static String text(Path path) {
    return StreamSupport.stream(path.spliterator(), false)
        .map(Path::toString)
        .collect(Collectors.joining("/"));
  }

  /** The folders for learning and judging, if that is what is in a folder, and nothing else. */
  private static Map<Part, Path> parts(Path root) throws IOException {
    Map<Part, Path> parts = new EnumMap<>(Part.class);
    for (Path folder : folders(root)) {
      Optional<Part> part = Part.named(String.valueOf(folder.getFileName()));
      if (part.isEmpty()) {
        return Map.of();
      }
      Path other = parts.put(part.get(), folder);
      if (other != null) {
        throw new CajalException(
            "%s and %s are both for the same: keep one".formatted(other, folder));
      }
    }
    Path train = parts.get(Part.TRAIN);
    return train == null || folders(train).isEmpty() ? Map.of() : parts;
  }

  private static List<String> classes(Path folder) throws IOException {
    List<String> classes =
        folders(folder).stream().map(path -> String.valueOf(path.getFileName())).toList();
    if (classes.isEmpty()) {
      throw new CajalException(
          folder + " has no folders in it: images are expected in one folder a class");
    }
    return classes;
  }

  private void addPart(Part part, Path folder) throws IOException {
    addStrays(folder);
    for (Path inner : folders(folder)) {
      String name = String.valueOf(inner.getFileName());
      int label = classes.indexOf(name);
      if (label < 0) {
        throw new CajalException(
            "%s is a folder of a class that there is not to learn from; there are %s"
                .formatted(inner, String.join(", ", classes)));
      }
      for (Path file : files(inner, Integer.MAX_VALUE)) {
        entries.add(new Entry(file, part, label));
      }
    }
  }

  private void addStrays(Path folder) throws IOException {
    strays.addAll(files(folder, 1));
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> inner = Files.list(folder)) {
      return inner
          .filter(path -> Files.isDirectory(path) && !isHidden(path))
          .sorted(Comparator.comparing(path -> String.valueOf(path.getFileName())))
          .toList();
    }
  }

  private static List<Path> files(Path folder, int depth) throws IOException {
    try (Stream<Path> inner = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
      return inner
          .filter(path ->
              !Files.isDirectory(path)
                  && StreamSupport.stream(folder.relativize(path).spliterator(), false)
                      .noneMatch(FolderListing::isHidden))
          .sorted(Comparator.comparing(path -> text(folder.relativize(path))))
          .toList();
    }
  }

  private static boolean isHidden(Path path) {
    return String.valueOf(path.getFileName()).startsWith(".");
  }
}
