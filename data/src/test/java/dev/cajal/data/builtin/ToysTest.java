package dev.cajal.data.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.YearMonth;
import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ToysTest {

  static Stream<LongFunction<Points>> points() {
    return Stream.of(Toys::spirals, Toys::moons, Toys::circles, Toys::blobs, Toys::xor);
  }

  @ParameterizedTest
  @MethodSource("points")
  void theSeedDecidesThePoints(LongFunction<Points> toy) {
    assertThat(toy.apply(5).x()).isDeepEqualTo(toy.apply(5).x());
    assertThat(toy.apply(5).label()).isEqualTo(toy.apply(5).label());
    assertThat(Arrays.deepEquals(toy.apply(5).x(), toy.apply(6).x())).isFalse();
  }

  @ParameterizedTest
  @MethodSource("points")
  void classesAreOfOneSizeAndShuffled(LongFunction<Points> toy) {
    Points points = toy.apply(5);
    int[] label = points.label();
    var count = new int[points.classes().size()];
    int changes = 0;
    for (int i = 0; i < label.length; i++) {
      count[label[i]]++;
      changes += i > 0 && label[i] != label[i - 1] ? 1 : 0;
    }
    int most = Arrays.stream(count).max().orElseThrow();
    int least = Arrays.stream(count).min().orElseThrow();
    assertThat(most - least).isLessThanOrEqualTo(1);
    // in order there would be 1 or 2 changes, or 499 where classes alternate
    double expected = label.length * (1 - 1.0 / count.length);
    assertThat((double) changes).isCloseTo(expected, within(60.0));
  }

  @Test
  void moonsWithoutNoiseLieOnTheirHalfCircles() {
    Points moons = Toys.moons(1, 101, 0);
    int[] label = moons.label();
    double[][] x = moons.x();
    for (int i = 0; i < label.length; i++) {
      boolean upper = label[i] == 0;
      double fromX = x[i][0] - (upper ? 0 : 1);
      double fromY = x[i][1] - (upper ? 0 : 0.5);
      assertThat(Math.hypot(fromX, fromY)).isCloseTo(1, within(1e-12));
      assertThat(upper ? fromY : -fromY).isGreaterThan(-1e-12);
    }
  }

  @Test
  void circlesWithoutNoiseHaveRadiusOneAndOneHalf() {
    Points circles = Toys.circles(1, 60, 0);
    int[] label = circles.label();
    double[][] x = circles.x();
    for (int i = 0; i < label.length; i++) {
      assertThat(Math.hypot(x[i][0], x[i][1])).isCloseTo(label[i] == 0 ? 1 : 0.5, within(1e-12));
    }
  }

  @Test
  void oneArmOfTheSpiralIsTheOtherTurnedHalfAround() {
    Points spirals = Toys.spirals(1, 200, 0);
    int[] label = spirals.label();
    double[][] x = spirals.x();
    for (int i = 0; i < label.length; i++) {
      double[] turned = {-x[i][0], -x[i][1]};
      int other = 1 - label[i];
      assertThat(
              IntStream.range(0, label.length)
                  .filter(k -> label[k] == other)
                  .mapToDouble(k -> Math.hypot(x[k][0] - turned[0], x[k][1] - turned[1]))
                  .min())
          .hasValueCloseTo(0.0, within(1e-12));
    }
  }

  @Test
  void theClassOfXorIsWhetherSignsDiffer() {
    Points xor = Toys.xor(1, 300, 0);
    int[] label = xor.label();
    double[][] x = xor.x();
    for (int i = 0; i < label.length; i++) {
      assertThat(x[i][0] * x[i][1] < 0 ? 1 : 0).isEqualTo(label[i]);
      assertThat(Math.max(Math.abs(x[i][0]), Math.abs(x[i][1]))).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void blobsSpreadAroundTheirMiddlesAsMuchAsTheNoiseSays() {
    Points blobs = Toys.blobs(1, 9000, 0.7);
    int[] label = blobs.label();
    double[][] x = blobs.x();
    var mean = new double[3][2];
    for (int i = 0; i < label.length; i++) {
      mean[label[i]][0] += x[i][0] / 3000;
      mean[label[i]][1] += x[i][1] / 3000;
    }
    double squares = 0;
    for (int i = 0; i < label.length; i++) {
      squares += Math.pow(x[i][0] - mean[label[i]][0], 2);
      squares += Math.pow(x[i][1] - mean[label[i]][1], 2);
    }
    assertThat(Math.sqrt(squares / 18000)).isCloseTo(0.7, within(0.02));
    assertThat(mean[0][0]).isCloseTo(3 * Math.sqrt(0.75), within(0.05));
    assertThat(mean[1][0]).isCloseTo(-3 * Math.sqrt(0.75), within(0.05));
    assertThat(mean[2][1]).isCloseTo(-3, within(0.05));
  }

  @Test
  void wavesWithoutNoiseRiseBySixEachYear() {
    Series waves = Toys.waves(1, 48, 0);
    for (int t = 12; t < waves.size(); t++) {
      assertThat(waves.value(t) - waves.value(t - 12)).isCloseTo(6, within(1e-9));
    }
    assertThat(waves.value(0)).isCloseTo(108, within(1e-9));
    assertThat(waves.value(3)).isCloseTo(100 + 1.5 + 20 - 8, within(1e-9));
  }

  @Test
  void wavesAreMonthsOfTwentyYears() {
    Series waves = Toys.waves(1);
    assertThat(waves.size()).isEqualTo(240);
    assertThat(waves.month(0)).isEqualTo(YearMonth.of(2005, 1));
    assertThat(waves.month(239)).isEqualTo(YearMonth.of(2024, 12));
    assertThat(waves).isEqualTo(Toys.waves(1)).isNotEqualTo(Toys.waves(2));
  }

  @Test
  void whatIsHandedOutIsACopy() {
    Points moons = Toys.moons(1);
    moons.x()[0][0] = 99;
    moons.label()[0] = 99;
    assertThat(moons.x()[0][0]).isNotEqualTo(99);
    assertThat(moons.label()[0]).isNotEqualTo(99);
  }

  @Test
  void tooFewPointsAndNoiseBelowZeroAreRefused() {
    assertThatThrownBy(() -> Toys.blobs(1, 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at least 3 are needed, not 2");
    assertThatThrownBy(() -> Toys.moons(1, 100, -0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("noise is a number of 0 or more, not -0.1");
  }
}
