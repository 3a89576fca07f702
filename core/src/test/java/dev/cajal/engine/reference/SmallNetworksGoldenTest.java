package dev.cajal.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.autodiff.Gradient;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Golden;
import dev.cajal.testing.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks with two layers against formulas in decimal arithmetic of fifty digits. */
class SmallNetworksGoldenTest {
  private static final double TOLERANCE = 2e-15;

  static List<Golden> cases() {
    return Golden.cases("mlp.json");
  }

  @Test
  void thereAreAsManyCasesAsWereMade() {
    assertThat(cases()).hasSize(8);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyLayerIsThatOfTheDecimalNumbers(Golden golden) {
    Map<String, Tensor> network = network(golden);
    assertThat(network)
        .containsKeys(golden.group("decimalOutputs").keySet().toArray(String[]::new));
    golden
        .group("decimalOutputs")
        .forEach((name, expected) -> {
          Array found = Reference.evaluate(at(network, name), golden.bindings());
          Numbers.assertClose(name, found, expected, TOLERANCE);
        });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyGradientIsThatOfTheDecimalNumbers(Golden golden) {
    assertGradients(golden, "decimalGradients");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyGradientIsThatOfPyTorch(Golden golden) {
    assertGradients(golden, "gradients");
  }

  private static void assertGradients(Golden golden, String group) {
    Map<String, Tensor> network = network(golden);
    Map<String, Array> expected = golden.group(group);
    assertThat(expected).hasSize(8);
    List<Tensor> xs = new ArrayList<>();
    expected.keySet().forEach(name -> xs.add(at(network, name)));
    List<Tensor> gradients = Gradient.of(at(network, "loss"), xs);
    var evaluation = Reference.run(gradients, golden.bindings());
    int i = 0;
    for (var each : expected.entrySet()) {
      Array found = evaluation.value(gradients.get(i++));
      Numbers.assertClose(group + " to " + each.getKey(), found, each.getValue(), TOLERANCE);
    }
  }

  private static Tensor at(Map<String, Tensor> network, String name) {
    return Objects.requireNonNull(network.get(name), name);
  }

  /** Every node of a network by its name in the files. */
  private static Map<String, Tensor> network(Golden golden) {
    Map<String, Tensor> nodes = new LinkedHashMap<>();
    for (String name : List.of("W1", "b1", "W2", "b2", "x")) {
      nodes.put(name, golden.input(name));
    }
    Tensor z1 = golden.input("W1").matmul(golden.input("x")).plus(golden.input("b1"));
    Tensor h1 = z1.sigmoid();
    Tensor z2 = golden.input("W2").matmul(h1).plus(golden.input("b2"));
    Tensor target = golden.input("target");
    nodes.putAll(Map.of("z1", z1, "h1", h1, "z2", z2));
    switch (golden.options().get("output").asString()) {
      case "sigmoid" -> {
        Tensor y = z2.sigmoid();
        Tensor right = target.times(y.log());
        Tensor wrong = target.negated().plus(1).times(y.negated().plus(1).log());
        nodes.putAll(Map.of("yhat", y, "loss", right.plus(wrong).sum().negated()));
      }
      case "linear" ->
          nodes.putAll(Map.of("yhat", z2, "loss", z2.minus(target).square().over(2).sum()));
      case "softmax" -> {
        Tensor loss = z2.logSoftmax(0).times(target).sum().negated();
        nodes.putAll(Map.of("yhat", z2.softmax(0), "loss", loss));
      }
      default -> throw new AssertionError(golden);
    }
    return nodes;
  }
}
