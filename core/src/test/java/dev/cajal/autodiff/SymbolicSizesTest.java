package dev.cajal.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.engine.reference.Reference;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Recurrence;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import dev.cajal.tensor.Window;
import dev.cajal.testing.Numbers;
import dev.cajal.testing.Property;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An expression is written once, for every size that its symbols are bound to. */
class SymbolicSizesTest {
  private final Tensor x = Numbers.input("x", "batch", "time", 4);

  private static Array numbers(int... shape) {
    int count = IntStream.of(shape).reduce(1, (a, b) -> a * b);
    double[] numbers = IntStream.range(0, count).mapToDouble(i -> Math.sin(1 + 1.7 * i)).toArray();
    return Array.wrap(numbers, Shape.of(shape));
  }

  /** The same function of an input of symbolic and of numeric sizes, and its gradient. */
  private void assertIndependentOfSymbols(UnaryOperator<Tensor> f, int batch, int time) {
    Array value = numbers(batch, time, 4);
    Tensor plain = Numbers.input("x", batch, time, 4);
    Tensor y = f.apply(x);
    Tensor expected = f.apply(plain);
    assertThat(Reference.evaluate(y, Bindings.of(x, value)))
        .isEqualTo(Reference.evaluate(expected, Bindings.of(plain, value)));
    assertThat(Reference.evaluate(Gradient.of(y.square().sum(), x), Bindings.of(x, value)))
        .isEqualTo(
            Reference.evaluate(
                Gradient.of(expected.square().sum(), plain), Bindings.of(plain, value)));
  }

  private void assertIndependentOfSymbols(UnaryOperator<Tensor> f) {
    for (int batch : new int[] {0, 1, 2, 5}) {
      for (int time : new int[] {1, 3}) {
        assertIndependentOfSymbols(f, batch, time);
      }
    }
  }

  @Test
  void twoAxesAreMadeOneAndTwoAgain() {
    Tensor rows = x.reshape("batch*time", 4);

    assertThat(rows.shape()).hasToString("[batch·time, 4]");
    assertThat(rows.reshape(x.shape()).shape()).isEqualTo(x.shape());
    assertIndependentOfSymbols(y -> y.flatten(0, 1).square().reshape(y.shape()));
  }

  @Test
  void theLeftOverSizeOfAReshapeIsFound() {
    assertThat(x.reshape(-1, 4).shape()).isEqualTo(Shape.of("batch*time", 4));
    assertThat(x.reshape("batch", -1).shape()).isEqualTo(Shape.of("batch", "4*time"));
  }

  @Test
  void aDenseLayerIsAppliedToEveryBatch() {
    Tensor weight = Tensor.constant(numbers(4, 3));

    assertIndependentOfSymbols(y -> y.matmul(weight).plus(0.5).tanh());
  }

  @Test
  void everyReductionWorksOverASymbolicAxis() {
    assertIndependentOfSymbols(y -> y.sum(1));
    assertIndependentOfSymbols(y -> y.mean(1));
    assertIndependentOfSymbols(y -> y.variance(1));
    assertIndependentOfSymbols(y -> y.max(1));
    assertIndependentOfSymbols(y -> y.logSumExp(1));
    assertIndependentOfSymbols(y -> y.softmax(1));
    assertIndependentOfSymbols(y -> y.layerNorm(1e-5));
    assertIndependentOfSymbols(y -> y.norm(1));
  }

  @Test
  void attentionWorksOverSymbolicTime() {
    assertIndependentOfSymbols(y -> y.attention(y.sin(), y.cos()));
  }

  @Test
  void convolutionWithSamePaddingKeepsASymbolicAxis() {
    Window window = Window.of(3).same();
    Tensor kernel = Tensor.constant(numbers(3, 4, 2));

    assertThat(x.conv(kernel, window).shape()).isEqualTo(Shape.of("batch", "time", 2));
    assertIndependentOfSymbols(y -> y.conv(kernel, window));
  }

  @Test
  void poolingWithSamePaddingKeepsASymbolicAxis() {
    assertIndependentOfSymbols(y -> y.maxPool(Window.of(3).same()));
    assertIndependentOfSymbols(y -> y.averagePoolInside(Window.of(3).same()));
  }

  @Test
  void aLoopHasAsManyStepsAsASymbolSays() {
    assertIndependentOfSymbols(
        y -> Recurrence.over(y.moveAxis(1, 0)).states(y.sum(1), (h, each) -> h.times(each).tanh()));
  }

  @Test
  void movementsOfSymbolicAxes() {
    assertIndependentOfSymbols(y -> y.flip(0, 1));
    assertIndependentOfSymbols(y -> y.transpose(2, 0, 1));
    assertIndependentOfSymbols(y -> Tensor.stack(0, y, y.sin()));
    assertIndependentOfSymbols(y -> y.slice(0, 0, 0));
    assertIndependentOfSymbols(y -> Tensor.einsum("btc,bsc->bts", y, y));
  }

  @Test
  void theLastStepOfASymbolicAxisIsTaken() {
    assertThat(x.at(1, -1).shape()).isEqualTo(Shape.of("batch", 4));
    assertIndependentOfSymbols(y -> y.at(1, -1));
    assertIndependentOfSymbols(y -> y.slice(1, -3, -1), 2, 3);
  }

  @Test
  void aPositionThatASymbolDoesNotReachIsRefused() {
    Tensor y = Numbers.input("y", 2, "n");

    assertThatThrownBy(() -> Reference.evaluate(y.at(1, 2), Bindings.of(y, numbers(2, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("leave axis 1 of y [2, n], which now has 2");
  }

  @Test
  void theFirstStepOfASymbolicAxisIsTaken() {
    assertIndependentOfSymbols(y -> y.at(1, 0));
  }

  @Test
  void aBatchBehindItselfIsTwoBatches() {
    Tensor both = Tensor.concat(0, x, x.sin());

    assertThat(both.shape()).isEqualTo(Shape.of("2*batch", "time", 4));
    assertIndependentOfSymbols(y -> Tensor.concat(0, y, y.sin(), y));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void theMeanOverABatchDividesByItsSize(int batch) {
    Tensor y = Numbers.input("y", "batch");
    double[] values = IntStream.range(0, batch).mapToDouble(i -> i).toArray();

    assertThat(Numbers.of(y.mean(), Bindings.of(y, values))).containsExactly((batch - 1) / 2.0);
  }

  @Test
  void theMeanOverAnEmptyBatchIsNotANumber() {
    Tensor y = Numbers.input("y", "batch");

    assertThat(Numbers.of(y.mean(), Bindings.of(y))).containsExactly(Double.NaN);
  }

  @Test
  void gradientsAreRightWithSymbolicSizes() {
    Property.holds(
        10,
        choices -> {
          Tensor w = Numbers.input("w", 4, 4);
          Tensor h = x.matmul(w).tanh().mean(1).flatten();
          Bindings at =
              Bindings.of(x, numbers(choices.size(), choices.solidSize(), 4))
                  .with(w, numbers(4, 4));
          var report = GradientCheck.of(h, at).run();
          assertThat(report.passed()).as("%s", report).isTrue();
        });
  }

  @Test
  void aSymbolIsSettledByAProductOfKnownOnes() {
    Tensor rows = Numbers.input("rows", "batch*time", 2);
    Tensor y = rows.reshape("batch", "time", 2).sum(1);
    Bindings at = Bindings.of(rows, numbers(6, 2)).size("batch", 3);

    assertThat(Reference.evaluate(y, at).shape()).isEqualTo(Shape.of(3, 2));
  }

  @Test
  void sizesAreGivenByHandWhereNoInputHasThem() {
    Tensor ones = Tensor.ones("n").sum();

    assertThat(Numbers.of(ones, Bindings.none().size("n", 6))).containsExactly(6);
  }

  @Test
  void inputsThatDisagreeAreNamed() {
    Tensor y = Numbers.input("y", "batch");
    Bindings bindings = Bindings.of(x, numbers(2, 3, 4)).with(y, numbers(3));

    assertThatThrownBy(() -> Reference.evaluate(x.sum(1, 2).plus(y), bindings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "bindings: y [batch] is given an array [3]: axis 0: 2 ≠ 3 (batch is settled by x)");
  }

  @Test
  void aSizeThatNothingSettlesIsNamed() {
    assertThatThrownBy(() -> Reference.evaluate(Tensor.ones("n").sum()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[n]")
        .hasMessageContaining("size(name, number)");
  }

  @Test
  void aNumberThatIsNotAMultipleIsRefused() {
    Tensor pairs = Numbers.input("pairs", "2*n");

    assertThatThrownBy(() -> Reference.evaluate(pairs.sum(), Bindings.of(pairs, numbers(5))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pairs [2·n] is given an array [5]");
  }

  @Test
  void differentSymbolsDoNotBroadcast() {
    assertThatThrownBy(() -> Numbers.input("a", "m").plus(Numbers.input("b", "n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a [m] + b [n]")
        .hasMessageContaining("m ≠ n");
  }

  @Test
  void aSymbolicBatchIsListedInTheExpression() {
    Tensor y = Tensor.input("y", DType.F32, "batch", 3).mean(0);

    assertThat(y.toString()).contains("[3]").contains("batch");
  }
}
