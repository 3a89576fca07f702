package dev.cajal.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.testing.Numbers;
import org.junit.jupiter.api.Test;

/** The values of what combines two tensors. */
class ArithmeticTest {
  private final Tensor x = Numbers.constant(-2, 0, 3);
  private final Tensor y = Numbers.constant(1, 0, 2);
  private final Tensor yes = Tensor.constant(Array.of(new boolean[] {true, true, false, false}));
  private final Tensor or = Tensor.constant(Array.of(new boolean[] {true, false, true, false}));

  @Test
  void theFourOperations() {
    assertThat(Numbers.of(x.plus(y))).containsExactly(-1, 0, 5);
    assertThat(Numbers.of(x.minus(y))).containsExactly(-3, 0, 1);
    assertThat(Numbers.of(x.times(y))).containsExactly(-2, 0, 6);
    assertThat(Numbers.of(x.over(y))).containsExactly(-2, Double.NaN, 1.5);
  }

  @Test
  void powers() {
    assertThat(Numbers.of(x.power(y))).containsExactly(-2, 1, 9);
    assertThat(Numbers.of(x.power(2))).containsExactly(4, 0, 9);
  }

  @Test
  void theLargerAndTheSmaller() {
    assertThat(Numbers.of(x.maximum(y))).containsExactly(1, 0, 3);
    assertThat(Numbers.of(x.minimum(y))).containsExactly(-2, 0, 2);
  }

  @Test
  void comparisonsWithATensor() {
    assertThat(Numbers.of(x.lessThan(y))).containsExactly(1, 0, 0);
    assertThat(Numbers.of(x.atMost(y))).containsExactly(1, 1, 0);
    assertThat(Numbers.of(x.greaterThan(y))).containsExactly(0, 0, 1);
    assertThat(Numbers.of(x.atLeast(y))).containsExactly(0, 1, 1);
    assertThat(Numbers.of(x.equalTo(y))).containsExactly(0, 1, 0);
  }

  @Test
  void comparisonsWithANumber() {
    assertThat(Numbers.of(x.lessThan(0))).containsExactly(1, 0, 0);
    assertThat(Numbers.of(x.atMost(0))).containsExactly(1, 1, 0);
    assertThat(Numbers.of(x.greaterThan(0))).containsExactly(0, 0, 1);
    assertThat(Numbers.of(x.atLeast(0))).containsExactly(0, 1, 1);
    assertThat(Numbers.of(x.equalTo(0))).containsExactly(0, 1, 0);
  }

  @Test
  void logic() {
    assertThat(Numbers.of(yes.and(or))).containsExactly(1, 0, 0, 0);
    assertThat(Numbers.of(yes.or(or))).containsExactly(1, 1, 1, 0);
    assertThat(Numbers.of(yes.not())).containsExactly(0, 0, 1, 1);
  }

  @Test
  void whereChooses() {
    assertThat(Numbers.of(Tensor.where(x.lessThan(y), x, y))).containsExactly(-2, 0, 2);
    assertThat(Numbers.of(x.where(x.lessThan(y), 9))).containsExactly(-2, 9, 9);
  }

  @Test
  void numbersBeforeTheTensorAreBroadcast() {
    Tensor column = Numbers.constant(10, 20).reshape(2, 1);

    assertThat(Numbers.of(column.plus(x))).containsExactly(8, 10, 13, 18, 20, 23);
    assertThat(column.plus(x).shape()).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void aNumberTakesTheDtypeOfTheTensor() {
    assertThat(Numbers.constant(1).plus(0.1).dtype()).isEqualTo(DType.F64);
    assertThat(Numbers.of(Numbers.constant(0).plus(0.1))).containsExactly(0.1);
    assertThat(Tensor.range(3).plus(1).dtype()).isEqualTo(DType.I32);
  }

  @Test
  void functionsThatJump() {
    Tensor z = Numbers.constant(-1.5, -0.5, 0, 0.5, 1.5);

    assertThat(Numbers.of(z.sign())).containsExactly(-1, -1, 0, 1, 1);
    assertThat(Numbers.of(z.floor())).containsExactly(-2, -1, 0, 0, 1);
    assertThat(Numbers.of(z.ceil())).containsExactly(-1, -0.0, 0, 1, 2);
    assertThat(Numbers.of(z.step())).containsExactly(0, 0, 1, 1, 1);
    assertThat(Numbers.of(z.clip(-1, 1))).containsExactly(-1, -0.5, 0, 0.5, 1);
  }

  @Test
  void maxoutTakesTheLargestOfNeighbours() {
    assertThat(Numbers.of(Numbers.constant(1, 2, 5, 3, -1, -2).maxout(2)))
        .containsExactly(2, 5, -1);
    assertThat(Numbers.of(Numbers.constant(1, 2, 5, 3, -1, -2).maxout(3))).containsExactly(5, 3);
  }

  @Test
  void reductionsByTheirDefinition() {
    Tensor z = Numbers.constant(1, 2, 3, 6);

    assertThat(Numbers.of(z.sum())).containsExactly(12);
    assertThat(Numbers.of(z.mean())).containsExactly(3);
    assertThat(Numbers.of(z.variance())).containsExactly((4 + 1 + 0 + 9) / 4.0);
    assertThat(Numbers.of(z.max())).containsExactly(6);
    assertThat(Numbers.of(z.min())).containsExactly(1);
    assertThat(Numbers.of(z.reshape(2, 2).meanKeeping(0))).containsExactly(2, 4);
    assertThat(z.reshape(2, 2).meanKeeping(0).shape()).isEqualTo(Shape.of(1, 2));
  }

  @Test
  void productsOfVectors() {
    assertThat(Numbers.of(x.dot(y))).containsExactly(4);
    assertThat(Numbers.of(x.outer(Numbers.constant(1, 10)))).containsExactly(-2, -20, 0, 0, 3, 30);
  }
}
