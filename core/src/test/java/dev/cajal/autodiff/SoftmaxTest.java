package dev.cajal.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Numbers;
import dev.cajal.testing.Property;
import org.junit.jupiter.api.Test;

class SoftmaxTest {
  private final Tensor logits = Numbers.input("logits", 2, 3);
  private final Bindings point = Bindings.of(logits, 0.3, -1.2, 2, 0, 0.5, -0.7);

  @Test
  void softmaxSumsToOne() {
    assertThat(Numbers.of(logits.softmax(-1).sum(-1), point))
        .containsExactly(new double[] {1, 1}, within(1e-15));
  }

  @Test
  void softmaxIsUnchangedByAddingAConstant() {
    Property.holds(
        50,
        choices -> {
          double constant = choices.number(-1000, 1000);
          double[] moved = Numbers.of(logits.plus(constant).softmax(-1), point);
          assertThat(moved).containsExactly(Numbers.of(logits.softmax(-1), point), within(1e-12));
        });
  }

  @Test
  void softmaxKeepsTheOrderOfItsLogits() {
    assertThat(Numbers.of(logits.softmax(-1).argMax(-1), point)).containsExactly(2, 1);
  }

  @Test
  void aHotSoftmaxIsUniform() {
    assertThat(Numbers.of(logits.softmax(-1, 1e12), point))
        .containsOnly(new double[] {1 / 3.0}, within(1e-11));
  }

  @Test
  void aColdSoftmaxIsOneHot() {
    assertThat(Numbers.of(logits.softmax(-1, 1e-6), point)).containsExactly(0, 0, 1, 0, 1, 0);
  }

  @Test
  void temperatureOneChangesNothing() {
    assertThat(Numbers.of(logits.softmax(-1, 1), point))
        .containsExactly(Numbers.of(logits.softmax(-1), point));
  }

  @Test
  void aTemperatureMustBePositive() {
    assertThatThrownBy(() -> logits.softmax(-1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("softmax: temperature 0.0 of logits [2, 3] is not positive");
  }

  @Test
  void logSoftmaxIsTheLogarithmOfSoftmax() {
    assertThat(Numbers.of(logits.logSoftmax(-1).exp(), point))
        .containsExactly(Numbers.of(logits.softmax(-1), point), within(1e-15));
  }

  @Test
  void logSoftmaxStaysFiniteWhereSoftmaxVanishes() {
    Tensor far = Numbers.constant(0, -5000);

    assertThat(Numbers.of(far.softmax(0))).containsExactly(1, 0);
    assertThat(Numbers.of(far.logSoftmax(0))).containsExactly(0, -5000);
  }

  @Test
  void theGradientOfCrossEntropyIsOutputMinusTarget() {
    Tensor labels = Tensor.constant(Array.of(new int[] {1, 2}));
    Tensor target = labels.oneHot(3).cast(DType.F64);
    Tensor loss = logits.logSoftmax(-1).times(target).sum().negated();

    assertThat(Numbers.of(Gradient.of(loss, logits), point))
        .containsExactly(Numbers.of(logits.softmax(-1).minus(target), point), within(1e-15));
  }

  @Test
  void theJacobianIsDiagonalMinusOuterProduct() {
    Tensor z = Numbers.input("z", 3);
    Tensor p = z.softmax(0);
    Tensor diagonal = Tensor.eye(3).cast(DType.F64).times(p);
    Bindings at = Bindings.of(z, 0.3, -1.2, 2);

    assertThat(Numbers.of(Jacobian.reverse(p, z), at))
        .containsExactly(Numbers.of(diagonal.minus(p.outer(p)), at), within(1e-15));
  }

  @Test
  void logSumExpIsBetweenTheLargestAndTheLargestPlusTheLogOfTheirNumber() {
    double[] sums = Numbers.of(logits.logSumExp(-1), point);
    double[] largest = Numbers.of(logits.max(-1), point);

    assertThat(sums[0]).isBetween(largest[0], largest[0] + Math.log(3));
    assertThat(sums[1]).isBetween(largest[1], largest[1] + Math.log(3));
  }

  @Test
  void logSumExpOfLogitsThatAreAllMinusInfinityIsMinusInfinity() {
    double none = Double.NEGATIVE_INFINITY;

    assertThat(Numbers.of(Numbers.constant(none, none).logSumExp())).containsExactly(none);
  }
}
