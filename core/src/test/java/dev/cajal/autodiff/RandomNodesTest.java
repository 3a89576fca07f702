package dev.cajal.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.engine.reference.Reference;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Recurrence;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Numbers;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Random numbers as part of an expression, and dropout, which is made of them. */
class RandomNodesTest {
  private static final int MANY = 20_000;
  private static final Bindings TRAINING = Bindings.none().seed(1).inTraining();

  private static double mean(double... numbers) {
    return Arrays.stream(numbers).average().orElseThrow();
  }

  private static Tensor ones(Object... sizes) {
    return Tensor.full(Shape.of(sizes), DType.F64, 1);
  }

  @Test
  void uniformNumbersAreBetweenZeroAndOne() {
    double[] numbers = Numbers.of(Tensor.uniform(1, MANY));

    assertThat(Arrays.stream(numbers).min().orElseThrow()).isBetween(0.0, 0.001);
    assertThat(Arrays.stream(numbers).max().orElseThrow()).isBetween(0.999, 0.99999999);
  }

  @Test
  void uniformNumbersHaveTheirMoments() {
    Tensor u = Tensor.uniform(1, MANY);

    // Four standard errors.
    assertThat(Numbers.of(u.mean())[0]).isEqualTo(0.5, within(4 * Math.sqrt(1 / 12.0 / MANY)));
    assertThat(Numbers.of(u.variance())[0]).isEqualTo(1 / 12.0, within(0.003));
  }

  @Test
  void normalNumbersHaveTheirMoments() {
    Tensor z = Tensor.normal(2, MANY);

    assertThat(Numbers.of(z.mean())[0]).isEqualTo(0, within(4 / Math.sqrt(MANY)));
    assertThat(Numbers.of(z.variance())[0]).isEqualTo(1, within(4 * Math.sqrt(2.0 / MANY)));
    assertThat(Numbers.of(z.power(4).mean())[0]).isEqualTo(3, within(4 * Math.sqrt(96.0 / MANY)));
  }

  @Test
  void bernoulliIsTrueWithItsProbability() {
    Tensor heads = Tensor.bernoulli(0.3, 3, MANY).cast(DType.F64);

    assertThat(Numbers.of(heads.mean())[0]).isEqualTo(0.3, within(4 * Math.sqrt(0.21 / MANY)));
  }

  @Test
  void bernoulliOfZeroIsNeverAndOfOneAlwaysTrue() {
    assertThat(Numbers.of(Tensor.bernoulli(0, 3, 1000))).containsOnly(0);
    assertThat(Numbers.of(Tensor.bernoulli(1, 3, 1000))).containsOnly(1);
  }

  @Test
  void theSameSeedGivesTheSameNumbers() {
    Bindings seed = Bindings.none().seed(7);

    assertThat(Numbers.of(Tensor.normal(1, 50), seed))
        .containsExactly(Numbers.of(Tensor.normal(1, 50), seed));
  }

  @Test
  void anotherSeedGivesOtherNumbers() {
    Tensor numbers = Tensor.uniform(1, 50);

    assertThat(Numbers.of(numbers, Bindings.none().seed(7)))
        .isNotEqualTo(Numbers.of(numbers, Bindings.none().seed(8)));
  }

  @Test
  void anotherStreamGivesIndependentNumbers() {
    double[] some = Numbers.of(Tensor.normal(1, MANY));
    double[] others = Numbers.of(Tensor.normal(2, MANY));
    double product = 0;
    for (int i = 0; i < MANY; i++) {
      product += some[i] * others[i] / MANY;
    }

    assertThat(product).isEqualTo(0, within(4 / Math.sqrt(MANY)));
  }

  @Test
  void aNodeHasOneValueInARun() {
    Tensor u = Tensor.uniform(1, 50);

    assertThat(Numbers.of(u.minus(u))).containsOnly(0);
  }

  @Test
  void theNumbersDoNotDependOnTheShape() {
    assertThat(Numbers.of(Tensor.uniform(1, 6, 10)))
        .containsExactly(Numbers.of(Tensor.uniform(1, 60)));
  }

  @Test
  void theFirstNumbersOfALongerTensorAreThoseOfAShorter() {
    assertThat(Numbers.of(Tensor.uniform(1, 60).slice(0, 0, 20)))
        .containsExactly(Numbers.of(Tensor.uniform(1, 20)));
  }

  @Test
  void dropoutDoesNothingOutsideTraining() {
    Tensor x = Numbers.constant(1, 2, 3);

    assertThat(Numbers.of(x.dropout(0.5, 1))).containsExactly(1, 2, 3);
  }

  @Test
  void dropoutKeepsAsManyAsItsRateSays() {
    double[] dropped = Numbers.of(ones(MANY).dropout(0.3, 1), TRAINING);
    double kept = Arrays.stream(dropped).filter(y -> y != 0).count();

    assertThat(kept / MANY).isEqualTo(0.7, within(4 * Math.sqrt(0.21 / MANY)));
  }

  @Test
  void dropoutScalesWhatItKeeps() {
    double[] dropped = Numbers.of(ones(1000).dropout(0.2, 1), TRAINING);

    assertThat(Arrays.stream(dropped).filter(y -> y != 0)).containsOnly(1 / 0.8);
  }

  @Test
  void dropoutKeepsTheMean() {
    assertThat(mean(Numbers.of(ones(MANY).dropout(0.5, 1), TRAINING))).isEqualTo(1, within(0.03));
  }

  @Test
  void dropoutOfRateZeroKeepsEverything() {
    assertThat(Numbers.of(ones(1000).dropout(0, 1), TRAINING)).containsOnly(1);
  }

  @Test
  void aRateOfOneIsRefused() {
    assertThatThrownBy(() -> Numbers.input("x", 3).dropout(1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dropout: rate 1.0 of x [3] is not in [0, 1)");
  }

  @Test
  void dropsOfDifferentStreamsDiffer() {
    assertThat(Numbers.of(ones(100).dropout(0.5, 1), TRAINING))
        .isNotEqualTo(Numbers.of(ones(100).dropout(0.5, 2), TRAINING));
  }

  @Test
  void theLossAndItsGradientDropTheSameElements() {
    Tensor x = Numbers.input("x", 100);
    double[] numbers = new double[100];
    Arrays.fill(numbers, 3);
    Tensor dropped = x.dropout(0.5, 1);
    Tensor slope = Gradient.of(dropped.sum(), x);
    Bindings at = TRAINING.with(x, numbers);

    var together = Reference.run(List.of(dropped, slope), at);

    assertThat(together.value(slope).toDoubles())
        .containsExactly(Numbers.of(dropped.over(3), at), within(1e-15));
    assertThat(Numbers.of(slope, at)).containsExactly(together.value(slope).toDoubles());
  }

  @Test
  void aDropInsideALoopIsTheSameInEveryStep() {
    Tensor steps =
        Recurrence.over(ones(3, 40))
            .run(
                List.of(),
                (_, x) -> new Recurrence.Step(List.of(), List.of(x.getFirst().dropout(0.5, 1))))
            .outputs()
            .getFirst();

    assertThat(Numbers.of(steps.at(0, 0), TRAINING)).contains(0).contains(2);
    assertThat(Numbers.of(steps.at(0, 2), TRAINING))
        .containsExactly(Numbers.of(steps.at(0, 0), TRAINING));
  }

  @Test
  void aSequenceOfRandomNumbersDiffersInEveryStep() {
    Tensor masks = Tensor.bernoulli(0.5, 1, 3, 40).cast(DType.F64);
    Tensor steps =
        Recurrence.over(ones(3, 40), masks)
            .run(
                List.of(),
                (_, now) ->
                    new Recurrence.Step(List.of(), List.of(now.getFirst().times(now.getLast()))))
            .outputs()
            .getFirst();

    assertThat(Numbers.of(steps.at(0, 0), TRAINING))
        .isNotEqualTo(Numbers.of(steps.at(0, 2), TRAINING));
  }
}
