package dev.cajal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.autodiff.Gradient;
import dev.cajal.engine.reference.Reference;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Products;
import dev.cajal.tensor.Recurrence;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import dev.cajal.tensor.Window;
import dev.cajal.testing.RandomGraph;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Graphs that took the compiler in once: each is the smallest of its kind. */
class ProgramAgreesOnAwkwardGraphsTest {
  private final SplittableRandom random = new SplittableRandom(1);

  private Array numbers(Shape shape) {
    var numbers = new float[(int) shape.elements().number()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextDouble(-1, 1);
    }
    return Array.wrap(numbers, shape);
  }

  private Bindings bindings(Tensor... outputs) {
    Bindings bindings = Bindings.none();
    for (Tensor input : Graph.of(outputs).inputs()) {
      bindings = bindings.with(input, numbers(input.shape()));
    }
    return bindings;
  }

  private void check(Tensor output) {
    new RandomGraph(List.of(output), Map.of(), bindings(output))
        .check(ProgramAgreesOnRandomGraphsTest.onThreads(2));
  }

  @Test
  void aParameterIsMultipliedBeforeItIsOverwritten() {
    for (int size : List.of(3, 64, 130)) {
      Parameter p = Parameter.of("p", numbers(Shape.of(size, 64)));
      Tensor w = Tensor.input("w", 64, 64);
      Tensor c = Tensor.input("c", size, 64);
      Tensor next = p.value().matmul(w).plus(c);
      Bindings bindings = bindings(next);
      Array wanted = Reference.evaluate(next, bindings);
      Program.of(w.sum()).updating(p, next).threads(2).run(bindings);
      assertClose((float[]) p.array().data(), wanted.toDoubles());
    }
  }

  private static void assertClose(float[] found, double[] wanted) {
    double largest = 0;
    for (int i = 0; i < found.length; i++) {
      largest = Math.max(largest, Math.abs(found[i] - wanted[i]));
    }
    assertThat(largest).isLessThan(1e-4);
  }

  @Test
  void aProductThatAParameterBecomesIsNotLeftOutOfABand() {
    Tensor q = Tensor.input("q", 8, 64, 8);
    Tensor k = Tensor.input("k", 8, 64, 8);
    Tensor v = Tensor.input("v", 8, 64, 64);
    Tensor weights = q.matmul(k.transpose()).softmax(-1);
    Tensor product = weights.matmul(v);
    Tensor output = product.times(weights).softmax(-1).matmul(v);
    Parameter p = Parameter.of("p", numbers(Shape.of(8, 64, 64)));
    Bindings bindings = bindings(output);
    double[] wanted = Reference.evaluate(output, bindings).toDoubles();
    double[] next = Reference.evaluate(product, bindings).toDoubles();
    Array found = Program.of(output).updating(p, product).run(bindings).getFirst();
    assertClose((float[]) found.data(), wanted);
    assertClose((float[]) p.array().data(), next);
  }

  @Test
  void aProductIsFollowedByWhatIsReadAcrossItsRows() {
    Tensor x = Tensor.input("x", 4, 4);
    Tensor w = Tensor.input("w", 4, 3);
    Tensor c = Tensor.input("c", 6, 2);
    check(x.matmul(w).plus(c.flip(1).reshape(4, 3)));
  }

  @Test
  void whatIsComputedInSeveralPlacesIsReadThroughAReshape() {
    Tensor x = Tensor.input("x", 4, 6);
    Tensor w = Tensor.input("w", 6, 6);
    Tensor c = Tensor.input("c", 4, 4);
    Tensor sum = x.plus(Tensor.input("y", 4, 6));
    Tensor shown = sum.where(Products.causalMask(4, 6), -1);
    Tensor all = shown.plus(shown).plus(sum.matmul(w));
    check(all.reshape(8, 3).flip(1).reshape(4, 6).plus(c.matmul(all.times(0.1))));
  }

  @Test
  void aChainThatReadsItselfTwiceInEachStepIsCompiledAtOnce() {
    Tensor x = Tensor.input("x", 8, 8);
    Tensor t = Tensor.input("t", 8, 8);
    for (int i = 0; i < 40; i++) {
      t = t.minus(t.times(x));
    }
    Tensor output = x.matmul(x).relu().matmul(Tensor.input("w", 8, 8)).times(t);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60), () -> Program.of(output).run(bindings(output)));
  }

  @Test
  void attentionToNothingIsZero() {
    Tensor q = Tensor.input("q", 2, 3);
    Tensor k = Tensor.input("k", 0, 3);
    Tensor v = Tensor.input("v", 0, 2);
    Tensor attention = q.attention(k, v);
    Array found = Program.of(attention).run(bindings(attention)).getFirst();
    assertThat((float[]) found.data()).containsExactly(0, 0, 0, 0);
  }

  @Test
  void whatIsReadByWayOfAnotherCanBeSeenByTheReader() {
    Tensor x = Tensor.input("x", 4, 6);
    Tensor n = x.transpose().exp();
    Tensor u = n.times(2);
    check(u.reshape(3, 8).flip(0).reshape(3, 2, 4).plus(n.reshape(3, 2, 4)));
  }

  /** Each is seen in four ways, and by way of those after it in more than can be counted. */
  @Test
  void mirrorsInMirrors() {
    Tensor x = Tensor.input("x", 8, 8);
    Tensor all = x;
    for (int i = 0; i < 60; i++) {
      all = all.plus(all.flip(i % 2).times(0.3));
    }
    Tensor scaled = all.times(Math.pow(1.3, -60));
    Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> check(scaled));
  }

  @Test
  void twoBandsThatWouldWaitForEachOther() {
    Tensor q = Tensor.input("q", 2, 200, 4);
    Tensor k = Tensor.input("k", 2, 200, 4);
    Tensor v = Tensor.input("v", 2, 200, 4);
    Tensor first = q.matmul(k.transpose());
    Tensor second = v.matmul(k.transpose());
    Tensor one = first.plus(second).softmax(-1).matmul(v);
    Tensor other = first.transpose().times(second).softmax(-1).matmul(v);
    Tensor apart = q.times(2).attention(v, v);
    Program program = Program.of(one, other, apart);
    new RandomGraph(List.of(one, other, apart), Map.of(), bindings(one, other, apart))
        .check(ProgramAgreesOnRandomGraphsTest.onThreads(2));
    Program.Call call = program.call();
    for (String name : List.of("q", "k", "v")) {
      call.set(name, numbers(Shape.of(2, 200, 4)));
    }
    assertThat(call.explain()).contains("band [2·200]");
  }

  /** What a loop reads unchanged is prepared once, but anew in each run. */
  @Test
  void aLoopSeesTheWeightsOfItsRun() {
    int width = 40;
    Parameter w = Parameter.of("w", numbers(Shape.of(width, width)));
    Tensor x = Tensor.input("x", 20, 3, width);
    Tensor start = Tensor.input("start", 3, width);
    Tensor states =
        Recurrence.over(x)
            .states(start, (h, step) -> h.matmul(w.value()).times(0.1).plus(step).tanh());
    Program program = Program.of(states);
    Bindings bindings = bindings(states);
    for (int run = 0; run < 3; run++) {
      w.set(numbers(w.shape()));
      double[] wanted = Reference.evaluate(states, bindings).toDoubles();
      assertClose((float[]) program.run(bindings).getFirst().data(), wanted);
    }
  }

  @Test
  void whatIsNoNumberIsTheLargestOfItsWindow() {
    Tensor x = Tensor.input("x", 2, 9, 9, 11);
    float[] numbers = (float[]) numbers(x.shape()).data();
    for (int i = 0; i < 40; i++) {
      numbers[random.nextInt(numbers.length)] = i % 4 == 0 ? Float.NEGATIVE_INFINITY : Float.NaN;
    }
    Tensor pooled = x.maxPool(Window.of(3, 3).stride(2).padding(1));
    Bindings bindings = Bindings.none().with(x, Array.wrap(numbers, x.shape()));
    double[] wanted = Reference.evaluate(pooled, bindings).toDoubles();
    assertThat(Program.of(pooled).run(bindings).getFirst().toDoubles()).isEqualTo(wanted);
  }

  @Test
  void attentionToSingleNumbers() {
    Tensor q = Tensor.input("q", 300, 8);
    Tensor k = Tensor.input("k", 300, 8);
    Tensor v = Tensor.input("v", 300, 1);
    check(Gradient.of(q.attention(k, v).square().sum(), v));
    check(Gradient.of(q.attention(k, v).square().sum(), q));
    Tensor batches = Tensor.input("batches", 17, 513, 1);
    check(batches.matmul(batches.transpose()).times(0.1).tanh().matmul(batches).times(2));
  }

  /** Each mask is made where it is used, and once: not all of them with the first. */
  @Test
  void masksOfSeveralLayersAreMadeInTheirOwnBands() {
    Tensor x = Tensor.input("x", 10, 70, 8);
    Tensor y = x;
    for (int layer = 0; layer < 3; layer++) {
      Tensor weights = y.matmul(y.transpose()).times(0.2).softmax(-1);
      Tensor kept = Tensor.uniform(layer, 10, 70, 70).atLeast(0.1);
      y = weights.where(kept, 0).matmul(y).plus(x);
    }
    check(y);
    Program.Call call = Program.of(y).call().set("x", numbers(Shape.of(10, 70, 8)));
    long masks = call.explain().lines().filter(line -> line.contains("random")).count();
    assertThat(masks).isEqualTo(3);
  }
}
