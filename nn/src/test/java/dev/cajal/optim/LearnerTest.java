package dev.cajal.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.engine.Program;
import dev.cajal.optim.Optimizers.Adam;
import dev.cajal.optim.Optimizers.Momentum;
import dev.cajal.optim.Optimizers.Sgd;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LearnerTest {
  private final Parameter weight =
      Parameter.of("a.weight", Array.of(new float[][] {{3, 4}, {0, 1}}));
  private final Parameter bias = Parameter.of("a.bias", Array.of(new float[] {2, -2}));

  /** A step with these gradients. */
  private void step(Learner learner, Array ofWeight, Array ofBias) {
    Map<Parameter, Tensor> gradients = new LinkedHashMap<>();
    gradients.put(weight, Tensor.constant(ofWeight));
    gradients.put(bias, Tensor.constant(ofBias));
    Learner.Step step = learner.step(gradients, Tensor.scalar(1));
    Program.of(Tensor.scalar(0)).updating(step.updates()).run(Map.of());
  }

  private static Array ones() {
    return Array.of(new float[][] {{1, 1}, {1, 1}});
  }

  private void assertParameters(double w0, double w1, double w2, double w3, double b0, double b1) {
    assertThat(weight.array().toDoubles())
        .containsExactly(new double[] {w0, w1, w2, w3}, within(1e-6));
    assertThat(bias.array().toDoubles()).containsExactly(new double[] {b0, b1}, within(1e-6));
  }

  @Test
  void theFirstGroupThatFitsCounts() {
    Learner learner =
        Learner.of(new Sgd(1))
            .group(path -> path.endsWith("bias"), new Sgd(0.5))
            .group(path -> path.startsWith("a."), new Sgd(0.25));
    step(learner, ones(), Array.of(new float[] {1, 1}));
    assertParameters(2.75, 3.75, -0.25, 0.75, 1.5, -2.5);
  }

  @Test
  void whatIsFrozenStays() {
    Learner learner = Learner.of(new Sgd(1)).freeze(path -> path.equals("a.weight"));
    assertThat(learner.trains("a.weight")).isFalse();
    assertThat(learner.trains("a.bias")).isTrue();
    step(learner, ones(), Array.of(new float[] {1, 1}));
    assertParameters(3, 4, 0, 1, 1, -3);
  }

  @Test
  void valuesAreClippedOneByOne() {
    Learner learner = Learner.of(new Sgd(1)).with(GradientRule.clipValue(0.5));
    step(learner, Array.of(new float[][] {{9, -9}, {0.1f, 0}}), Array.of(new float[] {1, -0.2f}));
    assertParameters(2.5, 4.5, -0.1, 1, 1.5, -1.8);
  }

  /** The norm of (3, 0, 0, 0) and (0, 4) is 5. */
  @Test
  void normsAreClippedTogether() {
    Learner learner = Learner.of(new Sgd(1)).with(GradientRule.clipNorm(1));
    step(learner, Array.of(new float[][] {{3, 0}, {0, 0}}), Array.of(new float[] {0, 4}));
    assertParameters(2.4, 4, 0, 1, 2, -2.8);
  }

  @Test
  void aNormBelowTheLimitIsLeftAlone() {
    Learner learner = Learner.of(new Sgd(1)).with(GradientRule.clipNorm(10));
    step(learner, Array.of(new float[][] {{3, 0}, {0, 0}}), Array.of(new float[] {0, 4}));
    assertParameters(0, 4, 0, 1, 2, -6);
  }

  @Test
  void penaltiesAreForWeightsAndNotForBiases() {
    Array none = Array.of(new float[][] {{0, 0}, {0, 0}});
    step(Learner.of(new Sgd(1)).with(GradientRule.l2(0.1)), none, Array.of(new float[] {0, 0}));
    assertParameters(2.7, 3.6, 0, 0.9, 2, -2);
    step(Learner.of(new Sgd(1)).with(GradientRule.l1(0.1)), none, Array.of(new float[] {0, 0}));
    assertParameters(2.6, 3.5, 0, 0.8, 2, -2);
  }

  /** The first unit's weights (3, 4) are 5 long, the second's (0, 1) are 1. */
  @Test
  void longWeightsAreShortened() {
    Array none = Array.of(new float[][] {{0, 0}, {0, 0}});
    Learner learner = Learner.of(new Sgd(1)).holding(Constraint.maxNorm(2));
    step(learner, none, Array.of(new float[] {0, 0}));
    assertParameters(1.2, 1.6, 0, 1, 2, -2);
  }

  @Test
  void whatIsKeptHasNames() {
    Map<Parameter, Tensor> gradients = Map.of(bias, Tensor.constant(1f, 1f));
    assertThat(Learner.of(new Adam(0.1)).step(gradients, Tensor.scalar(1)).kept().keySet())
        .containsExactly("step", "a.bias/m", "a.bias/v");
    assertThat(Learner.of(new Sgd(0.1)).step(gradients, Tensor.scalar(1)).kept().keySet())
        .containsExactly("step");
  }

  @Test
  void thePaceOfAScheduleScalesTheRate() {
    Tensor pace = Tensor.input("pace");
    Map<Parameter, Tensor> gradients = Map.of(bias, Tensor.constant(1f, 1f));
    Learner.Step step = Learner.of(new Momentum(1, 0)).step(gradients, pace);
    Program.of(pace).updating(step.updates()).run(Map.of("pace", Array.scalar(DType.F32, 0.25)));
    assertThat(bias.array().toFloats()).containsExactly(1.75f, -2.25f);
  }

  @Test
  void aParameterWithoutANameIsRefused() {
    Map<Parameter, Tensor> gradients =
        Map.of(Parameter.of(Array.of(new float[2])), Tensor.constant(1f, 1f));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Learner.of(new Sgd(1)).step(gradients, Tensor.scalar(1)))
        .withMessageContaining("Parameters.of(model) names them");
  }

  @Test
  void twoParametersOfOneNameAreRefused() {
    Map<Parameter, Tensor> gradients = new LinkedHashMap<>();
    gradients.put(bias, Tensor.constant(1f, 1f));
    gradients.put(Parameter.of("a.bias", Array.of(new float[2])), Tensor.constant(1f, 1f));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Learner.of(new Adam(0.1)).step(gradients, Tensor.scalar(1)))
        .withMessage(
            "learner: two parameters have the name a.bias: Parameters.of(model) gives each its"
                + " own");
  }

  private static void assertRefused(Optimizer optimizer, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Learner.of(optimizer))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Learner.of(new Sgd(1)).group(_ -> true, optimizer))
        .withMessage(message);
  }

  @Test
  void numbersThatMakeNoSenseAreRefused() {
    assertRefused(new Sgd(-1), "Sgd[rate=-1.0]: the rate is 0 or more, not -1.0");
    assertRefused(
        new Adam(0.1, 1, 0.999, 1e-8),
        "Adam[rate=0.1, beta1=1.0, beta2=0.999, epsilon=1.0E-8]: the beta1 is from 0 to below 1,"
            + " not 1.0");
    assertRefused(
        new Momentum(Double.NaN), "Momentum[rate=NaN, beta=0.9]: the rate is 0 or more, not NaN");
    assertRefused(
        new Optimizers.AdaDelta(1, -0.1, 0),
        "AdaDelta[rate=1.0, rho=-0.1, epsilon=0.0]: the rho is from 0 to below 1, not -0.1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GradientRule.l2(-0.1))
        .withMessage("the factor of an l2 penalty is not negative; it is -0.1");
  }

  /** In single precision 1/41·41 is not 1. */
  @Test
  void whatIsShortEnoughStaysToTheBit() {
    float third = 1 / 3f;
    weight.set(Array.of(new float[][] {{third, 0.1f}, {30, 40}}));
    Tensor held = Constraint.maxNorm(41).apply(weight.value());
    float[] found = Program.of(held).run(Map.of()).getFirst().toFloats();
    assertThat(found[0]).isEqualTo(third);
    assertThat(found[1]).isEqualTo(0.1f);
    assertThat(found[2]).isCloseTo(24.6f, within(1e-5f));
  }

  /** In single precision 1e25² is infinite. */
  @Test
  void theNormOfDoublesIsADouble() {
    Map<Parameter, Tensor> gradients = new LinkedHashMap<>();
    gradients.put(bias, Tensor.constant(Array.of(new float[] {3e25f, 0})));
    gradients.put(
        Parameter.of("d", Array.of(new double[1])), Tensor.constant(Array.of(new double[] {4e25})));
    Tensor norm = GradientRule.norm(gradients);
    assertThat(norm.dtype()).isEqualTo(DType.F64);
    assertThat(Program.of(norm).run(Map.of()).getFirst().item()).isCloseTo(5e25, within(1e19));
  }

  @Test
  void aLearnerPrintsAsWhatItDoes() {
    Learner learner =
        Learner.of(new Sgd(0.1))
            .group(path -> path.endsWith("bias"), new Sgd(0.2))
            .freeze(path -> path.startsWith("encoder"))
            .with(GradientRule.clipNorm(1))
            .with(GradientRule.l2(0.01))
            .holding(Constraint.maxNorm(3));
    assertThat(learner)
        .hasToString(
            "Sgd[rate=0.1]; for some Sgd[rate=0.2]; some frozen; gradients of norm 1.0 at most; l2"
                + " penalty 0.01; weights of norm 3.0 at most");
  }
}
