package dev.cajal.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.autodiff.Gradient;
import dev.cajal.engine.reference.Reference;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Body;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Recurrence;
import dev.cajal.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** A plain recurrent network, whose loops should do nothing but what needs the step before. */
class LoopsTest {
  private final Parameter input = Parameter.of("input", numbers(2, 3));
  private final Parameter hidden = Parameter.of("hidden", numbers(3, 3));
  private final Parameter bias = Parameter.of("bias", numbers(3));
  private final Tensor xs = Tensor.input("xs", 5, 4, 2);
  private final Tensor states =
      Recurrence.over(xs)
          .states(
              Tensor.zeros(4, 3),
              (h, x) ->
                  x.matmul(input.value()).plus(h.matmul(hidden.value())).plus(bias.value()).tanh());
  private final List<Tensor> outputs =
      Stream.concat(
              Stream.of(states),
              Gradient.of(states.square().sum(), input.value(), hidden.value(), bias.value())
                  .stream())
          .toList();

  private static Array numbers(int... shape) {
    int count = IntStream.of(shape).reduce(1, (a, b) -> a * b);
    var numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) Math.sin(1 + 3 * i);
    }
    return Array.of(numbers, shape);
  }

  private static List<Body> loops(List<Tensor> outputs) {
    return Graph.of(outputs).nodes().stream()
        .map(Tensor::op)
        .filter(Op.Scan.class::isInstance)
        .map(scan -> ((Op.Scan) scan).body())
        .toList();
  }

  private static long products(Body body) {
    return Graph.of(body.next()).nodes().stream()
        .filter(node -> node.op() instanceof Op.MatMul)
        .count();
  }

  @Test
  void onlyTheProductWithTheStateStaysInTheLoop() {
    List<Body> before = loops(outputs);
    List<Body> after = loops(Loops.of(Simplify.of(outputs)));
    assertThat(before).extracting(LoopsTest::products).contains(2L);
    assertThat(after).hasSize(2).extracting(LoopsTest::products).containsOnly(1L);
  }

  @Test
  void gradientsOfWeightsAreNoCarries() {
    // The state forwards, its gradient backwards.
    assertThat(loops(Loops.of(Simplify.of(outputs))))
        .extracting(body -> body.carries().size())
        .containsOnly(1);
  }

  @Test
  void theNumbersStayTheSame() {
    Bindings bindings = Bindings.of(xs, numbers(5, 4, 2));
    List<Tensor> lighter = Loops.of(Simplify.of(outputs));
    for (int i = 0; i < outputs.size(); i++) {
      assertThat(Reference.evaluate(lighter.get(i), bindings).toDoubles())
          .containsExactly(
              Reference.evaluate(outputs.get(i), bindings).toDoubles(), Offset.offset(1e-12));
    }
  }

  @Test
  void anExpressionWithoutLoopsIsLeftAlone() {
    List<Tensor> plain = List.of(xs.sin());
    assertThat(Loops.of(plain)).isSameAs(plain);
  }
}
