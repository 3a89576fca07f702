package dev.cajal.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.tensor.Products;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Golden;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scaled dot-product attention as PyTorch computes it, and its gradients. */
class AttentionGoldenTest {

  static List<Golden> cases() {
    return Golden.cases("attention.json");
  }

  @Test
  void thereAreAsManyCasesAsWereMade() {
    assertThat(cases()).hasSize(18);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void attentionIsThatOfPyTorch(Golden golden) {
    golden.assertSame(attention(golden, golden.input("v")), 1e-14);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theWeightsAreThoseOfPyTorch(Golden golden) {
    // Attention to the rows of the identity matrix gives the weights themselves.
    Tensor keys = golden.input("k");
    Tensor unit = Tensor.eye(keys.size(-2)).cast(keys.dtype());
    Tensor values = unit.expand(keys.shape().with(-1, keys.size(-2)));

    golden.assertOutput("weights", attention(golden, values), 1e-14);
  }

  private static Tensor attention(Golden golden, Tensor values) {
    Tensor keys = golden.input("k");
    // Ours is scaled by 1 / √d; another scale is put into the queries.
    double scale =
        golden.options().get("scale").asDouble() * Math.sqrt((double) keys.size(-1).number());
    Tensor queries = scale == 1 ? golden.input("q") : golden.input("q").times(scale);
    if (golden.options().get("causal").asBoolean()) {
      return queries.attention(keys, values, Products.causalMask(queries.size(-2), keys.size(-2)));
    }
    return golden.hasInput("mask")
        ? queries.attention(keys, values, golden.input("mask"))
        : queries.attention(keys, values);
  }
}
