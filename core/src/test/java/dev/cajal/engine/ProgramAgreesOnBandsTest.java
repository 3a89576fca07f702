package dev.cajal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.autodiff.Gradient;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Products;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Choices;
import dev.cajal.testing.Property;
import dev.cajal.testing.RandomGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Products whose results are passed on block by block: attention of all proportions, and chains of
 * products and of what is done row by row, so large that they are cut.
 */
class ProgramAgreesOnBandsTest {
  /** So many numbers are passed on, or more. */
  private static final int PASSED = 1 << 15;

  private static void check(List<Tensor> outputs, Choices choices) {
    Bindings bindings = Bindings.none();
    for (Tensor input : Graph.of(outputs).inputs()) {
      Array value = input.dtype() == DType.BOOL ? truths(input, choices) : choices.numbers(input);
      bindings = bindings.with(input, value);
    }
    var graph = new RandomGraph(outputs, Map.of(), bindings);
    graph.check(ProgramAgreesOnRandomGraphsTest.onThreads(choices.between(1, 3)));
    List<Array> alone = graph.run(ProgramAgreesOnRandomGraphsTest.onThreads(1));
    List<Array> together = graph.run(ProgramAgreesOnRandomGraphsTest.onThreads(3));
    assertThat(together.equals(alone)).as("on three threads: %s", graph).isTrue();
    List<Array> plain =
        ProgramAgreesWithItselfTest.with(
            "later", () -> graph.run(ProgramAgreesOnRandomGraphsTest.onThreads(2)));
    assertThat(plain.equals(alone)).as("in plain code: %s", graph).isTrue();
  }

  @Test
  void attentionAndItsGradients() {
    Property.holds(25, ProgramAgreesOnBandsTest::checkAttention);
  }

  private static void checkAttention(Choices choices) {
    int batch = choices.between(1, 3);
    int heads = choices.between(1, 4);
    int to = choices.between(1, 220);
    int from = 1 + choices.between(PASSED, 2 * PASSED) / (batch * heads * to);
    int width = choices.between(1, 9);
    boolean apart = choices.oneIn(2);
    Tensor q = heads("q", apart, batch, to, heads, width);
    Tensor k = heads("k", apart, batch, from, heads, width);
    Tensor v = heads("v", apart, batch, from, heads, width);
    Tensor hidden = Tensor.input("hidden", DType.BOOL, batch, 1, 1, from);
    Tensor o =
        switch (choices.between(0, 2)) {
          case 0 -> q.attention(k, v);
          case 1 -> q.attention(k, v, Products.causalMask(to, from));
          default -> q.attention(k, v, hidden);
        };
    var outputs = new ArrayList<>(List.of(o));
    if (choices.oneIn(2)) {
      outputs.addAll(Gradient.of(o.times(o).sum(), q, k, v));
    }
    check(outputs, choices);
  }

  private static Array truths(Tensor leaf, Choices choices) {
    var truths = new boolean[(int) leaf.shape().elements().number()];
    for (int i = 0; i < truths.length; i++) {
      truths[i] = !choices.oneIn(3);
    }
    return Array.wrap(truths, leaf.shape());
  }

  /** {@code [batch, heads, time, width]}, of heads that lie apart or side by side. */
  private static Tensor heads(
      String name, boolean apart, int batch, int time, int heads, int width) {
    return apart
        ? Tensor.input(name, batch, heads, time, width)
        : Tensor.input(name, batch, time, heads, width).transpose(0, 2, 1, 3);
  }

  @Test
  void chainsOfProductsAndRows() {
    Property.holds(40, ProgramAgreesOnBandsTest::checkChain);
  }

  /** The matrices one further, the last first. */
  private static Tensor turned(Tensor x) {
    long batch = x.size(0).number();
    return Tensor.concat(0, x.slice(0, batch - 1, batch), x.slice(0, 0, batch - 1));
  }

  private static void checkChain(Choices choices) {
    int batch = choices.between(1, 10);
    int rows = choices.between(64, 200);
    int columns = 1 + choices.between(PASSED, 2 * PASSED) / (batch * rows);
    Tensor a = Tensor.input("a", batch, rows, 7);
    Tensor b = Tensor.input("b", batch, 7, columns);
    Tensor c = Tensor.input("c", batch, rows, columns);
    Tensor d = Tensor.input("d", batch, columns, 5);
    Tensor e = Tensor.input("e", rows, 3);
    var made = new ArrayList<>(List.of(a.matmul(b)));
    var outputs = new ArrayList<Tensor>();
    for (int i = choices.between(2, 8); i > 0; i--) {
      Tensor x = choices.oneOf(made.toArray(new Tensor[0]));
      Tensor y = choices.oneOf(made.toArray(new Tensor[0]));
      switch (choices.between(0, 12)) {
        case 0 -> made.add(x.plus(c).tanh());
        case 1 -> made.add(x.softmax(-1));
        case 2 -> made.add(x.minus(y).times(0.5));
        case 3 -> made.add(x.minus(y.meanKeeping(-1)));
        case 4 -> made.add(x.where(Products.causalMask(rows, columns), -1));
        case 5 -> outputs.add(x.matmul(d));
        case 6 -> outputs.add(x.transpose().matmul(c.slice(-1, 0, Math.min(columns, 30))));
        case 7 -> made.add(x.plus(y.flip(choices.between(0, 2))));
        case 8 -> made.add(x.minus(y.slice(choices.between(0, 1), 0, 1)));
        case 9 -> made.add(x.plus(turned(y)));
        case 10 -> outputs.add(x.transpose().matmul(e).plus(1));
        case 11 -> {
          Tensor random = Tensor.uniform(choices.between(0, 1), batch, rows, columns);
          made.add(x.where(random.atLeast(0.3), 0));
        }
        default -> outputs.add(x.maxKeeping(-1).plus(y.sum(-2).sum()));
      }
    }
    outputs.add(made.getLast().matmul(d).relu());
    if (choices.oneIn(3)) {
      outputs.addAll(Gradient.of(outputs.getLast().sum(), a, d));
    }
    check(outputs, choices);
  }
}
