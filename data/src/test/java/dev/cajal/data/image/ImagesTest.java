package dev.cajal.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cajal.tensor.Array;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImagesTest {
  private static Images images() {
    byte[] pixels = {0, 51, (byte) 255, 102, 1, 2, 3, 4};
    return Images.wrap(new PixelFormat(2, 1, 2), pixels, new int[] {1, 0}, List.of("cat", "dog"));
  }

  @Test
  void aBatchHasFloatsFromZeroToOneInTheOrderAskedFor() {
    assertThat(images().batch(0)).isEqualTo(Array.of(new float[] {0, 0.2f, 1, 0.4f}, 1, 2, 1, 2));
    assertThat(images().batch(1, 0).rows(1)).isEqualTo(images().batch(0));
    assertThat(images().labels(1, 0, 0)).isEqualTo(Array.of(new int[] {0, 1, 1}));
  }

  @Test
  void pixelsAndLabelsAreFoundByPosition() {
    assertThat(images().pixel(0, 1, 0, 0)).isEqualTo(255);
    assertThat(images().pixel(1, 0, 0, 1)).isEqualTo(2);
    assertThat(images().label(0)).isEqualTo(1);
    assertThat(images().classes()).containsExactly("cat", "dog");
    assertThat(images()).hasToString("2 images, 2 x 1, 2 channels, of 2 classes");
  }

  @Test
  void someAreSelectedInAnOrder() {
    Images some = images().select(1, 1, 0);
    assertThat(some.count()).isEqualTo(3);
    assertThat(some.batch(0, 1, 2)).isEqualTo(images().batch(1, 1, 0));
    assertThat(some.labels(0, 1, 2)).isEqualTo(images().labels(1, 1, 0));
  }

  @Test
  void theChecksumIsThatOfAllTheyAre() {
    byte[] pixels = {0, 51, (byte) 255, 102, 1, 2, 3, 4};
    var format = new PixelFormat(2, 1, 2);
    var labels = new int[] {1, 0};
    List<String> classes = List.of("cat", "dog");
    byte[] others = pixels.clone();
    others[7] = 5;
    assertThat(
            List.of(
                images().checksum(),
                Images.wrap(format, others, labels, classes).checksum(),
                Images.wrap(new PixelFormat(2, 2, 1), pixels, labels, classes).checksum(),
                Images.wrap(format, pixels, new int[] {1, 1}, classes).checksum(),
                Images.wrap(format, pixels, labels, List.of("ca", "tdog")).checksum()))
        .doesNotHaveDuplicates();
    assertThat(Images.wrap(format, pixels, labels, classes).checksum())
        .isEqualTo(images().checksum());
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    var format = new PixelFormat(1, 2, 2);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Images.wrap(format, new byte[7], new int[2], List.of("a")))
        .withMessage("2 images of 2 x 2, grey have 8 bytes, not 7");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Images.wrap(format, new byte[8], new int[] {0, 1}, List.of("a")))
        .withMessage("image 1 has the label 1, and there are 1 classes");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new PixelFormat(1, 0, 2))
        .withMessage("an image has a channel and a pixel at least, not 1 channels of 0 x 2 pixels");
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> images().batch(2));
  }
}
