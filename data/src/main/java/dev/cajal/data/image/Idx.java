package dev.cajal.data.image;

import dev.cajal.CajalException;
import dev.cajal.DamagedFileException;
import dev.cajal.data.bytes.ByteSource;
import dev.cajal.data.bytes.NumberKind;
import dev.cajal.data.bytes.Numbers;
import dev.cajal.tensor.Array;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The format of the MNIST files: a magic number, the sizes and the numbers, big-endian. A file may
 * be compressed by gzip, whatever its name is.
 */
public final class Idx {
  /** Labels count classes from 0, so a larger one is no label. */
  private static final int MOST_CLASSES = 1 << 16;

  private Idx() {}

  /**
   * Reads the numbers of a file of any type and shape; integers become i32.
   *
   * @throws DamagedFileException if it is not whole, or not of this format
   * @throws CajalException if it can't be read
   */
  public static Array array(Path file) {
    return ByteSource.read(
        file,
        source -> {
          IdxHeader header = IdxHeader.read(source);
          Array array = Numbers.read(source, header.layout(), Numbers.shape(header.sizes()));
          source.requireEnd(Numbers.PLACE);
          return array;
        });
  }

  /**
   * Reads images from a file such as {@code train-images-idx3-ubyte.gz} and their labels from the
   * file beside it; where there are, too, the images and labels whose names begin with t10k or test
   * for train, these are the test. The classes are the numbers from 0 to the greatest label.
   */
  public static ImageSets read(Path images) {
    Path labels = IdxNames.labels(images);
    Optional<Path> testImages = IdxNames.test(images);
    Pair train = pair(images, labels);
    Optional<Pair> test = testImages.map(file -> pair(file, IdxNames.labels(file)));
    test.ifPresent(its -> {
      if (!its.format.equals(train.format)) {
        throw new CajalException(
            "the images of %s are %s, and those of %s %s"
                .formatted(images, train.format, testImages.orElseThrow(), its.format));
      }
    });
    int classes = Math.max(train.classes(), test.map(Pair::classes).orElse(0));
    return new ImageSets(
        train.images(classes), Optional.empty(), test.map(it -> it.images(classes)), List.of());
  }

  /** Reads images and their labels from two files. */
  public static Images read(Path images, Path labels) {
    Pair pair = pair(images, labels);
    return pair.images(pair.classes());
  }

  /** Images whose classes are not named yet. */
  private static final class Pair {
    private final PixelFormat format;
    private final byte[] pixels;
    private final int[] labels;

    Pair(PixelFormat format, byte[] pixels, int[] labels) {
      this.format = format;
      this.pixels = pixels;
      this.labels = labels;
    }

    int classes() {
      return IntStream.of(labels).max().orElse(-1) + 1;
    }

    Images images(int classes) {
      return Images.wrap(
          format, pixels, labels, IntStream.range(0, classes).mapToObj(Integer::toString).toList());
    }
  }

  private static Pair pair(Path images, Path labels) {
    int[] numbers = labels(labels);
    return ByteSource.read(
        images,
        source -> {
          IdxHeader header = IdxHeader.read(source);
          if (header.kind() != NumberKind.UINT8 || header.sizes().size() != 3) {
            throw new DamagedFileException(
                "header",
                "images are bytes with 3 axes (magic number 0x00000803), and these are %s"
                    .formatted(header));
          }
          if (header.sizes().getFirst() != numbers.length) {
            throw new CajalException(
                "%s has %d images, and %s %d labels"
                    .formatted(images, header.sizes().getFirst(), labels, numbers.length));
          }
          int[] sizes = Numbers.shape(header.sizes()).numbers();
          if (header.sizes().contains(0L)) {
            throw new DamagedFileException(
                "header", "there are no images: sizes " + header.sizes());
          }
          byte[] pixels = source.take(Numbers.PLACE, sizes[0] * sizes[1] * sizes[2]);
          source.requireEnd(Numbers.PLACE);
          return new Pair(new PixelFormat(1, sizes[1], sizes[2]), pixels, numbers);
        });
  }

  private static int[] labels(Path file) {
    Array array = array(file);
    if (array.shape().rank() != 1 || !(array.data() instanceof int[] labels)) {
      throw new CajalException(
          "%s: labels are whole numbers with 1 axis (magic number 0x00000801), and these are %s %s"
              .formatted(file, array.dtype(), array.shape()));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= MOST_CLASSES) {
        throw new CajalException(
            "%s: label %d is %d, and labels count classes from 0 to %d at most"
                .formatted(file, i, labels[i], MOST_CLASSES - 1));
      }
    }
    return labels;
  }
}
