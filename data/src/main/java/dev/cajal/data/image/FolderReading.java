package dev.cajal.data.image;

import dev.cajal.CajalException;
import dev.cajal.data.image.FolderListing.Entry;
import dev.cajal.data.image.FolderListing.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a folder of pictures: first how large they are, then, one size being chosen, all. */
final class FolderReading {
  private static final int LARGEST_OF_ITSELF = 64;
  private static final PixelSize OF_LARGER = new PixelSize(32, 32);

  /** So many files are named in a note. */
  private static final int NAMED = 10;

  private final ImageFolder how;
  private final FolderListing listing;
  private final List<String> notes = new ArrayList<>();

  FolderReading(ImageFolder how) {
    this.how = how;
    this.listing = FolderListing.of(how.folder());
  }

  /** A picture and what it shows. */
  private record Labelled(PictureFile file, Entry entry) {}

  /** An image in its size. */
  private static final class Scaled {
    private final Labelled picture;
    private final byte[] bytes;
    private final int channels;
    private final boolean isTurned;

    Scaled(Labelled picture, Scaling scaling) {
      PictureFile.Decoded decoded = picture.file.decode();
      this.picture = picture;
      this.bytes = scaling.scaled(decoded.pixels());
      this.channels = decoded.pixels().channels();
      this.isTurned = decoded.isTurned();
    }
  }

  ImageSets read() {
    List<Labelled> pictures = pictures();
    requireAllClasses(pictures);
    PixelSize size = how.size().orElseGet(() -> common(pictures));
    var scaling = new Scaling(size, how.fit());
    List<Scaled> images =
        InParallel.map(how.threads(), pictures, picture -> new Scaled(picture, scaling));
    note(
        "turned by what EXIF says, which is ignored",
        images.stream()
            .filter(image -> image.isTurned)
            .map(image -> image.picture.file.path())
            .toList());
    int channels = images.stream().mapToInt(image -> image.channels).max().orElseThrow();
    var format = new PixelFormat(channels, size.height(), size.width());
    return new ImageSets(
        images(images, Part.TRAIN, format).orElseThrow(),
        images(images, Part.VALIDATION, format),
        images(images, Part.TEST, format),
        notes);
  }

  private List<Labelled> pictures() {
    List<Optional<Labelled>> found =
        InParallel.map(
            how.threads(),
            listing.entries(),
            entry -> PictureFile.of(entry.path()).map(file -> new Labelled(file, entry)));
    List<Path> others = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).isEmpty()) {
        others.add(listing.entries().get(i).path());
      }
    }
    note("left out, being no PNG, JPEG, GIF or BMP", others);
    note("left out, being in no folder of a class", listing.strays());
    return found.stream().flatMap(Optional::stream).toList();
  }

  private void note(String what, List<Path> files) {
    if (files.isEmpty()) {
      return;
    }
    String names = String.join(", ", files.stream().limit(NAMED).map(listing::name).toList());
    int more = files.size() - NAMED;
    notes.add(what + ": " + names + (more > 0 ? ", and %d more".formatted(more) : ""));
  }

  private void requireAllClasses(List<Labelled> pictures) {
    for (int label = 0; label < listing.classes().size(); label++) {
      int wanted = label;
      boolean isThere =
          pictures.stream()
              .map(Labelled::entry)
              .anyMatch(entry -> entry.part() == Part.TRAIN && entry.label() == wanted);
      if (!isThere) {
        throw new CajalException(
            "%s: there is no picture of the class %s%s"
                .formatted(
                    how.folder(),
                    listing.classes().get(label),
                    notes.isEmpty() ? "" : "; " + String.join("; ", notes)));
      }
    }
  }

  /** The size that most have; of several, that with the fewest pixels. */
  private static PixelSize common(List<Labelled> pictures) {
    Map<PixelSize, Integer> counts = new HashMap<>();
    for (Labelled picture : pictures) {
      if (picture.entry.part() == Part.TRAIN) {
        counts.merge(picture.file.size(), 1, Integer::sum);
      }
    }
    PixelSize common =
        counts.entrySet().stream()
            .min(
                Comparator.comparingInt((Map.Entry<PixelSize, Integer> entry) -> -entry.getValue())
                    .thenComparingInt(entry -> entry.getKey().width() * entry.getKey().height())
                    .thenComparingInt(entry -> entry.getKey().width()))
            .orElseThrow()
            .getKey();
    return Math.max(common.width(), common.height()) <= LARGEST_OF_ITSELF ? common : OF_LARGER;
  }

  /** The images of a part as one; where others have colours, grey ones get the same in each. */
  private Optional<Images> images(List<Scaled> all, Part part, PixelFormat format) {
    List<Scaled> some = all.stream().filter(image -> image.picture.entry.part() == part).toList();
    if (some.isEmpty()) {
      return Optional.empty();
    }
    long size = (long) some.size() * format.bytes();
    if (size > Integer.MAX_VALUE - 8) {
      throw new CajalException(
          "%s: %d images of %s take %d bytes, more than an array can have: ask for a smaller size"
              .formatted(how.folder(), some.size(), format, size));
    }
    var pixels = new byte[(int) size];
    var labels = new int[some.size()];
    for (int i = 0; i < labels.length; i++) {
      Scaled image = some.get(i);
      labels[i] = image.picture.entry.label();
      int plane = image.bytes.length / image.channels;
      for (int channel = 0; channel < format.channels(); channel++) {
        int from = image.channels == 1 ? 0 : channel * plane;
        System.arraycopy(
            image.bytes, from, pixels, (i * format.bytes()) + (channel * plane), plane);
      }
    }
    return Optional.of(Images.wrap(format, pixels, labels, listing.classes()));
  }
}
