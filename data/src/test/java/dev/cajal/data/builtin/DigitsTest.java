package dev.cajal.data.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class DigitsTest {

  private static final Digits DIGITS = Digits.of(7);

  /** What the pictures of a seed are, for ever: made by this code, on Linux on x86-64. */
  @Test
  void theFirstThousandPicturesAreWhatTheyWere() {
    assertThat(checksum(Digits.of(1), 1000)).isEqualTo(2491667959L);
  }

  @Test
  void aPictureDoesNotDependOnWhatWasDrawnBefore() {
    var forwards = new float[50 * Digits.PIXELS];
    var backwards = new float[50 * Digits.PIXELS];
    Arrays.fill(backwards, 0.5f);
    for (int i = 0; i < 50; i++) {
      DIGITS.draw(i, forwards, i * Digits.PIXELS);
    }
    for (int i = 49; i >= 0; i--) {
      Digits.of(7).draw(i, backwards, i * Digits.PIXELS);
    }
    assertThat(backwards).isEqualTo(forwards);
  }

  @Test
  void picturesAreTheSameFromManyThreads() {
    float[][] together =
        IntStream.range(0, 400).parallel().mapToObj(DIGITS::picture).toArray(float[][]::new);
    for (int i = 0; i < together.length; i++) {
      assertThat(together[i]).as("picture %d", i).isEqualTo(DIGITS.picture(i));
    }
  }

  @Test
  void anotherSeedOrAnotherIndexGivesAnotherPicture() {
    assertThat(Digits.of(8).picture(0)).isNotEqualTo(DIGITS.picture(0));
    assertThat(DIGITS.picture(1)).isNotEqualTo(DIGITS.picture(0));
    assertThat(DIGITS.picture(1L << 32)).isNotEqualTo(DIGITS.picture(0));
  }

  @Test
  void aPictureIsDrawnInItsOwnPlaceOnly() {
    var into = new float[Digits.PIXELS + 20];
    Arrays.fill(into, -7);
    DIGITS.draw(3, into, 10);
    assertThat(Arrays.copyOfRange(into, 10, 10 + Digits.PIXELS)).isEqualTo(DIGITS.picture(3));
    assertThat(Arrays.copyOf(into, 10)).containsOnly(-7);
    assertThat(Arrays.copyOfRange(into, 10 + Digits.PIXELS, into.length)).containsOnly(-7);
  }

  @Test
  void eachTenPicturesHaveOneOfEachDigitInAnOrderOfTheirOwn() {
    var orders = new HashSet<List<Integer>>();
    for (int block = 0; block < 100; block++) {
      int from = 10 * block;
      List<Integer> labels =
          IntStream.range(from, from + 10).mapToObj(i -> DIGITS.label(i)).toList();
      assertThat(labels).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
      orders.add(labels);
    }
    assertThat(orders).hasSizeGreaterThan(95);
  }

  @Test
  void everyTypefaceIsAboutAsFrequentAsTheOthers() {
    assertThat(Digits.typefaces()).hasSizeGreaterThanOrEqualTo(24).doesNotHaveDuplicates();
    Map<String, Integer> count = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      count.merge(DIGITS.typeface(i), 1, Integer::sum);
    }
    double expected = 10_000.0 / Digits.typefaces().size();
    assertThat(count.keySet()).containsExactlyInAnyOrderElementsOf(Digits.typefaces());
    assertThat(count.values())
        .allSatisfy(n -> assertThat(n.doubleValue()).isBetween(0.7 * expected, 1.3 * expected));
  }

  @Test
  void everyPictureHasInkButNotTooMuch() {
    for (int i = 0; i < 3000; i++) {
      float[] picture = DIGITS.picture(i);
      double ink = 0;
      for (float grey : picture) {
        assertThat(grey).isBetween(0f, 1f);
        ink += grey;
      }
      assertThat(ink).as("picture %d", i).isBetween(15.0, 330.0);
    }
  }

  @Test
  void digitsAreNotCutOffAtTheEdges() {
    double edge = 0;
    for (int i = 0; i < 1000; i++) {
      float[] picture = DIGITS.picture(i);
      for (int k = 0; k < Digits.SIZE; k++) {
        edge += picture[k] + picture[Digits.PIXELS - 1 - k];
        edge += picture[k * Digits.SIZE] + picture[k * Digits.SIZE + Digits.SIZE - 1];
      }
    }
    assertThat(edge / (1000 * 4 * Digits.SIZE)).isLessThan(0.02);
  }

  /** Chance is 0.1; on handwritten ones (MNIST) the nearest of 2,000 is right in about 0.9. */
  @Test
  void theNearestOfManyPicturesMostlyShowsTheSameDigitButNotAlways() {
    int known = 2000;
    int asked = 300;
    float[][] pictures =
        IntStream.range(0, known + asked).mapToObj(DIGITS::picture).toArray(float[][]::new);
    int right = 0;
    for (int i = known; i < known + asked; i++) {
      right += DIGITS.label(nearest(pictures, known, pictures[i])) == DIGITS.label(i) ? 1 : 0;
    }
    assertThat((double) right / asked).isBetween(0.65, 0.93);
  }

  @Test
  void anIndexBelowZeroIsRefused() {
    assertThatThrownBy(() -> DIGITS.picture(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("digits: a picture has an index from 0 on, not -1");
  }

  private static int nearest(float[][] pictures, int known, float[] asked) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < known; i++) {
      double distance = 0;
      for (int k = 0; k < asked.length; k++) {
        double difference = asked[k] - pictures[i][k];
        distance += difference * difference;
      }
      if (distance < least) {
        least = distance;
        nearest = i;
      }
    }
    return nearest;
  }

  private static long checksum(Digits digits, int count) {
    var crc = new CRC32C();
    ByteBuffer bytes = ByteBuffer.allocate(Digits.PIXELS * Float.BYTES);
    for (int i = 0; i < count; i++) {
      bytes.clear();
      for (float grey : digits.picture(i)) {
        bytes.putFloat(grey);
      }
      crc.update(bytes.flip());
      crc.update(digits.label(i));
    }
    return crc.getValue();
  }
}
