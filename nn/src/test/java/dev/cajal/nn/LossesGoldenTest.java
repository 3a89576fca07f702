package dev.cajal.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.autodiff.Gradient;
import dev.cajal.engine.reference.Reference;
import dev.cajal.json.At;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Golden;
import dev.cajal.testing.Numbers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each sample's loss, their mean, and its gradient, as PyTorch computes them. */
class LossesGoldenTest {
  private static final double TOLERANCE = 1e-12;

  static List<Golden> cases() {
    return Golden.cases("losses.json");
  }

  @Test
  void thereAreAsManyCasesAsWereMade() {
    assertThat(cases()).hasSize(18);
  }

  private static Loss loss(Golden golden) {
    At options = golden.options();
    return switch (golden.name()) {
      case "meanSquaredError" -> Losses.meanSquaredError();
      case "meanAbsoluteError" -> Losses.meanAbsoluteError();
      case "huber" -> Losses.huber(options.get("delta").asDouble());
      case "binaryCrossEntropy" -> Losses.binaryCrossEntropy();
      case "binaryCrossEntropyFromLogits" -> Losses.binaryCrossEntropyFromLogits();
      case "hinge" -> Losses.hinge();
      case "crossEntropy", "crossEntropy of a sequence" ->
          new CrossEntropy(
              options.find("smoothing").map(At::asDouble).orElse(0.0),
              options.find("weights").map(at -> at.list(At::asDouble)).orElse(List.of()));
      case "negativeLogLikelihood" -> Losses.negativeLogLikelihood();
      case "multiClassHinge" -> Losses.multiClassHinge();
      case "klDivergence" -> Losses.klDivergence();
      case "cosine" -> Losses.cosine();
      default -> throw new AssertionError(golden.name());
    };
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theLossIsThatOfPyTorch(Golden golden) {
    Loss loss = loss(golden);
    Tensor y = golden.input("y");
    Tensor t = golden.input("t");
    Tensor target = t.rank() < y.rank() ? t.cast(DType.I32) : t;
    golden.assertOutput("each", loss.each(y, target), TOLERANCE);
    Tensor mean = loss.mean(y, target);
    golden.assertOutput("mean", mean, TOLERANCE);
    Numbers.assertClose(
        "gradient",
        Reference.evaluate(Gradient.of(mean, y), golden.bindings()),
        golden.numbers("gradients", "y"),
        TOLERANCE);
  }
}
