package dev.cajal.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.autodiff.Gradient;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Numbers;
import org.junit.jupiter.api.Test;

/** Functions keep their digits where a plain formula would lose them. */
class LargeAndSmallNumbersTest {

  @Test
  void logSoftmaxOfLargeLogitsKeepsTheirDifference() {
    Tensor logits = Numbers.constant(1e15 + 0.25, 1e15);
    // -log(1 + e^-¼) and -log(1 + e^¼)
    assertThat(Reference.evaluate(logits.logSoftmax(0)).toDoubles())
        .containsExactly(
            new double[] {-Math.log1p(Math.exp(-0.25)), -Math.log1p(Math.exp(0.25))},
            within(1e-15));
  }

  @Test
  void theSmallestIntegerIsTheSmallest() {
    Tensor integers = Tensor.constant(Array.of(new int[] {0, Integer.MIN_VALUE, 5}));
    assertThat(Reference.evaluate(integers.min()).item()).isEqualTo(Integer.MIN_VALUE);
    assertThat(Reference.evaluate(integers.argMin(0)).toInts()).containsExactly(1);
  }

  @Test
  void integersWrapWhereverTheyAreAdded() {
    Tensor two = Tensor.constant(Array.of(new int[] {Integer.MAX_VALUE, 1}));
    Tensor index = Tensor.constant(Array.of(new int[] {0, 0}));
    assertThat(Reference.evaluate(two.sum()).item()).isEqualTo(Integer.MIN_VALUE);
    assertThat(Reference.evaluate(two.scatterAdd(0, index, Size.ONE)).item())
        .isEqualTo(Integer.MIN_VALUE);
  }

  @Test
  void theSecondDerivativesOfAPowerAreTheSameInEitherOrder() {
    Tensor x = Numbers.input("x");
    Tensor b = Numbers.input("b");
    Bindings at = Bindings.of(x, 2).with(b, 0);
    Tensor y = x.power(b);
    // ∂²xᵇ/∂x∂b = xᵇ⁻¹(1 + b·log x) = ½
    assertThat(Reference.evaluate(Gradient.of(Gradient.of(y, x), b), at).item()).isEqualTo(0.5);
    assertThat(Reference.evaluate(Gradient.of(Gradient.of(y, b), x), at).item()).isEqualTo(0.5);
  }
}
