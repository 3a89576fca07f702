package dev.cajal.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.autodiff.Gradient;
import dev.cajal.json.At;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Golden;
import dev.cajal.testing.Numbers;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The functions of one number and their first and second derivatives as mpmath computes them,
 * rounded once; at corners, as PyTorch chooses them.
 */
class ActivationsGoldenTest {
  /** Of a number of size 1, or relative to a larger one. */
  private static final double TOLERANCE = 4e-15;

  /** In every digit, however small the number. */
  private static final double RELATIVE = 4e-16;

  /** {@code 1 + erf(x)} and {@code 1 + tanh(x)} have no digits left far below 0. */
  private static final Set<String> LOSING_DIGITS_FAR_BELOW_ZERO = Set.of("gelu");

  static List<Golden> smooth() {
    return cases().stream().filter(golden -> !isAtCorner(golden)).toList();
  }

  static List<Golden> accurate() {
    return smooth().stream()
        .filter(golden -> !LOSING_DIGITS_FAR_BELOW_ZERO.contains(name(golden.options())))
        .toList();
  }

  static List<Golden> corners() {
    return cases().stream()
        .filter(ActivationsGoldenTest::isAtCorner)
        .filter(golden -> !isOurOwnChoice(golden))
        .toList();
  }

  @Test
  void thereAreAsManyCasesAsWereMade() {
    assertThat(cases()).hasSize(29);
    assertThat(smooth()).hasSize(20);
    assertThat(accurate()).hasSize(18);
    assertThat(corners()).hasSize(6);
  }

  @ParameterizedTest
  @MethodSource("smooth")
  void theValueIsTheExactOne(Golden golden) {
    assertNear(golden, y(golden), "exactY");
  }

  @ParameterizedTest
  @MethodSource("smooth")
  void theFirstDerivativeIsTheExactOne(Golden golden) {
    assertNear(golden, slope(golden), "exactDy");
  }

  @ParameterizedTest
  @MethodSource("smooth")
  void theSecondDerivativeIsTheExactOne(Golden golden) {
    assertNear(golden, curvature(golden), "exactD2y");
  }

  @ParameterizedTest
  @MethodSource("accurate")
  void theValueIsRightInAllDigitsHoweverSmallItIs(Golden golden) {
    Array found = Reference.evaluate(y(golden), golden.bindings());
    Array exact = golden.output("exactY");
    for (int i = 0; i < exact.length(); i++) {
      Numbers.assertClose(
          place(golden, i), found.at(i), exact.at(i), RELATIVE * Math.abs(exact.at(i)));
    }
  }

  @ParameterizedTest
  @MethodSource("corners")
  void atACornerTheDerivativesAreThoseThatPyTorchChooses(Golden golden) {
    golden.assertSame(y(golden), 0);
    golden.assertOutput("d2y", curvature(golden), 0);
  }

  /**
   * PyTorch takes 0: the derivative outside; ours is half way, as that of a minimum and a maximum.
   */
  @Test
  void hardTanhHasHalfTheSlopeOnItsBoundsWherePyTorchHasNone() {
    Golden golden = corner("hardtanh, low -1.0, high 1.0 at corner");

    golden.assertOutput("y", y(golden), 0);
    golden.assertOutput("d2y", curvature(golden), 0);
    assertThat(Numbers.of(slope(golden), golden.bindings())).containsExactly(0.5, 0.5);
  }

  /** PyTorch takes 0: the curvature from above; ours is that from below, as the slope is. */
  @Test
  void eluCurvesByAlphaAtZeroWherePyTorchTakesZero() {
    for (double alpha : new double[] {0.5, 1}) {
      Golden golden = corner("elu, alpha %s at corner".formatted(alpha));

      golden.assertSame(y(golden), 0);
      assertThat(Numbers.of(curvature(golden), golden.bindings())).containsExactly(alpha);
    }
  }

  private static List<Golden> cases() {
    return Golden.cases("activations.json");
  }

  private static boolean isAtCorner(Golden golden) {
    return golden.name().endsWith("at corner");
  }

  private static boolean isOurOwnChoice(Golden golden) {
    return Set.of("hardtanh", "elu").contains(name(golden.options()));
  }

  private static Golden corner(String name) {
    return cases().stream().filter(golden -> golden.name().equals(name)).findFirst().orElseThrow();
  }

  private static void assertNear(Golden golden, Tensor y, String output) {
    Array found = Reference.evaluate(y, golden.bindings());
    Array exact = golden.output(output);
    for (int i = 0; i < exact.length(); i++) {
      double within = TOLERANCE * Math.max(1, Math.abs(exact.at(i)));
      Numbers.assertClose(place(golden, i), found.at(i), exact.at(i), within);
    }
  }

  private static String place(Golden golden, int i) {
    double x = Reference.evaluate(golden.input("x"), golden.bindings()).at(i);
    return golden + " at x = " + x;
  }

  private static Tensor slope(Golden golden) {
    return Gradient.of(y(golden).sum(), golden.input("x"));
  }

  private static Tensor curvature(Golden golden) {
    return Gradient.of(slope(golden).sum(), golden.input("x"));
  }

  private static String name(At options) {
    return options.get("function").asString();
  }

  private static Tensor y(Golden golden) {
    At options = golden.options();
    Tensor x = golden.input("x");
    return switch (name(options)) {
      case "relu" -> x.relu();
      case "leakyRelu" -> x.leakyRelu(options.get("slope").asDouble());
      case "elu" -> x.elu(options.get("alpha").asDouble());
      case "gelu" ->
          options.get("approximation").asString().equals("tanh") ? x.geluTanh() : x.gelu();
      case "silu" -> x.silu();
      case "softplus" -> x.softplus();
      case "sigmoid" -> x.sigmoid();
      case "tanh" -> x.tanh();
      case "hardtanh" -> x.hardTanh();
      case "erf" -> x.erf();
      case "exp" -> x.exp();
      case "log" -> x.log();
      case "expm1" -> x.expm1();
      case "log1p" -> x.log1p();
      case "sqrt" -> x.sqrt();
      case "sin" -> x.sin();
      case "cos" -> x.cos();
      default -> throw new AssertionError(golden);
    };
  }
}
