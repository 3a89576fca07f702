package dev.cajal.data.image;

import dev.cajal.CajalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files that belong together, by their names, each of which may be compressed. */
final class IdxNames {
  private static final String GZIP = ".gz";
  private static final String IMAGES = "images";

  private IdxNames() {}

  /** The labels of some images: beside {@code train-images-idx3-ubyte} its {@code -labels-idx1}. */
  static Path labels(Path images) {
    String name = name(images);
    if (!name.contains(IMAGES)) {
      throw new CajalException(
          "the labels of %s can't be found by its name, which has no \"images\": say their file"
              .formatted(images));
    }
    List<Path> files =
        variants(images, name.replace(IMAGES, "labels").replace("idx3", "idx1")).toList();
    return files.stream()
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() ->
            new CajalException(
                "the labels of %s are not beside it: there is none of %s"
                    .formatted(
                        images,
                        files.stream().map(IdxNames::last).collect(Collectors.joining(", ")))));
  }

  /** The images of the test that belong to those to learn from. */
  static Optional<Path> test(Path images) {
    String name = name(images);
    return Stream.of("t10k", "test")
        .map(test -> name.replace("train", test))
        .filter(other -> !other.equals(name))
        .flatMap(other -> variants(images, other))
        .filter(Files::exists)
        .findFirst();
  }

  private static Stream<Path> variants(Path beside, String name) {
    return Stream.of(name, name.replace("-idx", ".idx"), name.replace(".idx", "-idx"))
        .distinct()
        .flatMap(stem -> Stream.of(stem, stem + GZIP))
        .map(beside::resolveSibling);
  }

  private static String name(Path file) {
    String name = last(file);
    return name.endsWith(GZIP) ? name.substring(0, name.length() - GZIP.length()) : name;
  }

  private static String last(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString();
  }
}
