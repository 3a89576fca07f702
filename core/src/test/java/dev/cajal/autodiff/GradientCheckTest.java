package dev.cajal.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Numbers;
import org.junit.jupiter.api.Test;

/** A check that finds nothing is worth something only if it finds what is wrong. */
class GradientCheckTest {

  private static final double[] POINT = {0.5, -1.5, 2};

  /** {@code Σ x³}, of whose gradient to the last element two thirds are missing. */
  private static GradientCheck wrong() {
    Tensor x = Numbers.input("weights", 3);
    Tensor cube = x.times(x).times(x);
    Tensor hidden = cube.times(Numbers.constant(0, 0, 2 / 3.0));
    Tensor y = cube.minus(hidden).plus(hidden.stopGradient()).sum();
    return GradientCheck.of(y, Bindings.of(x, POINT));
  }

  private static GradientCheck right() {
    Tensor x = Numbers.input("weights", 3);
    return GradientCheck.of(x.times(x).times(x).sum(), Bindings.of(x, POINT));
  }

  @Test
  void aRightGradientPasses() {
    assertThat(right().run().passed()).isTrue();
  }

  @Test
  void aReportOfARightGradientSaysSo() {
    assertThat(right().run().toString()).startsWith("gradient check passed: 3 elements compared");
  }

  @Test
  void aWrongGradientFails() {
    assertThat(wrong().run().passed()).isFalse();
  }

  @Test
  void theReportOfAWrongGradientNamesTheTensorTheIndexAndBothNumbers() {
    assertThat(wrong().run().toString())
        .contains("FAILED", "weights at [2]", "the gradient is 4.0", "the central difference 1");
  }

  @Test
  void theWorstElementIsTheOneThatDiffersMost() {
    assertThat(wrong().run().worst().orElseThrow().index()).containsExactly(2);
  }

  @Test
  void anErrorInOneElementOfManyIsFound() {
    Tensor x = Numbers.input("x", 2, 3);
    Tensor mark = Numbers.constant(0, 0, 0, 0, 1, 0).reshape(2, 3);
    Tensor y = x.square().plus(x.times(mark).stopGradient().times(0.01)).sum();

    var report = GradientCheck.of(y, Bindings.of(x, 1, 2, 3, 4, 5, 6)).run();

    assertThat(report.worst().orElseThrow().index()).containsExactly(1, 1);
    assertThat(report.passed()).isFalse();
  }

  @Test
  void aNotANumberGradientFails() {
    Tensor x = Numbers.input("x");
    Tensor y = Tensor.where(x.greaterThan(0), x, x.minus(2).sqrt());

    assertThat(GradientCheck.of(y, Bindings.of(x, 1)).run().passed()).isFalse();
  }

  @Test
  void theGradientToAnInnerNodeCanBeChecked() {
    Tensor x = Numbers.input("x", 2);
    Tensor h = x.square().named("h");
    Tensor wrong = h.sin().plus(h.cos().stopGradient()).sum();

    var report = GradientCheck.of(wrong, Bindings.of(x, 1, 0.5)).withRespectTo(h).run();

    assertThat(report.toString()).contains("FAILED", "h at [");
  }

  @Test
  void parametersAreCheckedWithoutBeingNamed() {
    Parameter w = Parameter.of("w", Array.of(new double[] {1, 2}));
    Tensor y = w.value().sin().plus(w.value().stopGradient()).sum();

    assertThat(GradientCheck.of(y, Bindings.none()).run().toString()).contains("FAILED", "w at [");
  }

  @Test
  void checkingAParameterLeavesItsNumbers() {
    Parameter w = Parameter.of("w", Array.of(new double[] {1, 2}));

    GradientCheck.of(w.value().sin().sum(), Bindings.none()).run();

    assertThat(w.array()).isEqualTo(Array.of(new double[] {1, 2}));
  }

  @Test
  void aTensorWithoutElementsPasses() {
    Tensor x = Numbers.input("x", 0, 3);

    var report = GradientCheck.of(x.sin().sum(), Bindings.of(x)).run();

    assertThat(report.passed()).isTrue();
    assertThat(report.worst()).isEmpty();
  }

  @Test
  void aResultThatIsAllRoundingIsNoError() {
    Tensor x = Numbers.input("x", 4);
    // The sum of centred numbers is 0, and so is its gradient.
    Tensor y = x.layerNorm(1e-5).sum();

    assertThat(GradientCheck.of(y, Bindings.of(x, 0.3, -1, 2, 0.7)).run().passed()).isTrue();
  }

  @Test
  void aSmallWrongGradientIsFoundBesideALargeRightOne() {
    Tensor x = Numbers.input("x", 2);
    Tensor y = x.at(0, 0).times(1e7).plus(x.at(0, 1).stopGradient());

    var report = GradientCheck.of(y, Bindings.of(x, 1, 1)).run();

    assertThat(report.passed()).isFalse();
    assertThat(report.worst().orElseThrow().index()).containsExactly(1);
  }

  @Test
  void theToleranceDecidesWhatPasses() {
    assertThat(wrong().withTolerance(0.5).run().passed()).isFalse();
    assertThat(wrong().withTolerance(0.7).run().passed()).isTrue();
  }

  @Test
  void theStepFindsItsOwnSize() {
    Tensor x = Numbers.input("x", 3);
    assertThat(GradientCheck.of(x.log(), Bindings.of(x, 1e-5, 1, 1e5)).run().passed()).isTrue();
    assertThat(GradientCheck.of(x.sin(), Bindings.of(x, 1e3, 1, 1e-6)).run().passed()).isTrue();
    assertThat(
            GradientCheck.of(x.times(1e9).tanh(), Bindings.of(x, 1e-9, 2e-9, -1e-9)).run().passed())
        .isTrue();
    assertThat(GradientCheck.of(x.layerNorm(1e-5), Bindings.of(x, 1e4, 1e4 + 1, 0)).run().passed())
        .isTrue();
  }

  @Test
  void aWrongGradientIsFoundAtAnyScale() {
    Tensor x = Numbers.input("x", 3);
    Tensor square = x.square();
    Tensor wrong = square.times(1.001).minus(square.times(0.001).stopGradient()).sum();
    Bindings at = Bindings.of(x, 0.5, -1.2, 2);
    for (double scale : new double[] {1e-30, 1e-12, 1, 1e12}) {
      assertThat(GradientCheck.of(wrong.times(scale), at).run().passed()).isFalse();
    }
  }

  @Test
  void whatIsLostInRoundingIsCounted() {
    Tensor x = Numbers.input("x", 2);
    var report = GradientCheck.of(x.sin().sum().plus(1e12), Bindings.of(x, 1, 2)).run();
    assertThat(report.belowRounding()).isEqualTo(2);
    assertThat(report.toString()).contains("2 of them lost in rounding");
  }

  @Test
  void aResultOfManyElementsIsCheckedInAllOfThem() {
    Tensor x = Numbers.input("x", 2);
    // The errors of the two elements cancel in a plain sum.
    Tensor wrong = x.plus(x.sum().stopGradient().times(Numbers.constant(1, -1)));

    assertThat(GradientCheck.of(wrong, Bindings.of(x, 1, 2)).run().passed()).isFalse();
  }

  @Test
  void aCornerNearbyIsNoCornerHere() {
    Tensor x = Numbers.input("x", 4);
    var report = GradientCheck.of(x.relu(), Bindings.of(x, -5e-4, -1e-6, 5e-4, 1e-6)).run();
    assertThat(report.passed()).as(report.toString()).isTrue();
  }

  @Test
  void stepsThatDrownInAnOffsetDoNotCount() {
    Tensor x = Numbers.input("x");
    Tensor right = x.plus(1e5).square().minus(1e10);
    Tensor wrong = x.stopGradient().plus(1e8).minus(1e8);
    assertThat(GradientCheck.of(right, Bindings.of(x, 0.5)).run().passed()).isTrue();
    assertThat(GradientCheck.of(wrong, Bindings.of(x, 1)).run().passed()).isFalse();
  }

  @Test
  void aNodeThatIsGivenAValueNeedsNoGradient() {
    Tensor x = Numbers.input("x", 2);
    Tensor given = Numbers.input("z", 2).times(2);
    var check = GradientCheck.of(x.plus(given), Bindings.of(x, 1, 2).with(given, 4, 5));
    assertThat(check.withRespectTo(x).run().passed()).isTrue();
  }

  @Test
  void theLargestStepIsOnesOwnChoice() {
    Tensor x = Numbers.input("x");
    GradientCheck check = GradientCheck.of(x.square(), Bindings.of(x, 1)).withStep(10);
    assertThat(check.step()).isEqualTo(10);
    assertThat(check.run().passed()).isTrue();
  }
}
