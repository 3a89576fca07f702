package dev.cajal.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.testing.Numbers;
import org.junit.jupiter.api.Test;

/** Where the elements go. */
class MovementTest {
  private final Tensor row = Numbers.constant(0, 1, 2, 3, 4, 5);
  private final Tensor matrix = row.reshape(2, 3);

  private static Tensor index(int... values) {
    return Tensor.constant(Array.of(values));
  }

  @Test
  void reshapesKeepTheOrder() {
    assertThat(Numbers.of(matrix.reshape(3, -1))).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(matrix.reshape(3, -1).shape()).isEqualTo(Shape.of(3, 2));
  }

  @Test
  void transposesExchangeAxes() {
    assertThat(Numbers.of(matrix.transpose())).containsExactly(0, 3, 1, 4, 2, 5);
  }

  @Test
  void anAxisIsMoved() {
    Tensor moved = row.reshape(1, 2, 3).moveAxis(0, -1);

    assertThat(moved.shape()).isEqualTo(Shape.of(2, 3, 1));
    assertThat(Numbers.of(row.reshape(2, 3, 1).moveAxis(1, 0))).containsExactly(0, 3, 1, 4, 2, 5);
  }

  @Test
  void expandingRepeats() {
    assertThat(Numbers.of(Numbers.constant(1, 2).reshape(2, 1).expand(Shape.of(2, 2, 2))))
        .containsExactly(1, 1, 2, 2, 1, 1, 2, 2);
  }

  @Test
  void summingToAShapeUndoesExpanding() {
    assertThat(Numbers.of(matrix.sumTo(Shape.of(2, 1)))).containsExactly(3, 12);
    assertThat(Numbers.of(matrix.sumTo(Shape.of(3)))).containsExactly(3, 5, 7);
  }

  @Test
  void slicesCountFromBothEnds() {
    assertThat(Numbers.of(row.slice(0, 1, 4))).containsExactly(1, 2, 3);
    assertThat(Numbers.of(row.slice(0, -3, -1))).containsExactly(3, 4);
    assertThat(Numbers.of(row.slice(0, 2, 2))).isEmpty();
  }

  @Test
  void slicesMayTakeSteps() {
    assertThat(Numbers.of(row.slice(0, 0, 6, 2))).containsExactly(0, 2, 4);
    assertThat(Numbers.of(row.slice(0, 1, 6, 3))).containsExactly(1, 4);
  }

  @Test
  void aPositionIsTakenOutOfAnAxis() {
    assertThat(Numbers.of(matrix.at(0, 1))).containsExactly(3, 4, 5);
    assertThat(Numbers.of(matrix.at(-1, -1))).containsExactly(2, 5);
  }

  @Test
  void paddingIsZero() {
    assertThat(Numbers.of(Numbers.constant(7, 8).pad(0, 1, 2))).containsExactly(0, 7, 8, 0, 0);
  }

  @Test
  void placingIsCuttingTurnedRound() {
    Tensor placed = Numbers.constant(7, 8).place(0, Size.of(1), 2, Size.of(5));

    assertThat(Numbers.of(placed)).containsExactly(0, 7, 0, 8, 0);
    assertThat(Numbers.of(placed.cut(0, Size.of(1), 2, Size.of(2)))).containsExactly(7, 8);
  }

  @Test
  void flippingTurnsAxesRound() {
    assertThat(Numbers.of(matrix.flip(1))).containsExactly(2, 1, 0, 5, 4, 3);
    assertThat(Numbers.of(matrix.flip())).containsExactly(5, 4, 3, 2, 1, 0);
  }

  @Test
  void tensorsAreJoinedAlongAnAxis() {
    assertThat(Numbers.of(Tensor.concat(-1, matrix, Numbers.constant(8, 9).reshape(2, 1))))
        .containsExactly(0, 1, 2, 8, 3, 4, 5, 9);
  }

  @Test
  void tensorsAreStackedAlongANewAxis() {
    Tensor x = Numbers.constant(1, 2);
    Tensor y = Numbers.constant(3, 4);

    assertThat(Numbers.of(Tensor.stack(0, x, y))).containsExactly(1, 2, 3, 4);
    assertThat(Numbers.of(Tensor.stack(-1, x, y))).containsExactly(1, 3, 2, 4);
  }

  @Test
  void gatheringTakesRowsInAnyOrder() {
    assertThat(Numbers.of(matrix.gather(0, index(1, 0, 1))))
        .containsExactly(3, 4, 5, 0, 1, 2, 3, 4, 5);
  }

  @Test
  void theAxesOfTheIndexReplaceTheOneGathered() {
    Tensor picked = matrix.gather(1, index(2, 0, 1, 1).reshape(2, 2));

    assertThat(picked.shape()).isEqualTo(Shape.of(2, 2, 2));
    assertThat(Numbers.of(picked)).containsExactly(2, 0, 1, 1, 5, 3, 4, 4);
  }

  @Test
  void scatteringAlongTheLastAxisLeavesTheOthers() {
    assertThat(Numbers.of(matrix.scatterAdd(1, index(1, 1, 0), Size.of(2))))
        .containsExactly(2, 1, 5, 7);
  }

  @Test
  void oneHotMarksTheLabel() {
    assertThat(Numbers.of(index(2, 0).oneHot(3))).containsExactly(0, 0, 1, 1, 0, 0);
  }

  @Test
  void aLabelOutsideTheClassesMarksNothing() {
    assertThat(Numbers.of(index(-1, 3).oneHot(3))).containsOnly(0);
  }

  @Test
  void theIndexAlongAnAxis() {
    assertThat(Numbers.of(Tensor.iota(Shape.of(2, 3), 0))).containsExactly(0, 0, 0, 1, 1, 1);
    assertThat(Numbers.of(Tensor.iota(Shape.of(2, 3), -1))).containsExactly(0, 1, 2, 0, 1, 2);
    assertThat(Numbers.of(Tensor.eye(2))).containsExactly(1, 0, 0, 1);
  }

  @Test
  void whatChangesNothingIsTheSameNode() {
    assertThat(matrix.reshape(2, 3)).isSameAs(matrix);
    assertThat(matrix.transpose(0, 1)).isSameAs(matrix);
    assertThat(matrix.expand(matrix.shape())).isSameAs(matrix);
    assertThat(matrix.slice(1, 0, 3)).isSameAs(matrix);
    assertThat(matrix.pad(1, 0, 0)).isSameAs(matrix);
    assertThat(matrix.withInputs(matrix.inputs())).isSameAs(matrix);
  }
}
