package dev.cajal.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.data.numpy.Npz;
import dev.cajal.tensor.Array;
import java.awt.image.BufferedImage;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScalingTest {

  private static Pixels grey(int width, int height, int... numbers) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, width, height, numbers);
    return Pixels.of(image);
  }

  private static int[] scaled(Pixels pixels, int width, int height, Fit fit) {
    byte[] bytes = new Scaling(new PixelSize(width, height), fit).scaled(pixels);
    var numbers = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      numbers[i] = Byte.toUnsignedInt(bytes[i]);
    }
    return numbers;
  }

  private static Array golden(String name) throws URISyntaxException {
    Path file =
        Path.of(Objects.requireNonNull(ScalingTest.class.getResource("scaling.npz")).toURI());
    return Objects.requireNonNull(Npz.read(file).get(name));
  }

  private static Pixels picture(Array colours) {
    int[] sizes = colours.shape().numbers();
    var image = new BufferedImage(sizes[1], sizes[0], BufferedImage.TYPE_INT_RGB);
    image.getRaster().setPixels(0, 0, sizes[1], sizes[0], colours.toInts());
    return Pixels.of(image);
  }

  /** By Pillow 12.3.0, whose box filter is the mean where sizes divide. */
  @Test
  void scalingIsAsPillowDoesIt() throws URISyntaxException {
    for (var names : Map.of("large", "mean", "small", "lines").entrySet()) {
      Array wanted = golden(names.getValue());
      int height = wanted.shape().numbers()[0];
      int width = wanted.shape().numbers()[1];
      int[] found = scaled(picture(golden(names.getKey())), width, height, Fit.CROP);
      for (int i = 0; i < found.length; i++) {
        int channel = i / (height * width);
        int row = i / width % height;
        int column = i % width;
        assertThat((double) found[i])
            .as("%s at %d, %d, %d", names.getValue(), channel, row, column)
            .isBetween(wanted.get(row, column, channel) - 1, wanted.get(row, column, channel) + 1);
      }
    }
  }

  /** Each new pixel covers one and a half of the old: (0 + 30/2) / 1.5, (30/2 + 90) / 1.5. */
  @Test
  void aMeanTakesPartsOfPixels() {
    assertThat(scaled(grey(3, 3, 0, 30, 90, 0, 30, 90, 0, 30, 90), 2, 2, Fit.CROP))
        .containsExactly(10, 70, 10, 70);
  }

  @Test
  void theMeanOfAllIsOnePixel() {
    assertThat(scaled(grey(2, 2, 0, 255, 255, 0), 1, 1, Fit.CROP)).containsExactly(128);
  }

  @ParameterizedTest
  @EnumSource(Fit.class)
  void aPictureOfTheWantedSizeStaysAsItIs(Fit fit) {
    assertThat(scaled(grey(3, 2, 1, 2, 3, 254, 255, 0), 3, 2, fit))
        .containsExactly(1, 2, 3, 254, 255, 0);
  }

  @Test
  void croppingTakesTheMiddle() {
    assertThat(scaled(grey(4, 2, 1, 2, 3, 4, 5, 6, 7, 8), 2, 2, Fit.CROP))
        .containsExactly(2, 3, 6, 7);
    assertThat(scaled(grey(1, 3, 10, 20, 30), 1, 1, Fit.CROP)).containsExactly(20);
  }

  @Test
  void paddingIsBlackOnBothSides() {
    assertThat(scaled(grey(4, 2, 10, 20, 30, 40, 30, 40, 50, 60), 2, 3, Fit.PAD))
        .containsExactly(0, 0, 25, 45, 0, 0);
  }

  @Test
  void aThinPictureKeepsAPixelWhenItIsPadded() {
    assertThat(scaled(grey(9, 1, 9, 9, 9, 9, 9, 9, 9, 9, 9), 3, 3, Fit.PAD))
        .containsExactly(0, 0, 0, 9, 9, 9, 0, 0, 0);
  }

  /** Centres of new pixels are at -1/4, 1/4, 3/4 and 5/4 of the old. */
  @Test
  void moreLieOnLinesBetween() {
    assertThat(scaled(grey(2, 1, 0, 100), 4, 2, Fit.CROP))
        .containsExactly(0, 25, 75, 100, 0, 25, 75, 100);
  }
}
