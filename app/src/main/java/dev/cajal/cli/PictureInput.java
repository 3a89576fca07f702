package dev.cajal.cli;

import dev.cajal.CajalException;
import dev.cajal.data.builtin.DigitPictures;
import dev.cajal.data.builtin.Digits;
import dev.cajal.data.image.Idx;
import dev.cajal.data.image.Images;
import dev.cajal.data.image.PictureFiles;
import dev.cajal.data.image.Pictures;
import dev.cajal.data.image.PixelFormat;
import dev.cajal.data.model.PictureModel;
import dev.cajal.files.WholeFile;
import dev.cajal.tensor.Array;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Pictures that somebody names, as a model takes them: a file, a folder, an IDX file, or digits.
 *
 * @param names of each, a file or its number
 */
record PictureInput(List<String> names, Pictures pictures) {
  private static final int DIGITS = 1000;

  /** Pictures to be told. */
  static PictureInput unlabelled(PictureModel model, String data) {
    if (isDigits(data)) {
      return numbered("digits", digits(model));
    }
    Path path = existing(data);
    if (Files.isDirectory(path)) {
      return of(model, files(path), path);
    }
    return DataOptions.isIdx(path)
        ? numbered(data, idx(model, path))
        : of(model, List.of(path), path);
  }

  /** Pictures whose classes are known, by their folders or their labels. */
  static PictureInput labelled(PictureModel model, String data) {
    if (isDigits(data)) {
      return numbered("digits", digits(model));
    }
    Path path = existing(data);
    if (Files.isDirectory(path)) {
      return byClass(model, path);
    }
    if (!DataOptions.isIdx(path)) {
      throw new CajalException(
          "%s has no classes to measure by: a folder with a folder of pictures for each class is expected, or an IDX file"
              .formatted(data));
    }
    return numbered(data, labelledIdx(model, path));
  }

  private static boolean isDigits(String data) {
    return data.equals("digits") && !Files.exists(Path.of(data));
  }

  private static Path existing(String data) {
    if (data.equals("-")) {
      throw new CajalException(
          "the model takes pictures: name a file, or a folder of them, after the model");
    }
    Path path = Path.of(data);
    if (!Files.exists(path)) {
      throw new CajalException("there is no file or folder " + data);
    }
    return path;
  }

  private static PictureInput numbered(String name, Pictures pictures) {
    return new PictureInput(
        IntStream.rangeClosed(1, pictures.count()).mapToObj(i -> name + " " + i).toList(),
        pictures);
  }

  /** Others than the model learned from. */
  private static Pictures digits(PictureModel model) {
    var digits = new DigitPictures(Digits.of(Models.otherSeed(model.network())), 0, DIGITS);
    requireFormat(model, digits.format(), "digits");
    requireKnown(model, digits.classes(), "digits");
    return digits;
  }

  private static List<Path> files(Path folder) {
    List<Path> files = PictureFiles.in(folder);
    if (files.isEmpty()) {
      throw new CajalException("there are no pictures in %s".formatted(folder));
    }
    return files;
  }

  private static PictureInput of(PictureModel model, List<Path> files, Path root) {
    var labels = new int[files.size()];
    return new PictureInput(names(files, root), read(model, files, labels));
  }

  /** As they are below a folder; a file alone as it was named. */
  private static List<String> names(List<Path> files, Path root) {
    return files.stream()
        .map(file -> file.equals(root) ? file : root.relativize(file))
        .map(Path::toString)
        .toList();
  }

  private static Images read(PictureModel model, List<Path> files, int[] labels) {
    return PictureFiles.read(files, labels, model.format(), model.fit(), model.classes());
  }

  private static PictureInput byClass(PictureModel model, Path root) {
    Path test = root.resolve("test");
    Path folder = Files.isDirectory(test) && Files.isDirectory(root.resolve("train")) ? test : root;
    var files = new ArrayList<Path>();
    var labels = new ArrayList<Integer>();
    List<Path> classes = folders(folder);
    if (classes.isEmpty()) {
      throw new CajalException(
          "%s has no folders in it: what a picture shows is told by its folder".formatted(folder));
    }
    requireKnown(
        model,
        classes.stream().map(each -> String.valueOf(each.getFileName())).toList(),
        folder.toString());
    for (Path each : classes) {
      int label = model.classes().indexOf(String.valueOf(each.getFileName()));
      for (Path file : PictureFiles.in(each)) {
        files.add(file);
        labels.add(label);
      }
    }
    if (files.isEmpty()) {
      throw new CajalException("there are no pictures in %s".formatted(folder));
    }
    return new PictureInput(
        names(files, root),
        read(model, files, labels.stream().mapToInt(Integer::intValue).toArray()));
  }

  private static List<Path> folders(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(
              each -> Files.isDirectory(each) && !each.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new CajalException("can't read %s: %s".formatted(folder, WholeFile.why(e)), e);
    }
  }

  private static Images idx(PictureModel model, Path path) {
    Array all = Idx.array(path);
    if (all.shape().rank() != 3) {
      throw new CajalException(
          "%s has numbers %s; pictures have 3 axes".formatted(path, all.shape()));
    }
    int height = (int) all.shape().size(1).number();
    int width = (int) all.shape().size(2).number();
    requireFormat(model, new PixelFormat(model.format().channels(), height, width), path + "");
    var planes = new byte[all.length()];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (byte) (int) all.at(i);
    }
    return coloured(model, planes, new int[all.rowCount()]);
  }

  private static Images labelledIdx(PictureModel model, Path path) {
    Images its = Idx.read(path).train();
    requireFormat(
        model,
        new PixelFormat(model.format().channels(), its.format().height(), its.format().width()),
        path + "");
    var labels = new int[its.count()];
    var planes = new byte[its.count() * its.format().bytes()];
    int at = 0;
    for (int i = 0; i < labels.length; i++) {
      String name = its.classes().get(its.label(i));
      labels[i] = model.classes().indexOf(name);
      if (labels[i] < 0) {
        requireKnown(model, List.of(name), path.toString());
      }
      for (int row = 0; row < its.format().height(); row++) {
        for (int column = 0; column < its.format().width(); column++) {
          planes[at++] = (byte) its.pixel(i, 0, row, column);
        }
      }
    }
    return coloured(model, planes, labels);
  }

  /** Grey in each channel of the model. */
  private static Images coloured(PictureModel model, byte[] planes, int[] labels) {
    PixelFormat format = model.format();
    int size = format.height() * format.width();
    var pixels = new byte[Math.multiplyExact(labels.length, format.bytes())];
    for (int i = 0; i < labels.length; i++) {
      for (int channel = 0; channel < format.channels(); channel++) {
        System.arraycopy(planes, i * size, pixels, i * format.bytes() + channel * size, size);
      }
    }
    return Images.wrap(format, pixels, labels, model.classes());
  }

  private static void requireFormat(PictureModel model, PixelFormat format, String source) {
    if (!format.equals(model.format())) {
      throw new CajalException(
          "the pictures of %s are %s, and the model takes %s"
              .formatted(source, format, model.format()));
    }
  }

  private static void requireKnown(PictureModel model, List<String> classes, String source) {
    List<String> unknown =
        classes.stream().filter(each -> !model.classes().contains(each)).toList();
    if (!unknown.isEmpty()) {
      throw new CajalException(
          "%s has the class %s, which the model has never seen; it knows %s"
              .formatted(source, unknown.getFirst(), String.join(", ", model.classes())));
    }
  }

  /** The labels, in the order of the pictures. */
  int[] labels() {
    int[] labels = new int[pictures.count()];
    Arrays.setAll(labels, pictures::label);
    return labels;
  }
}
