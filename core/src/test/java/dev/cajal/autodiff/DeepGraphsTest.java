package dev.cajal.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Recurrence;
import dev.cajal.tensor.Recurrence.Step;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Nothing is done by recursion over an expression: a small stack is enough for a deep one. */
class DeepGraphsTest {
  private static final int DEEP = 100_000;
  private static final long SMALL_STACK = 256 * 1024;

  private final Tensor x = Numbers.input("x");

  private static <T> T onASmallStack(Callable<T> work) throws Exception {
    var task = new FutureTask<>(work);
    var thread = new Thread(null, task, "small stack", SMALL_STACK);
    thread.start();
    return task.get();
  }

  /** {@code x} with a little added so many times. */
  private Tensor chain(int nodes) {
    Tensor y = x;
    Tensor little = Tensor.scalar(DType.F64, 1e-5);
    for (int i = 0; i < nodes; i++) {
      y = y.plus(little);
    }
    return y;
  }

  private double at(Tensor y, double value) {
    return Numbers.of(y, Bindings.of(x, value))[0];
  }

  @Test
  void aDeepChainIsEvaluated() throws Exception {
    assertThat(onASmallStack(() -> at(chain(DEEP), 2))).isEqualTo(3, within(1e-9));
  }

  @Test
  void aDeepChainIsDifferentiated() throws Exception {
    assertThat(onASmallStack(() -> at(Gradient.of(chain(DEEP).square(), x), 2)))
        .isEqualTo(6, within(1e-9));
  }

  @Test
  void aDeepChainIsDifferentiatedTwice() throws Exception {
    assertThat(onASmallStack(() -> at(Gradient.of(Gradient.of(chain(DEEP).square(), x), x), 2)))
        .isEqualTo(2);
  }

  @Test
  void aDeepChainIsDifferentiatedForward() throws Exception {
    Tensor direction = Tensor.scalar(DType.F64, 3);

    assertThat(onASmallStack(() -> at(Gradient.jacobianVector(chain(DEEP), x, direction), 2)))
        .isEqualTo(3);
  }

  @Test
  void aDeepChainOfProductsIsDifferentiated() throws Exception {
    Callable<Double> slope =
        () -> {
          Tensor y = x;
          for (int i = 0; i < DEEP; i++) {
            y = y.times(x);
          }
          return at(Gradient.of(y, x), 1);
        };

    assertThat(onASmallStack(slope)).isEqualTo(DEEP + 1);
  }

  @Test
  void aDeepChainIsPrintedInShort() throws Exception {
    String text = onASmallStack(() -> chain(DEEP).toString());

    assertThat(text.lines().count()).isLessThan(50);
    assertThat(text.length()).isLessThan(10_000);
  }

  @Test
  void aDeepChainIsListedWhole() throws Exception {
    String text = onASmallStack(() -> Graph.of(chain(DEEP)).listing());

    assertThat(text.lines().count()).isGreaterThan(1000);
    assertThat(text.length()).isLessThan(100 * DEEP);
  }

  @Test
  void theBeginningOfADeepChainIsReplaced() throws Exception {
    Callable<Double> replaced =
        () -> {
          Tensor other = Tensor.scalar(DType.F64, 5);
          return Numbers.of(Graph.replace(List.of(chain(DEEP)), Map.of(x, other)).getFirst())[0];
        };

    assertThat(onASmallStack(replaced)).isEqualTo(6, within(1e-9));
  }

  @Test
  void twoHundredDoublingsHaveAGradientOfTwoToTheirNumber() {
    assertThat(at(Gradient.of(doubled(200), x), 1)).isEqualTo(Math.pow(2, 200));
  }

  @Test
  void theGradientOfDoublingsIsAsLongAsTheyAre() {
    Tensor y = doubled(200);

    int more = Graph.of(Gradient.of(y, x)).nodes().size();

    assertThat(more).isLessThan(5 * Graph.of(y).nodes().size());
  }

  @Test
  void doublingsArePrintedWithALineForEach() {
    assertThat(Graph.of(doubled(200)).listing().lines().count()).isLessThan(210);
  }

  private Tensor doubled(int times) {
    Tensor y = x;
    for (int i = 0; i < times; i++) {
      y = y.plus(y);
    }
    return y;
  }

  @Test
  void aNodeThatIsUsedTenThousandTimesGathersAllItsGradients() {
    Tensor shared = x.square();
    Tensor sum = Tensor.concat(0, uses(shared, 10_000)).sum();

    assertThat(at(Gradient.of(sum, x), 3)).isEqualTo(10_000 * 6.0);
  }

  private static Tensor[] uses(Tensor shared, int times) {
    var uses = new ArrayList<Tensor>();
    for (int i = 0; i < times; i++) {
      uses.add(shared.reshape(1));
    }
    return uses.toArray(Tensor[]::new);
  }

  @Test
  void aLoopMayHaveAHundredThousandSteps() throws Exception {
    Tensor last =
        Recurrence.times(DEEP)
            .run(List.of(x), (h, _) -> new Step(List.of(h.getFirst().plus(1e-5)), List.of()))
            .last()
            .getFirst();

    assertThat(onASmallStack(() -> at(last, 2))).isEqualTo(3, within(1e-9));
  }

  @Test
  void theGradientOfALongLoopIsEvaluated() throws Exception {
    Tensor last =
        Recurrence.times("steps")
            .run(List.of(x), (h, _) -> new Step(List.of(h.getFirst().times(0.9999)), List.of()))
            .last()
            .getFirst();
    Bindings at = Bindings.of(x, 2).size("steps", DEEP);

    double slope = onASmallStack(() -> Numbers.of(Gradient.of(last, x), at)[0]);

    assertThat(slope).isEqualTo(Math.pow(0.9999, DEEP), within(1e-15));
  }

  @Test
  void aDeepStepOfALoopIsDifferentiated() throws Exception {
    Callable<Double> slope =
        () -> {
          Tensor last =
              Recurrence.times(2)
                  .run(
                      List.of(x),
                      (h, _) -> {
                        Tensor y = h.getFirst();
                        for (int i = 0; i < DEEP / 10; i++) {
                          y = y.plus(1e-4);
                        }
                        return new Step(List.of(y.square()), List.of());
                      })
                  .last()
                  .getFirst();
          return at(Gradient.of(last, x), 0);
        };

    // ((x + 1)² + 1)² at 0
    assertThat(onASmallStack(slope)).isEqualTo(2 * 2 * 2 * 1, within(1e-6));
  }

  @Test
  void loopsNestFourDeep() {
    Tensor y = nested(x, 4);

    assertThat(at(Gradient.of(y, x), 1)).isEqualTo(Math.pow(2, 16));
  }

  /** {@code x·2^(2^depth)}: each depth takes two steps of the one below. */
  private static Tensor nested(Tensor x, int depth) {
    if (depth == 0) {
      return x.plus(x);
    }
    return Recurrence.times(2)
        .run(List.of(x), (h, _) -> new Step(List.of(nested(h.getFirst(), depth - 1)), List.of()))
        .last()
        .getFirst();
  }
}
