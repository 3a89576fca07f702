package dev.cajal.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpecialiseTest {
  private final Tensor x = Tensor.input("x", "batch", 3);

  private static Tensor bound(Tensor output, Map<String, Long> sizes, boolean training) {
    return Specialise.of(List.of(output), Map.of(), sizes, training).outputs().getFirst();
  }

  @Test
  void symbolsBecomeNumbersEverywhere() {
    Tensor mean = x.reshape(Shape.of(Size.symbol("batch").times(Size.of(3)))).mean();
    Tensor flat = bound(mean, Map.of("batch", 4L), false);
    assertThat(flat.shape()).isEqualTo(Shape.SCALAR);
    assertThat(Graph.of(flat).nodes())
        .allSatisfy(node -> assertThat(node.shape().isNumeric()).isTrue());
    assertThat(Simplify.of(flat)).hasToString("sum(reshape(x, [12])) / 12   []");
  }

  @Test
  void aSymbolWithoutANumberIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bound(x.sum(), Map.of("time", 4L), false))
        .withMessage("no number is given for batch: bind it with size(name, number)");
  }

  @Test
  void trainingIsTrueOrFalse() {
    Tensor training = Tensor.training();
    assertThat(bound(training, Map.of(), true).op())
        .isEqualTo(new Op.Constant(Array.scalar(DType.BOOL, 1)));
    assertThat(bound(training, Map.of(), false).op())
        .isEqualTo(new Op.Constant(Array.scalar(DType.BOOL, 0)));
  }

  @Test
  void marksAreUpdates() {
    Parameter mean = Parameter.of("mean", Array.of(new float[3]));
    Tensor y = x.times(2).assigning(mean, x.mean(0));
    Specialise bound = Specialise.of(List.of(y), Map.of(), Map.of("batch", 2L), true);
    assertThat(bound.outputs().getFirst()).hasToString("x ⊙ 2   [2, 3]");
    assertThat(bound.updates().keySet()).containsExactly(mean);
  }

  @Test
  void anUpdateOfWhatIsAssignedToIsRefused() {
    Parameter mean = Parameter.of("mean", Array.of(new float[3]));
    Tensor y = x.assigning(mean, x.mean(0));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Specialise.of(List.of(y), Map.of(mean, x.max(0)), Map.of("batch", 2L), true))
        .withMessage("parameter mean [3] is updated, and assigned to in what is computed");
  }
}
