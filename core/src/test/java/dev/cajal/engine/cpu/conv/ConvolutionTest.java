package dev.cajal.engine.cpu.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.engine.cpu.emit.Lanes;
import dev.cajal.engine.cpu.gemm.Epilogue;
import dev.cajal.tensor.Window;
import dev.cajal.testing.Choices;
import dev.cajal.testing.Property;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionTest {
  private static final int[] WORKERS = {1, 2, 5};

  @ParameterizedTest
  @MethodSource("dev.cajal.engine.cpu.emit.Widths#all")
  void isTheSumOverWindows(Lanes lanes) {
    Property.holds(
        60,
        choices -> {
          Images images = new Images(choices);
          var y = new double[size(images.y)];
          float[] x = numbers(choices, images.x);
          float[] kernel = numbers(choices, images.kernel);
          images.forEach((in, weight, out) -> y[out] += (double) x[in] * kernel[weight]);
          check(
              Convolution.forward(
                  lanes, images.window, images.groups, images.x, images.kernel, images.y),
              x,
              kernel,
              y);
        });
  }

  @ParameterizedTest
  @MethodSource("dev.cajal.engine.cpu.emit.Widths#all")
  void theGradientInTheImagesIsTheSumOverTheWindowsThatCoverThem(Lanes lanes) {
    Property.holds(
        60,
        choices -> {
          Images images = new Images(choices);
          var x = new double[size(images.x)];
          float[] y = numbers(choices, images.y);
          float[] kernel = numbers(choices, images.kernel);
          images.forEach((in, weight, out) -> x[in] += (double) y[out] * kernel[weight]);
          check(
              Convolution.transposed(
                  lanes, images.window, images.groups, images.x, images.kernel, images.y),
              y,
              kernel,
              x);
        });
  }

  @ParameterizedTest
  @MethodSource("dev.cajal.engine.cpu.emit.Widths#all")
  void theGradientInTheKernelIsTheSumOverAllWindows(Lanes lanes) {
    Property.holds(
        60,
        choices -> {
          Images images = new Images(choices);
          var kernel = new double[size(images.kernel)];
          float[] x = numbers(choices, images.x);
          float[] y = numbers(choices, images.y);
          images.forEach((in, weight, out) -> kernel[weight] += (double) x[in] * y[out]);
          check(
              Convolution.kernel(
                  lanes, images.window, images.groups, images.x, images.kernel, images.y),
              x,
              y,
              kernel);
        });
  }

  @Test
  void manyWindowsAreSummedInBlocks() {
    assertSumOfOnesAndTwos(30, 30);
    // A single run whose length has no small divisor.
    assertSumOfOnesAndTwos(1, 1021);
  }

  private static void assertSumOfOnesAndTwos(int height, int width) {
    int[] x = {1, height, width, 2};
    int[] kernel = {1, 1, 2, 3};
    int[] y = {1, height, width, 3};
    var ones = new float[height * width * 2];
    var two = new float[height * width * 3];
    Arrays.fill(ones, 1);
    Arrays.fill(two, 2);
    var expected = new double[6];
    Arrays.fill(expected, 2 * height * width);
    check(
        Convolution.kernel(Lanes.preferred(), Window.of(1, 1), 1, x, kernel, y),
        ones,
        two,
        expected);
  }

  /** Each region goes through the epilogue when it is there, and not again with the next. */
  @Test
  void aLargeImageIsDoneRegionByRegion() {
    int side = 80;
    int[] x = {2, side, side, 1};
    int[] kernel = {1, 1, 1, 9};
    int[] y = {2, side, side, 9};
    var ones = new float[2 * side * side];
    Arrays.fill(ones, 1);
    var weights = new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9};
    var expected = new double[2 * side * side * 9];
    Arrays.setAll(expected, i -> i % 9 + 1);
    check(
        Convolution.forward(Lanes.preferred(), Window.of(1, 1), 1, x, kernel, y),
        ones,
        weights,
        expected);
  }

  @Test
  void imagesHaveOneOrTwoAxes() {
    int[] sizes = {1, 2, 2, 2, 1};
    assertThatThrownBy(
            () -> Convolution.forward(Lanes.ONE, Window.of(1, 1, 1), 1, sizes, sizes, sizes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("convolution of images has one or two axes, not 3");
  }

  /**
   * The result, its bits for any number of workers, and that the epilogue sees each number once.
   */
  private static void check(
      Convolution convolution, float[] left, float[] right, double[] expected) {
    float[] whole = run(convolution, left, right, expected.length, 1);
    for (int i = 0; i < expected.length; i++) {
      // Each is the sum of at most 2,000 products of numbers below 1.
      if (!(Math.abs(2 * expected[i] + 1 - whole[i]) <= 1e-4)) {
        throw new AssertionError("at %d: %s, not %s".formatted(i, whole[i], 2 * expected[i] + 1));
      }
    }
    for (int workers : WORKERS) {
      assertThat(run(convolution, left, right, expected.length, workers)).isEqualTo(whole);
    }
  }

  /** The result doubled and one added by the epilogue. */
  private static float[] run(
      Convolution convolution, float[] left, float[] right, int size, int workers) {
    var result = new float[size];
    var scratch = new float[convolution.scratch()];
    Arrays.fill(result, Float.NaN);
    int parts = convolution.parts(workers);
    assertThat(parts).isBetween(1, workers);
    int columns = columns(convolution, left, right, size);
    Epilogue epilogue =
        (rowFrom, rowTo, columnFrom, columnTo) -> {
          for (int i = rowFrom; i < rowTo; i++) {
            for (int j = i * columns + columnFrom; j < i * columns + columnTo; j++) {
              result[j] = 2 * result[j] + 1;
            }
          }
        };
    Sheet sheet = convolution.sheet().with(scratch);
    for (int part = 0; part < parts; part++) {
      Arrays.fill(scratch, Float.NaN);
      convolution.run(left, 0, right, 0, result, 0, part, parts, sheet, epilogue);
    }
    return result;
  }

  /** The last axis of the result, found by running once: the largest column an epilogue names. */
  private static int columns(Convolution convolution, float[] left, float[] right, int size) {
    int[] last = {0};
    convolution.run(
        left,
        0,
        right,
        0,
        new float[size],
        0,
        0,
        1,
        convolution.sheet().with(new float[convolution.scratch()]),
        (_, _, _, columnTo) -> last[0] = Math.max(last[0], columnTo));
    return last[0];
  }

  private static int size(int[] sizes) {
    return Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
  }

  private static float[] numbers(Choices choices, int[] sizes) {
    var random = new SplittableRandom(choices.between(0, Integer.MAX_VALUE - 1));
    var numbers = new float[size(sizes)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextDouble(-1, 1);
    }
    return numbers;
  }
}
