package dev.cajal.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.engine.reference.Reference;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Recurrence;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Numbers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a loop uses from outside is part of the expression like anything else. */
class LoopsBringInTest {
  private final Tensor xs = Numbers.input("xs", 3);
  private final Bindings numbers = Bindings.of(xs, 1, 2, 3);

  /** {@code h[t] = factor·h[t-1] + x[t]}, summed: with x = 1, 2, 3 that is 6 + 3f + f². */
  private Tensor decay(Tensor factor) {
    return Recurrence.over(xs)
        .states(Tensor.scalar(DType.F64, 0), (h, x) -> h.times(factor).plus(x))
        .sum();
  }

  @Test
  void aNumberFromOutsideTakesAGradient() {
    Tensor factor = Tensor.scalar(DType.F64, 0.5);
    // d/df (1 + (f + 2) + (f² + 2f + 3)) = 2f + 3
    assertThat(Reference.evaluate(Gradient.of(decay(factor), factor), numbers).item()).isEqualTo(4);
  }

  @Test
  void aNumberFromOutsideTakesASecondGradient() {
    Tensor factor = Tensor.scalar(DType.F64, 0.5);
    Tensor slope = Gradient.of(decay(factor), factor);
    assertThat(Reference.evaluate(Gradient.of(slope, factor), numbers).item()).isEqualTo(2);
  }

  @Test
  void aNumberFromOutsideCanBeGivenAnotherValue() {
    Tensor factor = Tensor.scalar(DType.F64, 0.5);
    assertThat(Reference.evaluate(decay(factor), numbers.with(factor, 2)).item())
        .isEqualTo(1 + 4 + 11);
  }

  @Test
  void theLearningRateOfAnUnrolledDescentHasAGradient() {
    Tensor rate = Tensor.scalar(DType.F64, 0.1);
    Tensor w = Tensor.scalar(DType.F64, 1);
    Recurrence.Result result =
        Recurrence.times(2)
            .run(
                List.of(w),
                (carries, _) -> {
                  Tensor now = carries.getFirst();
                  Tensor next = now.minus(Gradient.of(now.square(), now).times(rate));
                  return new Recurrence.Step(List.of(next), List.of());
                });
    Tensor loss = result.last().getFirst().square();
    // w = (1 - 2r)², the loss (1 - 2r)⁴, its derivative -8(1 - 2r)³
    assertThat(Reference.evaluate(Gradient.of(loss, rate)).item())
        .isCloseTo(-8 * Math.pow(0.8, 3), within(1e-12));
  }

  @Test
  void whatIsMadeInsideIsKnownThereAlone() {
    Tensor[] inside = new Tensor[1];
    Tensor states =
        Recurrence.over(xs)
            .states(Tensor.scalar(DType.F64, 0), (h, x) -> inside[0] = h.plus(x).named("sum"));
    assertThatThrownBy(() -> Gradient.of(states.sum(), inside[0]))
        .hasMessage(
            "gradient with respect to sum []: it was made inside a recurrence, and is known there"
                + " alone");
  }

  @Test
  void aCarryThatARuleDoesNotUseHasGradientZero() {
    Tensor z = Numbers.input("z");
    Recurrence.Result result =
        Recurrence.over(xs)
            .run(
                List.of(z, z),
                (carries, slices) -> {
                  Tensor used = carries.getFirst();
                  Tensor unused = carries.getLast();
                  Tensor slope = Gradient.of(used.square(), unused);
                  return new Recurrence.Step(
                      List.of(used.plus(slices.getFirst()), unused.plus(slope)), List.of());
                });
    assertThat(Reference.evaluate(result.last().getLast(), numbers.with(z, 7)).item()).isEqualTo(7);
  }

  @Test
  void theValuesOfEveryStepCanBeSeen() {
    Tensor[] inside = new Tensor[1];
    Tensor states =
        Recurrence.over(xs)
            .states(
                Tensor.scalar(DType.F64, 0),
                (h, x) -> {
                  inside[0] = h.times(x);
                  return inside[0].plus(x);
                });
    var steps = Reference.run(List.of(states), numbers).steps(states);
    // h = 1, 4, 15
    assertThat(steps).hasSize(3);
    assertThat(steps.get(2).value(inside[0]).item()).isEqualTo(12);
  }
}
