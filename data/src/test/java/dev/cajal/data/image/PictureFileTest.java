package dev.cajal.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cajal.CajalException;
import dev.cajal.DamagedFileException;
import dev.cajal.data.numpy.Npz;
import dev.cajal.tensor.Array;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of pictures that Pillow 12.3.0 wrote: see {@code src/test/golden/make_golden.py}. */
class PictureFileTest {
  @TempDir private Path folder;

  private static Path golden(String name) {
    try {
      return Path.of(Objects.requireNonNull(PictureFileTest.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static PictureFile.Decoded decoded(Path file) {
    return PictureFile.of(file).orElseThrow().decode();
  }

  private static Pixels pixels(String name) {
    return decoded(golden(name)).pixels();
  }

  private static int at(Pixels pixels, int channel, int row, int column) {
    return Byte.toUnsignedInt(pixels.plane(channel)[row * pixels.size().width() + column]);
  }

  private static int gradient(int row, int column) {
    return (row * 8 + column) * 4;
  }

  private interface Colour {
    int of(int channel, int row, int column);
  }

  private static void assertPixels(Pixels pixels, int channels, Colour colour) {
    assertThat(pixels.size()).isEqualTo(new PixelSize(8, 8));
    assertThat(pixels.channels()).isEqualTo(channels);
    for (int channel = 0; channel < channels; channel++) {
      for (int row = 0; row < 8; row++) {
        for (int column = 0; column < 8; column++) {
          assertThat(at(pixels, channel, row, column))
              .as("channel %d, row %d, column %d", channel, row, column)
              .isEqualTo(colour.of(channel, row, column));
        }
      }
    }
  }

  private static int onWhite(int number, int alpha) {
    return (int) Math.round((number * alpha + 255.0 * (255 - alpha)) / 255);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grey.png", "grey16.png"})
  void greyIsAsTheFileHasIt(String name) {
    assertPixels(pixels(name), 1, (_, row, column) -> gradient(row, column));
  }

  private static int colour(int channel, int row, int column) {
    return channel == 2 ? gradient(column, row) : gradient(row, column);
  }

  @ParameterizedTest
  @ValueSource(strings = {"colours.png", "colours.bmp"})
  void coloursAreRedGreenAndBlue(String name) {
    assertPixels(pixels(name), 3, PictureFileTest::colour);
  }

  @Test
  void whatIsTransparentIsLaidOnWhite() {
    assertPixels(
        pixels("alpha.png"),
        3,
        (channel, row, column) -> onWhite(colour(channel, row, column), gradient(7 - row, column)));
    assertPixels(
        pixels("grey_alpha.png"),
        1,
        (_, row, column) -> onWhite(gradient(row, column), gradient(7 - row, column)));
  }

  @Test
  void aPaletteGivesItsColours() {
    int[][] palette = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {10, 20, 30}};
    assertPixels(
        pixels("palette.gif"),
        3,
        (channel, row, column) -> palette[gradient(row, column) / 64][channel]);
    int[][] onWhite = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 255}};
    assertPixels(
        pixels("palette.png"),
        3,
        (channel, row, column) -> onWhite[gradient(row, column) / 64][channel]);
  }

  @Test
  void aPictureOfOneBitIsBlackAndWhite() {
    assertPixels(
        pixels("one_bit.png"), 1, (_, row, column) -> gradient(row, column) > 100 ? 255 : 0);
  }

  @Test
  void aGreyJpegIsDecodedToWhatPillowDecodes() {
    Array wanted = Objects.requireNonNull(Npz.read(golden("decoded.npz")).get("grey_jpg"));
    assertPixels(pixels("grey.jpg"), 1, (_, row, column) -> (int) wanted.get(row, column));
  }

  /** The colours of a JPEG are at half the size, and decoders fill in differently. */
  @Test
  void aTurnedJpegIsNotTurnedBackButSaidToBe() {
    PictureFile.Decoded decoded = decoded(golden("turned.jpg"));
    assertThat(decoded.isTurned()).isTrue();
    assertThat(decoded(golden("grey.jpg")).isTurned()).isFalse();
    Array wanted = Objects.requireNonNull(Npz.read(golden("decoded.npz")).get("turned_jpg"));
    for (int row = 0; row < 8; row++) {
      for (int column = 0; column < 8; column++) {
        for (int channel = 0; channel < 3; channel++) {
          assertThat((double) at(decoded.pixels(), channel, row, column))
              .isBetween(
                  wanted.get(row, column, channel) - 4, wanted.get(row, column, channel) + 4);
        }
      }
    }
  }

  @Test
  void profilesOfColoursAreIgnored() {
    assertPixels(pixels("profile.png"), 3, PictureFileTest::colour);
    Array wanted = Objects.requireNonNull(Npz.read(golden("decoded.npz")).get("profile_jpg"));
    assertPixels(
        pixels("profile.jpg"), 3, (channel, row, column) -> (int) wanted.get(row, column, channel));
  }

  @Test
  void aJpegOfFourColoursIsRefused() {
    Path file = golden("cmyk.jpg");
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> decoded(file))
        .withMessage(
            file + ": it has 4 channels of colour (CMYK), which is not read: save it as RGB");
  }

  /** Wherever it is cut, but for the end marker of a GIF, which nothing depends on. */
  @ParameterizedTest
  @ValueSource(strings = {"colours.png", "grey.jpg", "turned.jpg", "palette.gif", "colours.bmp"})
  void aPictureThatIsCutIsRefusedWithItsPath(String name) throws IOException {
    byte[] whole = Files.readAllBytes(golden(name));
    int last = name.endsWith("gif") ? 3 : 1;
    for (int length = whole.length - last; length > 12; length -= 7) {
      Path file = Files.write(folder.resolve(name), Arrays.copyOf(whole, length));
      assertThatExceptionOfType(DamagedFileException.class)
          .as("%d of %d bytes", length, whole.length)
          .isThrownBy(() -> decoded(file))
          .withMessageStartingWith(file + ": ");
    }
  }

  @Test
  void aPictureWithAChangedByteIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(golden("colours.png"));
    whole[60]++;
    Path file = Files.write(folder.resolve("x.png"), whole);
    assertThatExceptionOfType(DamagedFileException.class)
        .isThrownBy(() -> decoded(file))
        .withMessage(file + ": picture: the chunk at byte 33 has another checksum than it should");
  }

  @Test
  void whatIsNoPictureIsNone() throws IOException {
    assertThat(PictureFile.of(Files.writeString(folder.resolve("a.txt"), "BMW is a car")))
        .isEmpty();
    Path file = Files.writeString(folder.resolve("a.JPG"), "<html>not found</html>");
    assertThatExceptionOfType(DamagedFileException.class)
        .isThrownBy(() -> PictureFile.of(file))
        .withMessage(file + ": this is no PNG, JPEG, GIF or BMP, although its name says so");
  }

  /** As a decompression bomb is: some bytes that say they are a billion pixels. */
  @Test
  void aPictureOfTooManyPixelsIsRefusedBeforeItIsDecoded() throws IOException {
    byte[] whole = Files.readAllBytes(golden("grey.png"));
    whole[17] = 1;
    whole[21] = 1;
    Path file = Files.write(folder.resolve("x.png"), whole);
    assertThatExceptionOfType(DamagedFileException.class)
        .isThrownBy(() -> PictureFile.of(file))
        .withMessage(
            file
                + ": this picture can't be decoded: an image has 1 to 100000000 pixels, not"
                + " 65544 x 65544");
  }
}
