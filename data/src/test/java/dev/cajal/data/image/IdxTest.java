package dev.cajal.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cajal.CajalException;
import dev.cajal.DamagedFileException;
import dev.cajal.tensor.Array;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxTest {
  @TempDir private Path folder;

  private static byte[] idx(int magic, int[] sizes, byte... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * sizes.length + numbers.length).putInt(magic);
    for (int size : sizes) {
      bytes.putInt(size);
    }
    return bytes.put(numbers).array();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  /** Images of 2 x 3 pixels, 0, 1, 2, … from the first on. */
  private static byte[] images(int count) {
    var pixels = new byte[count * 6];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) i;
    }
    return idx(0x803, new int[] {count, 2, 3}, pixels);
  }

  private static byte[] labels(int... labels) {
    var bytes = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    return idx(0x801, new int[] {labels.length}, bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte,"
        + " t10k-labels-idx1-ubyte",
    "train-images.idx3-ubyte, train-labels.idx1-ubyte, t10k-images.idx3-ubyte,"
        + " t10k-labels.idx1-ubyte",
    "train-images-idx3-ubyte, train-labels.idx1-ubyte, t10k-images-idx3-ubyte.gz,"
        + " t10k-labels-idx1-ubyte.gz",
    "emnist-train-images-idx3-ubyte.gz, emnist-train-labels-idx1-ubyte,"
        + " emnist-test-images-idx3-ubyte, emnist-test-labels-idx1-ubyte",
  })
  void theLabelsAndTheTestAreFoundBeside(
      String images, String labels, String testImages, String testLabels) throws IOException {
    Path file = file(images, images(3));
    file(labels, gzip(labels(0, 2, 1)));
    file(testImages, gzip(images(1)));
    file(testLabels, labels(4));
    ImageSets sets = Idx.read(file);
    assertThat(sets.train().count()).isEqualTo(3);
    assertThat(sets.train().format()).isEqualTo(new PixelFormat(1, 2, 3));
    assertThat(sets.train().labels(0, 1, 2)).isEqualTo(Array.of(new int[] {0, 2, 1}));
    assertThat(sets.train().pixel(2, 0, 1, 2)).isEqualTo(17);
    assertThat(sets.train().classes()).containsExactly("0", "1", "2", "3", "4");
    assertThat(sets.test().orElseThrow().label(0)).isEqualTo(4);
    assertThat(sets.test().orElseThrow().classes()).isEqualTo(sets.train().classes());
    assertThat(sets.validation()).isEmpty();
  }

  @Test
  void withoutATestThereIsNone() throws IOException {
    Path file = file("train-images-idx3-ubyte", images(2));
    file("train-labels-idx1-ubyte", labels(1, 0));
    assertThat(Idx.read(file).test()).isEmpty();
  }

  @Test
  void filesOfOtherNamesAreReadWhenBothAreSaid() throws IOException {
    Images images = Idx.read(file("x", images(2)), file("y", labels(1, 0)));
    assertThat(images.labels(0, 1)).isEqualTo(Array.of(new int[] {1, 0}));
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> Idx.read(folder.resolve("x")))
        .withMessage(
            "the labels of %s can't be found by its name, which has no \"images\": say their file"
                .formatted(folder.resolve("x")));
  }

  @Test
  void everyTypeAndShapeIsRead() throws IOException {
    assertThat(Idx.array(file("x", idx(0x0802, new int[] {1, 2}, (byte) 200, (byte) 3))))
        .isEqualTo(Array.of(new int[] {200, 3}, 1, 2));
    assertThat(Idx.array(file("x", idx(0x0901, new int[] {1}, (byte) 200))))
        .isEqualTo(Array.of(new int[] {-56}));
    assertThat(Idx.array(file("x", idx(0x0b01, new int[] {1}, (byte) 255, (byte) 3))))
        .isEqualTo(Array.of(new int[] {-253}));
    byte[] number = ByteBuffer.allocate(4).putInt(-70_000).array();
    assertThat(Idx.array(file("x", idx(0x0c00, new int[0], number))).item()).isEqualTo(-70_000);
    byte[] real = ByteBuffer.allocate(4).putFloat(1.5f).array();
    assertThat(Idx.array(file("x", idx(0x0d01, new int[] {1}, real))))
        .isEqualTo(Array.of(new float[] {1.5f}));
    byte[] exact = ByteBuffer.allocate(8).putDouble(Math.PI).array();
    assertThat(Idx.array(file("x", idx(0x0e01, new int[] {1}, exact))))
        .isEqualTo(Array.of(new double[] {Math.PI}));
  }

  private void assertDamaged(byte[] bytes, String message) throws IOException {
    Path file = file("x", bytes);
    assertThatExceptionOfType(DamagedFileException.class)
        .isThrownBy(() -> Idx.array(file))
        .withMessage(file + ": " + message);
  }

  @Test
  void aFileThatIsNotWholeIsRefused() throws IOException {
    byte[] whole = images(2);
    assertDamaged(
        Arrays.copyOf(whole, whole.length - 1),
        "numbers: 12 bytes are expected, and only 11 are left");
    assertDamaged(Arrays.copyOf(whole, 10), "header: 12 bytes are expected, and only 6 are left");
    assertDamaged(
        Arrays.copyOf(whole, whole.length + 1), "numbers: there are bytes after byte 28, the last");
    assertDamaged(
        idx(0x803, new int[] {60_000, 28, 28}),
        "numbers: 47040000 bytes are expected, and only 0 are left");
    assertDamaged(
        idx(0x804, new int[] {-1, -1, -1, -1}),
        "header: an array of the sizes [4294967295, 4294967295, 4294967295, 4294967295] has more"
            + " than the 2147483639 numbers that one can have");
    assertDamaged(
        idx(0x1234_0803, new int[0]), "header: 0x12340803 is no magic number of the IDX format");
  }

  @Test
  void aCompressedFileThatIsNotWholeIsRefused() throws IOException {
    byte[] whole = gzip(images(2));
    assertDamaged(
        Arrays.copyOf(whole, whole.length - 12),
        "compressed bytes: Unexpected end of ZLIB input stream");
    byte[] changed = whole.clone();
    changed[changed.length - 6]++;
    assertDamaged(changed, "compressed bytes: Corrupt GZIP trailer");
    byte[] large = gzip(idx(0x803, new int[] {60_000, 100, 100}));
    assertDamaged(
        large,
        "numbers: 600000000 bytes are expected, and at most %d can be left in a compressed file of"
                .formatted(large.length * 1032 - 16)
            + " its size");
  }

  private void assertTrouble(byte[] images, byte[] labels, String message) throws IOException {
    Path file = file("train-images", images);
    Path other = file("train-labels", labels);
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> Idx.read(file))
        .withMessage(message.formatted(file, other));
  }

  @Test
  void imagesAndLabelsThatDoNotGoTogetherAreRefused() throws IOException {
    assertTrouble(images(2), labels(1, 2, 3), "%1$s has 2 images, and %2$s 3 labels");
    assertTrouble(
        labels(1, 2),
        labels(1, 2),
        "%1$s: header: images are bytes with 3 axes (magic number 0x00000803), and these are uint8"
            + " with 1 axes");
    assertTrouble(
        images(2),
        images(2),
        "%2$s: labels are whole numbers with 1 axis (magic number 0x00000801), and these are i32"
            + " [2, 2, 3]");
    assertTrouble(
        images(1),
        idx(0x0901, new int[] {1}, (byte) -1),
        "%2$s: label 0 is -1, and labels count classes from 0 to 65535 at most");
    assertTrouble(
        idx(0x803, new int[] {0, 28, 28}),
        labels(),
        "%1$s: header: there are no images: sizes [0, 28, 28]");
  }

  @Test
  void labelsThatAreNotThereAreNamed() throws IOException {
    Path file = file("train-images-idx3-ubyte.gz", images(1));
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> Idx.read(file))
        .withMessage(
            "the labels of %s are not beside it: there is none of train-labels-idx1-ubyte,"
                    .formatted(file)
                + " train-labels-idx1-ubyte.gz, train-labels.idx1-ubyte,"
                + " train-labels.idx1-ubyte.gz");
  }

  @Test
  void aTestOfAnotherSizeIsRefused() throws IOException {
    Path file = file("train-images", images(1));
    file("train-labels", labels(1));
    Path test = file("t10k-images", idx(0x803, new int[] {1, 1, 1}, (byte) 1));
    file("t10k-labels", labels(1));
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> Idx.read(file))
        .withMessage(
            "the images of %s are 3 x 2, grey, and those of %s 1 x 1, grey".formatted(file, test));
  }
}
