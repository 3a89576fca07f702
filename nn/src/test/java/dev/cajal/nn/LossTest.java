package dev.cajal.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.autodiff.Gradient;
import dev.cajal.autodiff.GradientCheck;
import dev.cajal.engine.Program;
import dev.cajal.engine.reference.Reference;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossTest {
  private static final Shape LOGITS = Shape.of("batch", 5);

  private static void assertRefused(Loss loss, Array target, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss.check(target, LOGITS))
        .withMessage(message);
  }

  @Test
  void aLabelBeyondTheClassesIsNamedWithItsRow() {
    assertRefused(
        Losses.crossEntropy(),
        Array.of(new int[] {0, 4, 7, 9}),
        "row 2: a target is one of 5 classes, 0 to 4, not 7");
    assertRefused(
        Losses.multiClassHinge(),
        Array.of(new int[] {0, -1}),
        "row 1: a target is one of 5 classes, 0 to 4, not -1");
    assertRefused(
        Losses.negativeLogLikelihood(),
        Array.of(new int[] {0, 1, 2, 3, 4, 5}, 3, 2),
        "row 2: a target is one of 5 classes, 0 to 4, not 5");
  }

  @Test
  void whatIsNoDistributionIsRefused() {
    assertRefused(
        Losses.crossEntropy(),
        Array.of(new float[][] {{1, 0, 0, 0, 0}, {0.5f, 0.2f, 0, 0, 0}}),
        "row 1: the probabilities of a target add up to 0.7000, not to 1");
    assertRefused(
        Losses.crossEntropy(),
        Array.of(new float[][] {{1.5f, -0.5f, 0, 0, 0}}),
        "row 0: a target is a probability, not 1.5");
  }

  @Test
  void otherTargetsThatMakeNoSenseAreRefused() {
    assertRefused(
        Losses.hinge(), Array.of(new float[] {1, -1, 0}), "row 2: a target is -1 or 1, not 0.0");
    assertRefused(
        Losses.binaryCrossEntropyFromLogits(),
        Array.of(new float[] {0, 1, 2}),
        "row 2: a target is from 0 to 1, not 2.0");
    assertRefused(
        Losses.meanSquaredError(),
        Array.of(new float[] {0, Float.NaN}),
        "row 1: a target is a finite number, not NaN");
  }

  @Test
  void goodTargetsAreTaken() {
    assertThatCode(() -> Losses.crossEntropy().check(Array.of(new int[] {0, 4}), LOGITS))
        .doesNotThrowAnyException();
    assertThatCode(() ->
            Losses.crossEntropy()
                .check(Array.of(new float[][] {{0.2f, 0.2f, 0.2f, 0.2f, 0.2f}}), LOGITS))
        .doesNotThrowAnyException();
  }

  @Test
  void anOutputAndATargetOfOtherShapesAreRefused() {
    Tensor y = Tensor.input("y", "batch", 3);
    Tensor t = Tensor.input("t", "batch", 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.meanSquaredError().mean(y, t))
        .withMessage("loss: the output y [batch, 3] and the target t [batch, 1] differ in shape");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.crossEntropy().mean(y, t.cast(DType.I32)))
        .withMessageContaining("a target is [batch] i32 (the number of a class)");
  }

  /** As if those of weight 0 were not there, even where they are no numbers. */
  @Test
  void aMaskedSampleChangesNothing() {
    Tensor y = Tensor.input("y", "batch", 3);
    Tensor t = Tensor.input("t", DType.I32, "batch");
    Tensor w = Tensor.input("w", "batch");
    Tensor masked = Losses.crossEntropy().mean(y, t, w);
    Tensor plain = Losses.crossEntropy().mean(y, t);
    float nan = Float.NaN;
    Bindings all =
        Bindings.none()
            .with(y, Array.of(new float[][] {{1, 2, 3}, {nan, nan, nan}, {0, -1, 1}}))
            .with(t, Array.of(new int[] {0, 1, 2}))
            .with(w, Array.of(new float[] {1, 0, 1}));
    Bindings some =
        Bindings.none()
            .with(y, Array.of(new float[][] {{1, 2, 3}, {0, -1, 1}}))
            .with(t, Array.of(new int[] {0, 2}));
    assertThat(Reference.evaluate(masked, all)).isEqualTo(Reference.evaluate(plain, some));
    double[] gradient = Reference.evaluate(Gradient.of(masked, y), all).toDoubles();
    double[] wanted = Reference.evaluate(Gradient.of(plain, y), some).toDoubles();
    assertThat(gradient)
        .containsExactly(wanted[0], wanted[1], wanted[2], 0, 0, 0, wanted[3], wanted[4], wanted[5]);
  }

  @Test
  void withoutAnyWeightTheLossIsZero() {
    Tensor y = Tensor.input("y", 2);
    Tensor loss = Losses.meanSquaredError().mean(y, y.times(2), y.times(0));
    assertThat(Reference.evaluate(loss, Bindings.of(y, 1, 2)).item()).isZero();
  }

  @Test
  void weightsAreThoseOfAMean() {
    Tensor y = Tensor.input("y", 3);
    Tensor loss = Losses.meanAbsoluteError().mean(y, Tensor.zeros(3), Tensor.constant(1f, 2f, 5f));
    assertThat(Reference.evaluate(loss, Bindings.of(y, 3, -5, 7)).item())
        .isCloseTo((3 + 2 * 5 + 5 * 7) / 8.0, within(1e-12));
  }

  /** What a mask excludes, such as moves that are not allowed, is no reason for NaN. */
  @Test
  void logitsOfMinusInfinityAreNoTargets() {
    Tensor y = Tensor.input("y", 1, 3);
    Tensor t = Tensor.constant(Array.of(new int[] {0}));
    Bindings bindings =
        Bindings.none().with(y, Array.of(new float[][] {{0, 0, Float.NEGATIVE_INFINITY}}));
    Tensor loss = Losses.crossEntropy().mean(y, t);
    assertThat(Reference.evaluate(loss, bindings).item()).isCloseTo(Math.log(2), within(1e-7));
    assertThat(Reference.evaluate(Gradient.of(loss, y), bindings).toDoubles())
        .containsExactly(new double[] {-0.5, 0.5, 0}, within(1e-7));
  }

  /** Three pairs: near and the same, near and not, far and not. */
  @Test
  void pairsThatDifferArePushedApartUpToTheMargin() {
    Tensor a = Tensor.input("a", 3, 2);
    Tensor b = Tensor.zeros(3, 2);
    Tensor same = Tensor.constant(1f, 0f, 0f);
    Tensor loss = Losses.contrastive(a, b, same, 1);
    Bindings bindings = Bindings.of(a, 0.3, 0.4, 0.3, 0.4, 3, 4);
    assertThat(Reference.evaluate(loss, bindings).toDoubles())
        .containsExactly(new double[] {0.25, 0.25, 0}, within(1e-6));
    GradientCheck.Report report = GradientCheck.of(loss, bindings).run();
    assertThat(report.passed()).as(report.toString()).isTrue();
  }

  @Test
  void thePositiveIsToBeNearerThanTheNegativeByTheMargin() {
    Tensor anchor = Tensor.input("anchor", 2, 2);
    Tensor positive = Tensor.constant(Array.of(new float[][] {{0, 1}, {0, 1}}));
    Tensor negative = Tensor.constant(Array.of(new float[][] {{0, 2}, {0, 9}}));
    Tensor loss = Losses.triplet(anchor, positive, negative, 1.5);
    Bindings bindings = Bindings.of(anchor, 0, 0, 0, 0);
    assertThat(Reference.evaluate(loss, bindings).toDoubles())
        .containsExactly(new double[] {0.5, 0}, within(1e-6));
    GradientCheck.Report report = GradientCheck.of(loss, bindings).run();
    assertThat(report.passed()).as(report.toString()).isTrue();
  }

  @Test
  void aWeightOfAnotherShapeIsRefusedAndNotBroadcast() {
    Tensor y = Tensor.input("y", "batch", 3);
    Tensor t = Tensor.input("t", DType.I32, "batch");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.crossEntropy().mean(y, t, Tensor.input("w", "batch", 1)))
        .withMessage(
            "loss: the weight w [batch, 1] is neither of the shape [batch] of what it is for, nor"
                + " of its first axes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.crossEntropy().mean(y, t, Tensor.input("w", 1)))
        .withMessageContaining("w [1]");
  }

  /**
   * Two sequences of three steps, of two numbers each; the squares of all differences are given.
   */
  @Test
  void stepsOfTimeCanBeMaskedByTruthValues() {
    Tensor y = Tensor.input("y", 2, 3, 2);
    Tensor t = Tensor.zeros(2, 3, 2);
    assertThat(Losses.meanSquaredError().each(y, t).shape()).isEqualTo(Shape.of(2, 3));
    Tensor mask =
        Tensor.constant(Array.of(new boolean[] {true, true, false, true, false, false}, 2, 3));
    Tensor loss = Losses.meanSquaredError().mean(y, t, mask);
    Bindings bindings = Bindings.of(y, 1, 2, 3, 4, Double.NaN, 6, 7, 8, 9, 10, 11, 12);
    assertThat(Reference.evaluate(loss, bindings).item())
        .isCloseTo((1 + 4 + 9 + 16 + 49 + 64) / 6.0, within(1e-12));
  }

  @Test
  void aWeightOfSamplesIsThatOfAllTheirPlaces() {
    Tensor y = Tensor.input("y", 2, 3, 2);
    Tensor t = Tensor.zeros(2, 3, 2);
    Bindings bindings = Bindings.of(y, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    Tensor loss = Losses.meanSquaredError().mean(y, t, Tensor.constant(3f, 1f));
    double first = (1 + 4 + 9 + 16 + 25 + 36) / 6.0;
    double second = (49 + 64 + 81 + 100 + 121 + 144) / 6.0;
    assertThat(Reference.evaluate(loss, bindings).item())
        .isCloseTo((3 * first + second) / 4, within(1e-12));
    Tensor weights = Losses.meanSquaredError().weights(y, t, Tensor.constant(3f, 1f));
    assertThat(Reference.evaluate(weights, bindings).toDoubles()).containsExactly(3, 3, 3, 1, 1, 1);
  }

  /** The numbers are those of PyTorch. */
  @Test
  void probabilitiesOfZeroAndOneHaveALossAndAGradient() {
    Tensor p = Tensor.input("p", DType.F64, 5);
    Tensor t = Tensor.constant(Array.of(new double[] {0, 1, 1, 0, 0.5}));
    Loss loss = Losses.binaryCrossEntropy();
    Bindings bindings = Bindings.of(p, 0, 1, 0, 1, 0.5);
    assertThat(Reference.evaluate(loss.each(p, t), bindings).toDoubles())
        .containsExactly(new double[] {0, 0, 100, 100, 0.6931471806}, within(1e-10));
    assertThat(Reference.evaluate(Gradient.of(loss.mean(p, t), p), bindings).toDoubles())
        .containsExactly(new double[] {0, 0, -2e11, 2e11, 0}, within(1e3));
  }

  /** In single precision sigmoid(±200) is 0 and 1, and sigmoid(-90) is less than a float has. */
  @Test
  void aSaturatedSigmoidDoesNotMakeGradientsNaN() {
    Tensor x = Tensor.input("x", 5);
    Tensor t = Tensor.constant(1f, 0f, 0f, 1f, 1f);
    Tensor loss = Losses.binaryCrossEntropy().mean(x.sigmoid(), t);
    List<Array> found =
        Program.of(loss, Gradient.of(loss, x))
            .run(Map.of("x", Array.of(new float[] {-200, 200, -200, -90, 0})));
    assertThat(found.get(0).item()).isFinite();
    assertThat(Arrays.stream(found.get(1).toDoubles()).allMatch(Double::isFinite)).isTrue();
    assertThat(found.get(1).at(4)).isCloseTo(-0.1, within(1e-6));
  }

  @Test
  void whatMinusInfinityExcludesCostsNothing() {
    Tensor y = Tensor.input("y", 1, 3);
    Tensor t = Tensor.constant(Array.of(new int[] {0}));
    Bindings bindings =
        Bindings.none().with(y, Array.of(new float[][] {{0, 0.5f, Float.NEGATIVE_INFINITY}}));
    Tensor likelihood = Losses.negativeLogLikelihood().mean(y, t);
    assertThat(Reference.evaluate(likelihood, bindings).item()).isZero();
    assertThat(Reference.evaluate(Gradient.of(likelihood, y), bindings).toDoubles())
        .containsExactly(-1, 0, 0);
    Tensor hinge = Losses.multiClassHinge().mean(y, t);
    assertThat(Reference.evaluate(hinge, bindings).item()).isCloseTo(0.5, within(1e-12));
    assertThat(Reference.evaluate(Gradient.of(hinge, y), bindings).toDoubles())
        .containsExactly(new double[] {-1 / 3.0, 1 / 3.0, 0}, within(1e-12));
  }

  @Test
  void theAngleOfLongAndOfShortRowsIsThatOfOthers() {
    Tensor y = Tensor.input("y", 3, 2);
    Tensor t = Tensor.input("t", 3, 2);
    Map<String, Array> rows =
        Map.of(
            "y", Array.of(new float[][] {{1e10f, 0}, {1e-5f, 0}, {0, 0}}),
            "t", Array.of(new float[][] {{1e10f, 0}, {1e-4f, 0}, {1, 1}}));
    assertThat(Program.of(Losses.cosine().each(y, t)).run(rows).getFirst().toDoubles())
        .containsExactly(new double[] {0, 0, 1}, within(1e-6));
  }

  @Test
  void aLossPrintsAsWhatItIs() {
    assertThat(Losses.meanSquaredError()).hasToString("mean squared error");
    assertThat(Losses.huber(1)).hasToString("huber(1.0)");
    assertThat(Losses.negativeLogLikelihood()).hasToString("negative log-likelihood");
    assertThat(Losses.cosine()).hasToString("cosine");
  }
}
