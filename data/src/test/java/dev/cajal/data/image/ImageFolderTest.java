package dev.cajal.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cajal.CajalException;
import dev.cajal.DamagedFileException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  @TempDir private Path folder;

  /** A picture all of one colour, whose format is the end of its name. */
  private Path draw(String name, int width, int height, int colour) throws IOException {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        image.setRGB(column, row, colour);
      }
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    String format = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    return file;
  }

  private ImageSets read() {
    return ImageFolder.of(folder).read();
  }

  private void assertTrouble(String message) {
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(this::read)
        .withMessage(message.replace("{}", folder.toString()));
  }

  @Test
  void everyFolderIsAClassAndAllIsInTheOrderOfNames() throws IOException {
    draw("dog/b.png", 2, 2, 0x020202);
    draw("dog/B.png", 2, 2, 0x010101);
    draw("cat/deep/x.bmp", 2, 2, 0x040404);
    draw("cat/a.gif", 2, 2, 0x030303);
    ImageSets sets = read();
    Images train = sets.train();
    assertThat(train.classes()).containsExactly("cat", "dog");
    assertThat(train).hasToString("4 images, 2 x 2, grey, of 2 classes");
    assertThat(IntStream.range(0, 4).map(i -> train.pixel(i, 0, 0, 0))).containsExactly(3, 4, 1, 2);
    assertThat(IntStream.range(0, 4).map(train::label)).containsExactly(0, 0, 1, 1);
    assertThat(sets.test()).isEmpty();
    assertThat(sets.validation()).isEmpty();
    assertThat(sets.notes()).isEmpty();
  }

  @Test
  void oneColouredPictureGivesAllThreeChannels() throws IOException {
    draw("a/grey.png", 2, 2, 0x050505);
    draw("b/colour.jpg", 2, 2, 0xff0000);
    Images train = read().train();
    assertThat(train.format()).isEqualTo(new PixelFormat(3, 2, 2));
    assertThat(train.pixel(0, 0, 1, 1)).isEqualTo(5);
    assertThat(train.pixel(0, 2, 1, 1)).isEqualTo(5);
    assertThat(train.pixel(1, 0, 0, 0)).isGreaterThan(245);
    assertThat(train.pixel(1, 1, 0, 0)).isLessThan(10);
  }

  @Test
  void foldersForLearningAndJudgingAreToldApart() throws IOException {
    draw("train/a/1.png", 3, 2, 0x010101);
    draw("train/b/1.png", 3, 2, 0x020202);
    draw("Validation/b/1.png", 6, 4, 0x030303);
    draw("test/b/1.png", 9, 9, 0x0000ff);
    ImageSets sets = read();
    assertThat(sets.train()).hasToString("2 images, 3 x 2, RGB, of 2 classes");
    assertThat(sets.validation().orElseThrow()).hasToString("1 images, 3 x 2, RGB, of 2 classes");
    assertThat(sets.test().orElseThrow().label(0)).isEqualTo(1);
    assertThat(sets.test().orElseThrow().pixel(0, 2, 0, 0)).isEqualTo(255);
  }

  @Test
  void classesMayBeNamedTrainAndTest() throws IOException {
    draw("train/1.png", 2, 2, 0);
    draw("test/1.png", 2, 2, 0);
    assertThat(read().train().classes()).containsExactly("test", "train");
  }

  @Test
  void theMostCommonSizeIsTakenIfItIsSmall() throws IOException {
    draw("a/1.png", 64, 20, 0);
    draw("a/2.png", 10, 10, 0);
    draw("b/3.png", 64, 20, 0);
    assertThat(read().train().format()).isEqualTo(new PixelFormat(1, 20, 64));
    draw("b/4.png", 10, 10, 0);
    assertThat(read().train().format()).isEqualTo(new PixelFormat(1, 10, 10));
    draw("b/5.png", 65, 20, 0);
    draw("b/6.png", 65, 20, 0);
    draw("b/7.png", 65, 20, 0);
    assertThat(read().train().format()).isEqualTo(new PixelFormat(1, 32, 32));
  }

  @Test
  void theSizeAndTheFitCanBeAskedFor() throws IOException {
    draw("a/1.png", 80, 40, 0xffffff);
    Images cropped = ImageFolder.of(folder).size(4, 6).read().train();
    assertThat(cropped.format()).isEqualTo(new PixelFormat(1, 6, 4));
    assertThat(cropped.pixel(0, 0, 0, 0)).isEqualTo(255);
    Images padded = ImageFolder.of(folder).size(4, 6).fit(Fit.PAD).read().train();
    assertThat(IntStream.range(0, 6).map(row -> padded.pixel(0, 0, row, 2)))
        .containsExactly(0, 0, 255, 255, 0, 0);
  }

  @Test
  void theNumberOfThreadsChangesNothing() throws IOException {
    for (int i = 0; i < 40; i++) {
      draw("%s/%02d.png".formatted(i % 2 == 0 ? "a" : "b", i), 20 + i, 50 - i, i * 0x050301);
    }
    String alone = ImageFolder.of(folder).size(7, 7).threads(1).read().train().checksum();
    assertThat(ImageFolder.of(folder).size(7, 7).threads(5).read().train().checksum())
        .isEqualTo(alone);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> ImageFolder.of(folder).threads(0))
        .withMessage("threads: 1 at least, not 0");
  }

  @Test
  void hiddenFilesAreLeftOutAndOthersNamed() throws IOException {
    draw("a/1.png", 2, 2, 0);
    draw("stray.png", 2, 2, 0);
    Files.writeString(folder.resolve("a/.DS_Store"), "x");
    Files.createDirectory(folder.resolve(".git"));
    Files.writeString(folder.resolve("a/notes.txt"), "x");
    Files.createFile(folder.resolve("a/empty"));
    ImageSets sets = read();
    assertThat(sets.train().count()).isEqualTo(1);
    assertThat(sets.train().classes()).containsExactly("a");
    assertThat(sets.notes())
        .containsExactly(
            "left out, being no PNG, JPEG, GIF or BMP: a/empty, a/notes.txt",
            "left out, being in no folder of a class: stray.png");
  }

  @Test
  void ofManyFilesTenAreNamed() throws IOException {
    draw("a/1.png", 2, 2, 0);
    for (int i = 10; i < 23; i++) {
      Files.createFile(folder.resolve("a/" + i));
    }
    assertThat(read().notes())
        .containsExactly(
            "left out, being no PNG, JPEG, GIF or BMP: a/10, a/11, a/12, a/13, a/14, a/15, a/16,"
                + " a/17, a/18, a/19, and 3 more");
  }

  @Test
  void turnedPicturesAreNamed() throws IOException {
    Path file = folder.resolve("a/turned.jpg");
    Files.createDirectories(file.getParent());
    try (var golden = ImageFolderTest.class.getResourceAsStream("turned.jpg")) {
      assertThat(golden).isNotNull();
      Files.copy(golden, file);
    }
    assertThat(read().notes())
        .containsExactly("turned by what EXIF says, which is ignored: a/turned.jpg");
  }

  @Test
  void ofDamagedPicturesTheFirstIsNamedWhateverTheThreads() throws IOException {
    Path first = null;
    for (int i = 0; i < 20; i++) {
      Path file = draw("a/%02d.png".formatted(i), 30, 30, i);
      if (i == 4 || i == 15) {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 20));
        first = first == null ? file : first;
      }
    }
    Path named = first;
    for (int threads = 1; threads < 5; threads++) {
      ImageFolder pictures = ImageFolder.of(folder).threads(threads);
      assertThatExceptionOfType(DamagedFileException.class)
          .isThrownBy(pictures::read)
          .withMessageStartingWith(named + ": picture: the file ends at byte ");
    }
  }

  @Test
  void aFolderThatIsOtherwiseIsRefused() throws IOException {
    assertTrouble("{} has no folders in it: images are expected in one folder a class");
    Files.createDirectory(folder.resolve("a"));
    assertTrouble("{}: there is no picture of the class a");
    Files.writeString(folder.resolve("a/x.webp"), "x");
    assertTrouble(
        "{}: there is no picture of the class a; left out, being no PNG, JPEG, GIF or BMP:"
            + " a/x.webp");
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> ImageFolder.of(file).read())
        .withMessage(file + " is a file, and a folder of images is expected");
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> ImageFolder.of(folder.resolve("none")).read())
        .withMessage("there is no folder " + folder.resolve("none"));
  }

  @Test
  void theClassesOfATestAreThoseToLearnFrom() throws IOException {
    draw("train/a/1.png", 2, 2, 0);
    draw("train/b/1.png", 2, 2, 0);
    draw("test/c/1.png", 2, 2, 0);
    assertTrouble(
        "{}/test/c is a folder of a class that there is not to learn from; there are a, b");
  }

  @Test
  void oneFolderIsForOneThing() throws IOException {
    draw("train/a/1.png", 2, 2, 0);
    draw("val/a/1.png", 2, 2, 0);
    draw("validation/a/1.png", 2, 2, 0);
    assertTrouble("{}/val and {}/validation are both for the same: keep one");
  }
}
