package dev.cajal.compile.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.tensor.Op;
import dev.cajal.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewTest {
  private final View matrix = View.whole(6, 4);

  @Test
  void rowsFollowEachOther() {
    assertThat(matrix).isEqualTo(new View(0, List.of(6, 4), List.of(4, 1)));
    assertThat(matrix.merged()).isEqualTo(new View(0, List.of(24), List.of(1)));
  }

  @Test
  void aTransposeSwapsStridesAndIsNotContiguous() {
    View transposed = matrix.moved(new Op.Transpose(List.of(1, 0))).orElseThrow();
    assertThat(transposed).isEqualTo(new View(0, List.of(4, 6), List.of(1, 4)));
    assertThat(transposed.isContiguous()).isFalse();
  }

  @Test
  void aTransposedMatrixCanNotBeFlattened() {
    View transposed = matrix.moved(new Op.Transpose(List.of(1, 0))).orElseThrow();
    assertThat(transposed.moved(new Op.Reshape(Shape.of(24)))).isEmpty();
  }

  @Test
  void anAxisOfATransposedMatrixCanBeDivided() {
    View transposed = matrix.moved(new Op.Transpose(List.of(1, 0))).orElseThrow();
    assertThat(transposed.moved(new Op.Reshape(Shape.of(4, 2, 3))))
        .contains(new View(0, List.of(4, 2, 3), List.of(1, 12, 4)));
  }

  @Test
  void headsOfAttentionAreAView() {
    // [batch 2, time 3, 3·(2 heads of 4)], the keys of which are the second third.
    View keys =
        View.whole(2, 3, 24)
            .sliced(2, 8, 1, 8)
            .moved(new Op.Reshape(Shape.of(2, 3, 2, 4)))
            .flatMap(view -> view.moved(new Op.Transpose(List.of(0, 2, 1, 3))))
            .orElseThrow();
    assertThat(keys).isEqualTo(new View(8, List.of(2, 2, 3, 4), List.of(72, 4, 24, 1)));
  }

  @Test
  void whatIsRepeatedHasStrideZero() {
    View repeated = View.whole(4).moved(new Op.Expand(Shape.of(6, 4))).orElseThrow();
    assertThat(repeated).isEqualTo(new View(0, List.of(6, 4), List.of(0, 1)));
    assertThat(repeated.elements()).isEqualTo(24);
  }

  @Test
  void aFlipRunsBackwards() {
    View flipped = matrix.moved(new Op.Flip(List.of(0))).orElseThrow();
    assertThat(flipped).isEqualTo(new View(20, List.of(6, 4), List.of(-4, 1)));
  }

  @Test
  void aViewWithoutElementsTakesAnyShape() {
    assertThat(View.whole(0, 4).moved(new Op.Reshape(Shape.of(2, 0, 3)))).isPresent();
  }
}
