package dev.cajal.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.json.At;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import dev.cajal.tensor.Window;
import dev.cajal.testing.Golden;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolutions and pooling as PyTorch and plain NumPy loops compute them, and their gradients. */
class WindowGoldenTest {
  private static final double TOLERANCE = 1e-14;

  static List<Golden> convolutions() {
    return Stream.of("conv1d.json", "conv2d.json").flatMap(f -> Golden.cases(f).stream()).toList();
  }

  static List<Golden> transposedConvolutions() {
    return Golden.cases("convtranspose.json");
  }

  static List<Golden> poolings() {
    return Golden.cases("pooling.json");
  }

  static List<Golden> samePaddings() {
    return convolutions().stream()
        .filter(golden -> golden.options().find("paddingName").isPresent())
        .toList();
  }

  static List<Golden> smallestTransposedConvolutions() {
    return transposedConvolutions().stream()
        .filter(golden -> golden.input("x").shape().elements().number() > 0)
        .filter(WindowGoldenTest::coversExactly)
        .toList();
  }

  @Test
  void thereAreAsManyCasesAsWereMade() {
    assertThat(convolutions()).hasSize(25 + 18);
    assertThat(transposedConvolutions()).hasSize(19);
    assertThat(poolings()).hasSize(42);
    assertThat(samePaddings()).hasSize(7);
    assertThat(smallestTransposedConvolutions()).hasSize(13);
  }

  @ParameterizedTest
  @MethodSource("convolutions")
  void convolutionIsThatOfPyTorch(Golden golden) {
    Tensor kernel = golden.input("kernel");
    golden.assertSame(
        golden.input("x").conv(kernel, window(golden, kernelSizes(golden)), groups(golden)),
        TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("samePaddings")
  void samePaddingIsThatOfPyTorch(Golden golden) {
    int[] dilation = ints(golden.options().get("dilation"));
    Window same = Window.of(kernelSizes(golden)).dilation(dilation).same();

    assertThat(same).isEqualTo(window(golden, kernelSizes(golden)));
  }

  @ParameterizedTest
  @MethodSource("transposedConvolutions")
  void transposedConvolutionIsThatOfPyTorch(Golden golden) {
    Tensor kernel = golden.input("kernel");
    Window window = window(golden, kernelSizes(golden));
    golden.assertSame(
        golden.input("x").convTranspose(kernel, window, groups(golden), outputSizes(golden)),
        TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("smallestTransposedConvolutions")
  void transposedConvolutionIsAsSmallAsItCanBeUnlessItsSizesAreGiven(Golden golden) {
    Tensor kernel = golden.input("kernel");
    Window window = window(golden, kernelSizes(golden));
    golden.assertSame(golden.input("x").convTranspose(kernel, window, groups(golden)), TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("poolings")
  void poolingIsThatOfPyTorch(Golden golden) {
    golden.assertSame(
        pool(golden, window(golden, ints(golden.options().get("window")))), TOLERANCE);
  }

  private static Tensor pool(Golden golden, Window window) {
    Tensor x = golden.input("x");
    boolean largest = golden.options().get("kind").asString().equals("max");
    if (largest) {
      return x.maxPool(window);
    }
    boolean counted = golden.options().get("countPadding").asBoolean();
    return counted ? x.averagePool(window) : x.averagePoolInside(window);
  }

  private static Window window(Golden golden, int[] sizes) {
    At options = golden.options();
    int[] stride = ints(options.get("stride"));
    int[][] padding = options.get("padding").list(WindowGoldenTest::ints).toArray(int[][]::new);
    int[] dilation = options.find("dilation").map(WindowGoldenTest::ints).orElse(new int[] {1});
    int[] before = Stream.of(padding).mapToInt(ends -> ends[0]).toArray();
    int[] after = Stream.of(padding).mapToInt(ends -> ends[1]).toArray();
    return Window.of(sizes).stride(stride).padding(before, after).dilation(dilation);
  }

  private static int[] kernelSizes(Golden golden) {
    int[] kernel = golden.input("kernel").shape().numbers();
    return Arrays.copyOf(kernel, kernel.length - 2);
  }

  private static List<Size> outputSizes(Golden golden) {
    return golden.options().get("outputSize").list(size -> Size.of(size.asInt()));
  }

  /** Whether the sizes given are the smallest. */
  private static boolean coversExactly(Golden golden) {
    Window window = window(golden, kernelSizes(golden));
    var smallest = new ArrayList<Size>();
    for (int axis = 0; axis < window.rank(); axis++) {
      smallest.add(window.axes().get(axis).covered(golden.input("x").size(axis + 1)).orElseThrow());
    }
    return smallest.equals(outputSizes(golden));
  }

  private static int groups(Golden golden) {
    return golden.options().get("groups").asInt();
  }

  private static int[] ints(At at) {
    return at.list(At::asInt).stream().mapToInt(Integer::intValue).toArray();
  }
}
