package dev.cajal.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.autodiff.Gradient;
import dev.cajal.engine.Program;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Recurrence;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Numbers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parameters change when a run is committed, and not before. */
class AssignmentTest {
  private final Parameter mean = Parameter.of("mean", Array.of(new double[] {1, 2}));
  private final Tensor x = Numbers.constant(3, 4);

  private Evaluation run(Tensor output) {
    return Reference.run(List.of(output), Bindings.none());
  }

  @Test
  void anAssignmentHasTheValueOfItsTensor() {
    assertThat(Numbers.of(x.assigning(mean, x.times(2)))).containsExactly(3, 4);
  }

  @Test
  void nothingIsWrittenBeforeTheCommit() {
    run(x.assigning(mean, x.times(2)));

    assertThat(mean.array().toDoubles()).containsExactly(1, 2);
  }

  @Test
  void theCommitWrites() {
    run(x.assigning(mean, x.times(2))).commit();

    assertThat(mean.array().toDoubles()).containsExactly(6, 8);
  }

  @Test
  void aRunReadsWhatTheParameterWasBefore() {
    Tensor next = mean.value().plus(1);
    Tensor y = x.assigning(mean, next).plus(mean.value());
    var evaluation = run(y);
    evaluation.commit();

    assertThat(evaluation.value(y).toDoubles()).containsExactly(4, 6);
    assertThat(mean.array().toDoubles()).containsExactly(2, 3);
  }

  /** One that is inside another's tensor, and one whose parameter is let be. */
  @Test
  void anExpressionWithoutItsAssignmentsHasTheSameValue() {
    Parameter other = Parameter.of("other", Array.of(new double[] {0, 0}));
    Tensor y = x.assigning(mean, x).plus(1).assigning(other, x).times(2);
    Tensor plain = Graph.withoutAssigning(List.of(y), mean::equals).getFirst();
    assertThat(Numbers.of(plain)).containsExactly(8, 10);
    assertThat(run(plain).assignments()).containsOnlyKeys(other);
    assertThat(Graph.withoutAssigning(List.of(x), _ -> true)).containsExactly(x);
  }

  @Test
  void theAssignmentsOfARunAreListed() {
    assertThat(run(x.assigning(mean, x)).assignments()).containsOnlyKeys(mean);
  }

  @Test
  void whatTheOutputDoesNotNeedIsNotAssigned() {
    x.assigning(mean, x.times(2));

    assertThat(run(x.plus(1)).assignments()).isEmpty();
  }

  @Test
  void noGradientFlowsIntoWhatIsAssigned() {
    Tensor w = Numbers.input("w", 2);
    Tensor y = w.assigning(mean, w.exp()).square().sum();

    assertThat(Numbers.of(Gradient.of(y, w), Bindings.of(w, 3, 4))).containsExactly(6, 8);
  }

  @Test
  void aSingleParameterIsRoundedWhenItIsWritten() {
    Parameter single = Parameter.of("w", Array.of(new float[] {0}));
    Tensor third = Tensor.constant(1).over(3);

    run(third.assigning(single, third)).commit();

    assertThat(single.array()).isEqualTo(Array.of(new float[] {1 / 3f}));
  }

  @Test
  void aValueOfAnotherShapeIsRefused() {
    assertThatThrownBy(() -> x.assigning(mean, x.sum()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("assign: mean [2] f64 is to become");
  }

  @Test
  void aStepOfALoopCannotAssign() {
    Recurrence loop = Recurrence.over(Numbers.input("xs", 3, 2));

    assertThatThrownBy(() -> loop.states(x, (h, each) -> h.plus(each).assigning(mean, h)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("recurrence: a step can't assign to a parameter");
  }

  /** Each reads what the one before left, as when one runs after the other; outputs do not. */
  @Test
  void severalAssignmentsFollowOneAnother() {
    Tensor first = x.assigning(mean, mean.value().times(10).plus(x));
    Tensor second = first.assigning(mean, mean.value().times(10).plus(1));
    Tensor y = second.plus(mean.value());
    var evaluation = run(y);
    evaluation.commit();

    assertThat(evaluation.value(y).toDoubles()).containsExactly(4, 6);
    // (1·10 + 3)·10 + 1 and (2·10 + 4)·10 + 1.
    assertThat(mean.array().toDoubles()).containsExactly(131, 241);

    mean.set(Array.of(new double[] {1, 2}));
    Program.of(y).run(Bindings.none());
    assertThat(mean.array().toDoubles()).containsExactly(131, 241);
  }

  @Test
  void theOrderIsThatInWhichTheyWereMade() {
    Tensor first = x.assigning(mean, mean.value().plus(1));
    Tensor second = x.assigning(mean, mean.value().times(10));
    Reference.run(List.of(second, first), Bindings.none()).commit();

    assertThat(mean.array().toDoubles()).containsExactly(20, 30);

    mean.set(Array.of(new double[] {1, 2}));
    Program.of(second, first).run(Bindings.none());
    assertThat(mean.array().toDoubles()).containsExactly(20, 30);
  }

  @Test
  void theSameValueIsAssignedOnce() {
    Tensor next = mean.value().plus(1);
    run(x.assigning(mean, next).plus(x.exp().assigning(mean, next))).commit();

    assertThat(mean.array().toDoubles()).containsExactly(2, 3);
  }
}
