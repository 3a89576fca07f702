package dev.cajal.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.random.RandomStream;
import dev.cajal.tensor.Parameter.Initial;
import dev.cajal.tensor.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InitTest {
  private static double[] numbers(Initial init, Object... sizes) {
    return init.of(Shape.of(sizes), new RandomStream(1, 2)).toDoubles();
  }

  /** The variance of many: within 5% of what is said, which is some ten deviations of it. */
  private static void assertVariance(Initial init, double variance, Object... sizes) {
    double[] numbers = numbers(init, sizes);
    double mean = Arrays.stream(numbers).average().orElseThrow();
    double found = Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
    assertThat(mean).isCloseTo(0, within(0.05 * Math.sqrt(variance)));
    assertThat(found).isCloseTo(variance, within(0.05 * variance));
  }

  @Test
  void varianceGoesByInputsAndOutputs() {
    assertVariance(Init.glorot(), 2.0 / (400 + 200), 200, 400);
    assertVariance(Init.glorotNormal(), 2.0 / (400 + 200), 200, 400);
    assertVariance(Init.he(), 2.0 / 400, 200, 400);
    assertVariance(Init.heUniform(), 2.0 / 400, 200, 400);
    assertVariance(Init.lecun(), 1.0 / 400, 200, 400);
    assertVariance(Init.lecunUniform(), 1.0 / 400, 200, 400);
    assertVariance(Init.he(), 2.0 / (9 * 40), 3, 3, 40, 200);
    assertVariance(Init.normal(0.02), 0.0004, 200, 400);
    assertVariance(Init.uniform(-0.3, 0.3), 0.03, 200, 400);
  }

  @Test
  void orthogonalRowsOrColumnsAreAsLongAsTheGainSays() {
    assertOrthogonal(numbers(Init.orthogonal(2), 5, 12), 5, 12);
    assertOrthogonal(numbers(Init.orthogonal(2), 12, 5), 12, 5);
    assertOrthogonal(numbers(Init.orthogonal(2), 3, 2, 2, 5), 12, 5);
  }

  private static void assertOrthogonal(double[] w, int rows, int columns) {
    boolean isWide = columns >= rows;
    int count = Math.min(rows, columns);
    for (int a = 0; a < count; a++) {
      for (int b = 0; b < count; b++) {
        double dot = 0;
        for (int k = 0; k < Math.max(rows, columns); k++) {
          dot +=
              isWide
                  ? w[a * columns + k] * w[b * columns + k]
                  : w[k * columns + a] * w[k * columns + b];
        }
        assertThat(dot).isCloseTo(a == b ? 4 : 0, within(1e-6));
      }
    }
  }

  @Test
  void aTransposedConvolutionBeginsByItsInputs() {
    var layer =
        new ConvTranspose2d(50, 400, dev.cajal.tensor.Window.of(2, 2).stride(2), Activation.RELU);
    double[] numbers = layer.weight().array().toDoubles();
    double found = Arrays.stream(numbers).map(x -> x * x).average().orElseThrow();
    assertThat(found).isCloseTo(2.0 / (4 * 50), within(0.05 * 2.0 / 200));
  }

  @Test
  void aVectorHasNoInputs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> numbers(Init.he(), 3))
        .withMessage("initial weights by inputs and outputs are for a matrix or a kernel, not [3]");
  }

  @Test
  void anActivationIsFoundByItsName() {
    assertThat(Activation.of("leaky-relu")).isEqualTo(Activation.LEAKY_RELU);
    assertThat(Activation.of("GELU_TANH")).isEqualTo(Activation.GELU_TANH);
    for (Activation activation : Activation.values()) {
      assertThat(Activation.of(activation.toString())).isEqualTo(activation);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Activation.of("swishy"))
        .withMessageStartingWith("no activation is called \"swishy\"; there are identity, sigmoid");
  }
}
