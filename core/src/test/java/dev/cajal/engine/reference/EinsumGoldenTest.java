package dev.cajal.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Golden;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sums of products as NumPy and PyTorch compute them, and their gradients. */
class EinsumGoldenTest {

  static List<Golden> cases() {
    return Golden.cases("einsum.json");
  }

  @Test
  void thereAreAsManyCasesAsWereMade() {
    assertThat(cases()).hasSize(92);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void einsumIsThatOfNumPy(Golden golden) {
    Tensor[] operands =
        IntStream.range(0, golden.group("gradients").size())
            .mapToObj(i -> golden.input("x" + i))
            .toArray(Tensor[]::new);

    golden.assertSame(Tensor.einsum(golden.options().get("spec").asString(), operands), 1e-12);
  }
}
