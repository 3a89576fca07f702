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
    var numbers = new float[IntStream.of(sizes).reduce(1, (a, b) -> a * b)];
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
    assertAlike(Program.of(lossAndGradient(atOnce())).run(bindings), wanted);
  }

  /** Of what the gradient needs, one is made of the other, and it needs the other later. */
  @Test
  void whatIsComputedAgainIsComputedInOrder() {
    int batch = 72;
    int time = 256;
    Tensor q = Tensor.input("q", batch, time, 4);
    Tensor k = Tensor.input("k", batch, time, 4);
    Tensor m = Tensor.input("m", batch, time, time);
    Bindings all =
        Bindings.none()
            .with(q, sines(batch, time, 4))
            .with(k, sines(batch, time, 4))
            .with(m, sines(batch, time, time));
    Tensor whole = hops(q, k, m);
    Tensor half = Tensor.concat(0, half(q, k, m, 0), half(q, k, m, 1));
    List<Array> wanted = Program.of(spread(half, q)).run(all);
    assertAlike(Program.of(spread(whole, q)).run(all), wanted);
  }

  private static Tensor hops(Tensor q, Tensor k, Tensor m) {
    Tensor first = q.matmul(k.transpose()).times(0.2).relu();
    return first.matmul(m).times(0.02).relu().matmul(k);
  }

  private static Tensor half(Tensor q, Tensor k, Tensor m, int number) {
    long size = q.size(0).number() / 2;
    long from = number * size;
    return hops(
        q.slice(0, from, from + size),
        k.slice(0, from, from + size),
        m.slice(0, from, from + size));
  }

  private static List<Tensor> spread(Tensor output, Tensor input) {
    Tensor loss = output.minus(output.meanKeeping(0, 1, 2)).tanh().square().mean();
    return List.of(loss, Gradient.of(loss, input));
  }

  private static void assertAlike(List<Array> found, List<Array> wanted) {
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

  /** By hand, where nothing tells that it is attention. */
  private Tensor written(double dropout) {
    Tensor weights = part(0).matmul(part(1).transpose()).softmax(-1);
    return weights.dropout(dropout, 1).matmul(part(2));
  }

  /** All weights together would be more bytes than an int can count, and nearly more numbers. */
  @Test
  void asManyPositionsAsNumbersCanBeCounted() {
    int time = 46_000;
    Tensor query = Tensor.input("q", time, 4);
    Tensor key = Tensor.input("k", time, 4);
    Tensor output = query.attention(key, key);
    Program.Call call =
        Program.of(output, Gradient.of(output.square().sum(), key)).threads(2).call();
    call.set("q", sines(time, 4)).set("k", sines(time, 4));
    assertThat(call.explain()).containsPattern("band \\[1·46000\\] by [0-9]+ rows");
  }

  @Test
  void theWeightsAreNeverThereAllAtOnce() {
    Program.Call inference = Program.of(atOnce()).call();
    Program.Call training = Program.of(lossAndGradient(atOnce())).call();
    Program.Call byHand = Program.of(lossAndGradient(written(0))).call();
    Program.Call dropped = Program.of(lossAndGradient(written(0.1))).training(true).call();
    for (Program.Call call : List.of(inference, training, byHand, dropped)) {
      call.set("x", sines(TIME, WIDTH)).run();
      String explained = call.explain();
      Matcher matcher = Pattern.compile("([0-9.]+) KB between them").matcher(explained);
      assertThat(matcher.find()).as(explained).isTrue();
      assertThat(Double.parseDouble(matcher.group(1))).as(explained).isLessThan(SCORES_KB / 4);
    }
  }
}
