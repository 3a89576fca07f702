package dev.cajal.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.json.At;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Golden;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Softmax and its kin, layer norm, variance and length as PyTorch computes them, and their
 * gradients.
 */
class NormsGoldenTest {

  static List<Golden> cases() {
    return Golden.cases("norms.json");
  }

  @Test
  void thereAreAsManyCasesAsWereMade() {
    assertThat(cases()).hasSize(67);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theResultIsThatOfPyTorch(Golden golden) {
    // A number near a million has no digits beyond 1e-10, and so neither has its distance from the
    // mean.
    golden.assertSame(result(golden), golden.name().contains("far from zero") ? 1e-10 : 1e-12);
  }

  private static Tensor result(Golden golden) {
    Tensor x = golden.input("x");
    At options = golden.options();
    double temperature = options.find("temperature").map(At::asDouble).orElse(1.0);
    return switch (options.get("operation").asString()) {
      case "layerNorm" -> layerNorm(golden);
      case "softmax" ->
          options.find("temperature").isPresent()
              ? x.softmax(axis(options), temperature)
              : x.softmax(axis(options));
      case "logSoftmax" -> x.over(temperature).logSoftmax(axis(options));
      case "logSumExp" -> x.over(temperature).logSumExp(axis(options));
      case "variance" ->
          keeps(options) ? x.varianceKeeping(axes(options)) : x.variance(axes(options));
      case "norm" -> {
        Tensor length = x.norm(axes(options));
        yield keeps(options) ? length.reshape(golden.output("y").shape()) : length;
      }
      default -> throw new AssertionError(options.get("operation"));
    };
  }

  private static Tensor layerNorm(Golden golden) {
    At options = golden.options();
    Tensor y = golden.input("x").layerNorm(options.get("eps").asDouble(), axes(options));
    Tensor scaled = golden.hasInput("weight") ? y.times(golden.input("weight")) : y;
    return golden.hasInput("bias") ? scaled.plus(golden.input("bias")) : scaled;
  }

  private static int axis(At options) {
    return options.get("axis").asInt();
  }

  private static boolean keeps(At options) {
    return options.get("keepDims").asBoolean();
  }

  private static int[] axes(At options) {
    return options.get("axes").list(At::asInt).stream().mapToInt(Integer::intValue).toArray();
  }
}
