package dev.cajal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.autodiff.Gradient;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Products;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Attention over sequences so long that nobody wants to hold all its weights. */
class ProgramOfLongSequencesTest {
  private static final int TIME = 2100;
  private static final int WIDTH = 12;
  private static final int PIECES = 10;

  /** If all weights were held at a time, there would be more than this between the kernels. */
  private static final double SCORES_KB = 4.0 * TIME * TIME / 1e3;

  private final Parameter weights = Parameter.of("weights", sines(WIDTH, 3 * WIDTH));
  private final Tensor x = Tensor.input("x", TIME, WIDTH);
  private final Bindings bindings = Bindings.none().with(x, sines(TIME, WIDTH));

  private static Array sines(int... sizes) {
    var numbers = new float[sizes[0] * sizes[1]];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) Math.sin(1 + i * 0.7);
    }
    return Array.of(numbers, sizes);
  }

  private Tensor part(int number) {
    return x.matmul(weights.value()).slice(-1, (long) number * WIDTH, (number + 1L) * WIDTH);
  }

  /** A loss that needs all of the attention before anything of its gradient is known. */
  private List<Tensor> lossAndGradient(Tensor attention) {
    Tensor loss = attention.minus(attention.meanKeeping(0)).tanh().square().mean();
    return List.of(loss, Gradient.of(loss, weights.value()));
  }

  private Tensor atOnce() {
    return part(0).attention(part(1), part(2), Products.causalMask(TIME, TIME));
  }

  /** The same, some queries at a time: none of it is long. */
  private Tensor inPieces() {
    Tensor mask = Products.causalMask(TIME, TIME);
    var pieces = new ArrayList<Tensor>();
    for (int i = 0; i < PIECES; i++) {
      long from = (long) i * TIME / PIECES;
      long to = (i + 1L) * TIME / PIECES;
      pieces.add(part(0).slice(0, from, to).attention(part(1), part(2), mask.slice(0, from, to)));
    }
    return Tensor.concat(0, pieces.toArray(Tensor[]::new));
  }

  @Test
  void theGradientIsThatOfTheAttentionInPieces() {
    List<Array> wanted = Program.of(lossAndGradient(inPieces())).run(bindings);
    List<Array> found = Program.of(lossAndGradient(atOnce())).run(bindings);
    double loss = (float) wanted.getFirst().item();
    assertThat((double) (float) found.getFirst().item()).isCloseTo(loss, within(1e-5 * loss));
    float[] gradient = (float[]) wanted.getLast().data();
    float[] its = (float[]) found.getLast().data();
    double largest =
        IntStream.range(0, its.length).mapToDouble(i -> Math.abs(gradient[i])).max().orElse(0);
    assertThat(largest).isPositive();
    for (int i = 0; i < its.length; i++) {
      assertThat((double) its[i]).isCloseTo(gradient[i], within(1e-4 * largest));
    }
  }

  @Test
  void theWeightsAreNeverThereAllAtOnce() {
    Program.Call inference = Program.of(atOnce()).call();
    Program.Call training = Program.of(lossAndGradient(atOnce())).call();
    for (Program.Call call : List.of(inference, training)) {
      call.set("x", sines(TIME, WIDTH)).run();
      String explained = call.explain();
      Matcher matcher = Pattern.compile("([0-9.]+) KB between them").matcher(explained);
      assertThat(matcher.find()).as(explained).isTrue();
      assertThat(Double.parseDouble(matcher.group(1))).as(explained).isLessThan(SCORES_KB / 4);
    }
  }
}
