package dev.cajal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.engine.reference.Reference;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing reaches beyond what it reads from, however the expression was put together. */
class BoundsTest {
  private final Tensor matrix = Tensor.input("matrix", 2, 3);
  private final Tensor sequence = Tensor.input("sequence", "batch", "time");

  @Test
  void aSliceOfASymbolIsCheckedWhenItsSizeIsKnown() {
    Tensor five = sequence.slice(1, 0, 5);
    assertThatThrownBy(() -> Reference.evaluate(five, Bindings.of(sequence, twoByThree())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "slice: 5 elements from 0 in steps of 1 leave axis 1 of sequence [batch, time], which"
                + " now has 3");
  }

  @Test
  void theLastElementOfAnEmptySequenceIsRefused() {
    Tensor empty = Tensor.input("empty", "time");
    assertThatThrownBy(
            () -> Reference.evaluate(empty.at(0, -1), Bindings.of(empty, Array.of(new float[0]))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("which now has 0");
  }

  @Test
  void aSliceWithWideStepsIsCheckedToo() {
    assertThatThrownBy(() -> matrix.cut(1, Size.of(3), 2, Size.ONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "slice: 1 elements from 3 in steps of 2 leave axis 1 of matrix [2, 3]: it has 3");
  }

  @Test
  void operationsCountTheirAxesFromZero() {
    assertThatThrownBy(() -> new Op.Sum(List.of(-1))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Op.Flip(List.of(-1))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Op.Concat(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Op.Gather(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anOperationTakesEachAxisOnce() {
    assertThatThrownBy(() -> Tensor.of(new Op.Flip(List.of(0, 0)), matrix))
        .hasMessageContaining("must be ascending, each once");
    assertThatThrownBy(() -> Tensor.of(new Op.Sum(List.of(1, 0)), matrix))
        .hasMessageContaining("must be ascending, each once");
  }

  @Test
  void aLoopHasNoValueOfItsOwn() {
    Tensor loop = loop().inputs().getFirst();
    assertThatThrownBy(() -> loop.cast(DType.F32))
        .hasMessage("cast: a scan has no value of its own: last and each read from it");
  }

  @Test
  void aLoopGivesOnlyWhatIsInsideIt() {
    Tensor loop = loop().inputs().getFirst();
    assertThatThrownBy(() -> Tensor.of(new Op.Each(matrix.exp()), loop))
        .hasMessage("scan: a step depends on matrix [2, 3], which is not among what it is given");
  }

  private Tensor loop() {
    return Recurrence.over(matrix).states(Tensor.zeros(3), (h, x) -> h.plus(x));
  }

  @Test
  void twoInputsOfOneNameAreRefused() {
    Tensor twin = Tensor.input("matrix", 2, 3);
    assertThatThrownBy(() ->
            Reference.evaluate(
                matrix.plus(twin), Bindings.of(matrix, twoByThree()).with(twin, twoByThree())))
        .hasMessage(
            "matrix [2, 3] and matrix [2, 3] are two inputs of one name: write it once and use it"
                + " in both places");
  }

  @Test
  void aMaskedWindowIsNeverEmpty() {
    Tensor x = Tensor.input("x", 1, 1, 1);
    assertThatThrownBy(() -> x.maxPool(Window.of(2).dilation(3).padding(2)))
        .hasMessageContaining("could lie in padding alone");
  }

  @Test
  void largeSizesAreRefusedInWords() {
    Tensor huge = Tensor.zeros(100_000, 100_000);
    assertThatThrownBy(() -> Reference.evaluate(huge))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[100000, 100000] has 10000000000 elements, more than an array holds");
  }

  @Test
  void theCallersArraysAreLeftAlone() {
    Object[] sizes = {-1, 2};
    assertThat(matrix.reshape(sizes).shape()).hasToString("[3, 2]");
    assertThat(sizes).containsExactly(-1, 2);
  }

  private static Array twoByThree() {
    return Array.of(new float[6], 2, 3);
  }
}
