package dev.cajal.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Numbers;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Values and gradients stay finite where the plain formula would overflow or divide zero by zero.
 */
class ExtremeValuesTest {
  private static final double FAR = 1000;

  private static double[] values(UnaryOperator<Tensor> f, double... at) {
    return Numbers.of(f.apply(Numbers.constant(at)));
  }

  private static double[] slopes(UnaryOperator<Tensor> f, double... at) {
    Tensor x = Numbers.input("x", at.length);
    return Numbers.of(Gradient.of(f.apply(x).sum(), x), Bindings.of(x, at));
  }

  @Test
  void eluIsStraightFarAboveZero() {
    assertThat(values(x -> x.elu(1), FAR)).containsExactly(FAR);
    assertThat(slopes(x -> x.elu(1), FAR, -FAR)).containsExactly(1, 0);
  }

  @Test
  void softplusDoesNotOverflow() {
    assertThat(values(Tensor::softplus, FAR, -FAR)).containsExactly(FAR, 0);
    assertThat(slopes(Tensor::softplus, FAR, -FAR)).containsExactly(1, 0);
  }

  @Test
  void sigmoidAndTanhSaturate() {
    assertThat(values(Tensor::sigmoid, FAR, -FAR)).containsExactly(1, 0);
    assertThat(values(Tensor::tanh, FAR, -FAR)).containsExactly(1, -1);
    assertThat(slopes(Tensor::sigmoid, FAR, -FAR)).containsExactly(0, 0);
    assertThat(slopes(Tensor::tanh, FAR, -FAR)).containsExactly(0, 0);
  }

  @Test
  void siluAndGeluVanishFarBelowZero() {
    assertThat(values(x -> x.silu().plus(0.0), -FAR)[0]).isEqualTo(0, within(1e-300));
    assertThat(slopes(Tensor::silu, FAR, -FAR)).containsExactly(1, 0);
    assertThat(slopes(Tensor::gelu, FAR, -FAR)).containsExactly(1, 0);
    assertThat(slopes(Tensor::geluTanh, FAR, -FAR)).containsExactly(1, 0);
  }

  @Test
  void softmaxDoesNotOverflow() {
    assertThat(values(x -> x.softmax(0), FAR, 0, -FAR)).containsExactly(1, 0, 0);
    assertThat(slopes(x -> x.softmax(0), FAR, 0, -FAR)).containsOnly(0);
  }

  @Test
  void logSumExpDoesNotOverflow() {
    assertThat(values(x -> x.logSumExp(), FAR, FAR)[0]).isEqualTo(FAR + Math.log(2), within(1e-12));
    assertThat(slopes(x -> x.logSumExp(), FAR, FAR)).containsExactly(0.5, 0.5);
  }

  @Test
  void lengthsDoNotOverflowOrVanish() {
    assertThat(values(x -> x.norm(), 3e200, 4e200)[0]).isEqualTo(5e200, within(1e185));
    assertThat(values(x -> x.norm(), 3e-200, 4e-200)[0]).isEqualTo(5e-200, within(1e-215));
    assertThat(slopes(x -> x.norm(), 3e200, 4e200))
        .containsExactly(new double[] {0.6, 0.8}, within(1e-15));
  }

  @Test
  void expm1AndLog1pKeepTheirDigitsNearZero() {
    assertThat(values(Tensor::expm1, 1e-18)).containsExactly(1e-18);
    assertThat(values(Tensor::log1p, 1e-18)).containsExactly(1e-18);
  }

  private static final Tensor QUERIES = Numbers.constant(1, 2, 3, 4).reshape(2, 2);
  private static final Tensor VALUES = Numbers.constant(5, 6, 7, 8).reshape(2, 2);
  private static final Tensor MASK =
      Tensor.constant(Array.of(new boolean[] {true, false, false, false}, 2, 2));

  @Test
  void aQueryThatMayAttendToNothingGetsZeros() {
    assertThat(Numbers.of(QUERIES.attention(QUERIES, VALUES, MASK))).containsExactly(5, 6, 0, 0);
  }

  @Test
  void aQueryThatMayAttendToNothingHasNoGradient() {
    Tensor q = Numbers.input("q", 2, 2);
    Tensor y = q.attention(QUERIES, VALUES, MASK).square().sum();

    assertThat(Numbers.of(Gradient.of(y, q), Bindings.of(q, 1, 2, 3, 4))).containsOnly(0);
  }

  @Test
  void aKeyThatIsMaskedHasNoGradient() {
    Tensor v = Numbers.input("v", 2, 2);
    Tensor y = QUERIES.attention(QUERIES, v, MASK).sum();

    assertThat(Numbers.of(Gradient.of(y, v), Bindings.of(v, 5, 6, 7, 8)))
        .containsExactly(1, 1, 0, 0);
  }

  @Test
  void theLayerNormOfEqualNumbersIsZero() {
    assertThat(values(x -> x.layerNorm(1e-5), 3, 3, 3)).containsExactly(0, 0, 0);
    assertThat(slopes(x -> x.layerNorm(1e-5).square(), 3, 3, 3)).containsExactly(0, 0, 0);
  }
}
