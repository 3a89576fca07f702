package dev.cajal.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.autodiff.Gradient;
import dev.cajal.engine.reference.Reference;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Recurrence;
import dev.cajal.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimplifyTest {
  private final Tensor x = Tensor.input("x", 3);
  private final Tensor y = Tensor.input("y", 3);

  @Test
  void neutralElementsVanish() {
    assertThat(Simplify.of(x.plus(0).times(1).over(1).minus(0).power(1))).isEqualTo(x);
  }

  @Test
  void minusAndMinusIsPlus() {
    assertThat(Simplify.of(x.negated().negated())).isEqualTo(x);
    assertThat(Simplify.of(x.minus(y.negated()))).hasToString("x + y   [3]");
    assertThat(Simplify.of(x.negated().plus(y))).hasToString("y - x   [3]");
    assertThat(Simplify.of(x.times(-1))).hasToString("-x   [3]");
  }

  @Test
  void constantsAreFoldedInTheirDtype() {
    Tensor folded = Simplify.of(Tensor.scalar(0.1).plus(0.2).times(x));
    // 0.1f + 0.2f in single precision
    assertThat(folded).hasToString("0.3 ⊙ x   [3]");
    assertThat(Simplify.of(Tensor.scalar(DType.I32, 7).floorOver(2)).op())
        .isEqualTo(new Op.Constant(Array.scalar(DType.I32, 3)));
  }

  @Test
  void movementsThatUndoEachOtherVanish() {
    Tensor matrix = Tensor.input("m", 2, 3);
    assertThat(Simplify.of(matrix.transpose().transpose())).isEqualTo(matrix);
    assertThat(Simplify.of(matrix.reshape(6).reshape(3, 2).reshape(2, 3))).isEqualTo(matrix);
    assertThat(Simplify.of(matrix.flip(0).flip(0))).isEqualTo(matrix);
  }

  @Test
  void whatIsComputedTwiceIsComputedOnce() {
    Tensor twice = x.exp().plus(y).times(x.exp().plus(y));
    assertThat(Graph.of(Simplify.of(twice)).nodes()).hasSize(5);
  }

  @Test
  void inputsThatLookAlikeStayTwo() {
    Tensor other = Tensor.input("x", 3);
    assertThat(Graph.of(Simplify.of(x.minus(other))).inputs()).containsExactly(x, other);
  }

  @Test
  void nothingThatCouldBecomeNanIsDropped() {
    Bindings infinite = Bindings.of(x, Double.POSITIVE_INFINITY, Double.NaN, 1);
    Tensor zero = x.times(0).plus(x.minus(x));
    assertThat(Reference.evaluate(Simplify.of(zero), infinite))
        .isEqualTo(Reference.evaluate(zero, infinite));
  }

  @Test
  void aStoppedGradientStaysStopped() {
    Tensor half = Simplify.of(x.stopGradient().times(x).sum());
    assertThat(Reference.evaluate(Gradient.of(half, x), Bindings.of(x, 1, 2, 3)).toDoubles())
        .containsExactly(1, 2, 3);
  }

  @Test
  void theGradientOfALogisticNeuronReadsAsInTheBook() {
    Tensor w = Parameter.of("w", Array.of(new float[] {1, 2, 3}, 1, 3)).value();
    Tensor label = Tensor.input("label", 1);
    Tensor z = w.matmul(x).named("z");
    Tensor loss = z.softplus().minus(label.times(z)).sum();
    assertThat(Simplify.of(Gradient.of(loss, w)).toString().lines().toList())
        .isEqualTo(List.of("z = w · x   [1]", "(sigmoid(z) - label) · xᵀ   [1, 3]"));
  }

  @Test
  void theTransposeOfAProductIsAProductOfTransposes() {
    Tensor a = Tensor.input("a", 2, 3);
    Tensor b = Tensor.input("b", 3, 4);
    assertThat(Simplify.of(a.matmul(b).transpose())).hasToString("bᵀ · aᵀ   [4, 2]");
    assertThat(Simplify.of(a.matmul(b.transpose().transpose()).transpose().transpose()))
        .hasToString("a · b   [2, 4]");
  }

  @Test
  void aProductThatIsReadOtherwiseTooIsTransposedAfterwards() {
    Tensor product = Tensor.input("a", 2, 3).matmul(Tensor.input("b", 3, 4));
    List<Tensor> simple = Simplify.of(List.of(product, product.transpose()));
    assertThat(simple.getLast().inputs()).containsExactly(simple.getFirst());
  }

  @Test
  void theGradientOfSlicesPutsThemSideBySide() {
    Tensor whole = Tensor.input("whole", 2, 9);
    Tensor product =
        whole.slice(1, 0, 3).times(whole.slice(1, 3, 6)).plus(whole.slice(1, 6, 9).sin()).sum();
    Tensor gradient = Simplify.of(Gradient.of(product, whole));
    assertThat(gradient.op()).isEqualTo(new Op.Concat(1));
    assertThat(gradient.inputs()).hasSize(3);
  }

  @Test
  void bodiesOfLoopsAreSimplifiedToo() {
    Tensor sums =
        Recurrence.over(Tensor.input("xs", 4, 3))
            .states(Tensor.zeros(3), (sum, slice) -> sum.times(1).plus(slice.plus(0)));
    Graph graph = Graph.of(Simplify.of(sums));
    Op.Each each =
        (Op.Each)
            graph.nodes().stream()
                .map(Tensor::op)
                .filter(Op.Each.class::isInstance)
                .findFirst()
                .orElseThrow();
    assertThat(Graph.of(each.inner()).nodes()).hasSize(3);
  }

  @Test
  void theGradientOfSlicesInAnyOrderIsOneWhole() {
    Tensor whole = Tensor.input("w", 4);
    Tensor product = whole.slice(0, 3, 4).exp();
    for (int i : new int[] {1, 2, 0}) {
      product = product.times(whole.slice(0, i, i + 1).exp());
    }
    Tensor gradient = Simplify.of(Gradient.of(product.sum(), whole));
    assertThat(gradient.op()).isEqualTo(new Op.Concat(0));
    assertThat(gradient.inputs()).hasSize(4);
    assertThat(Graph.of(gradient).nodes()).noneMatch(node -> node.op() instanceof Op.Pad);
  }
}
