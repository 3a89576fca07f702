package dev.cajal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.tensor.Array;
import dev.cajal.testing.Golden;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Metrics as scikit-learn computes them, and what it has no opinion of by hand. */
class MetricsTest {

  private static List<Golden> cases(String kind) {
    return Golden.cases("metrics.json").stream()
        .filter(golden -> golden.name().startsWith(kind))
        .toList();
  }

  static List<Golden> classes() {
    return cases("classes");
  }

  static List<Golden> binaries() {
    return cases("binary");
  }

  static List<Golden> numbers() {
    return cases("numbers");
  }

  static List<Golden> topK() {
    return cases("topK");
  }

  private static void assertSame(Golden golden, String name, double found) {
    assertThat(found).as(name).isCloseTo(golden.numbers("outputs", name).item(), within(1e-12));
  }

  private static void assertEach(Golden golden, String name, IntToDoubleFunction found) {
    double[] wanted = golden.numbers("outputs", name).toDoubles();
    for (int label = 0; label < wanted.length; label++) {
      assertThat(found.applyAsDouble(label))
          .as("%s of %d", name, label)
          .isCloseTo(wanted[label], within(1e-12));
    }
  }

  @ParameterizedTest
  @MethodSource("classes")
  void classesAreThoseOfScikitLearn(Golden golden) {
    int[] labels = golden.numbers("inputs", "labels").toInts();
    Array scores = golden.numbers("inputs", "scores");
    Array confusion = golden.numbers("outputs", "confusion");
    int classes = confusion.shape().numbers()[0];
    var matrix = ConfusionMatrix.of(labels, Metrics.predictions(scores), classes);
    for (int label = 0; label < classes; label++) {
      for (int prediction = 0; prediction < classes; prediction++) {
        assertThat((double) matrix.count(label, prediction))
            .isEqualTo(confusion.get(label, prediction));
      }
    }
    assertSame(golden, "accuracy", matrix.accuracy());
    assertSame(golden, "balanced", matrix.balancedAccuracy());
    assertEach(golden, "precision", matrix::precision);
    assertEach(golden, "recall", matrix::recall);
    assertEach(golden, "f1", matrix::f1);
    assertSame(golden, "macroPrecision", matrix.macroPrecision());
    assertSame(golden, "macroRecall", matrix.macroRecall());
    assertSame(golden, "macroF1", matrix.macroF1());
    assertSame(golden, "microF1", matrix.microF1());
    assertSame(golden, "weightedF1", matrix.weightedF1());
    assertSame(golden, "logLoss", Metrics.logLoss(scores, labels));
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void areasAreThoseOfScikitLearn(Golden golden) {
    double[] scores = golden.numbers("inputs", "scores").toDoubles();
    double[] ones = golden.numbers("inputs", "positive").toDoubles();
    var positive = new boolean[ones.length];
    for (int i = 0; i < ones.length; i++) {
      positive[i] = ones[i] == 1;
    }
    assertSame(golden, "roc", Metrics.rocAuc(scores, positive));
    assertSame(golden, "pr", Metrics.prAuc(scores, positive));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void errorsAreThoseOfScikitLearn(Golden golden) {
    double[] y = golden.numbers("inputs", "y").toDoubles();
    double[] t = golden.numbers("inputs", "t").toDoubles();
    assertSame(golden, "mae", Metrics.meanAbsoluteError(y, t));
    assertSame(golden, "rmse", Metrics.rootMeanSquaredError(y, t));
    assertSame(golden, "r2", Metrics.r2(y, t));
  }

  @ParameterizedTest
  @MethodSource("topK")
  void theFirstFewAreThoseOfScikitLearn(Golden golden) {
    int[] labels = golden.numbers("inputs", "labels").toInts();
    int k = (int) golden.numbers("inputs", "k").item();
    assertSame(golden, "topK", Metrics.topK(golden.numbers("inputs", "scores"), labels, k));
  }

  @Test
  void thereAreAsManyCasesAsWereMade() {
    assertThat(Golden.cases("metrics.json")).hasSize(12);
  }

  @Test
  void ofEqualScoresTheFirstCounts() {
    Array equal = Array.of(new float[][] {{1, 1, 1}, {1, 1, 1}});
    assertThat(Metrics.predictions(equal)).containsExactly(0, 0);
    assertThat(Metrics.topK(equal, new int[] {1, 2}, 2)).isEqualTo(0.5);
  }

  @Test
  void aCurveOfOneKindHasNoArea() {
    assertThat(Metrics.rocAuc(new double[] {1, 2}, new boolean[] {true, true})).isNaN();
    assertThat(Metrics.prAuc(new double[] {1, 2}, new boolean[] {false, false})).isZero();
  }

  @Test
  void targetsThatAreAllTheSame() {
    double[] same = {2, 2, 2};
    assertThat(Metrics.r2(same, same)).isEqualTo(1);
    assertThat(Metrics.r2(new double[] {1, 2, 3}, same)).isZero();
  }

  @Test
  void oneWordInEight() {
    assertThat(Metrics.perplexity(Math.log(8))).isCloseTo(8, within(1e-12));
  }

  @Test
  void mistakesAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConfusionMatrix.of(new int[] {0, 3}, new int[] {0, 0}, 3))
        .withMessage("row 1: a label is one of 3 classes, 0 to 2, not 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Metrics.r2(new double[2], new double[3]))
        .withMessage("2 predictions and 3 targets");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Metrics.rocAuc(new double[] {1, Double.NaN}, new boolean[2]))
        .withMessage("row 1: its score is NaN");
  }

  @Test
  void aMatrixIsATable() {
    var matrix = ConfusionMatrix.of(new int[] {0, 0, 1, 2, 2}, new int[] {0, 1, 1, 0, 2}, 3);
    assertThat(matrix.toString())
        .isEqualTo(
            """
                    0  1  2   recall  precision     F1
                0   1  1  0    0.500      0.500  0.500
                1   0  1  0    1.000      0.500  0.667
                2   1  0  1    0.500      1.000  0.667
            accuracy 0.600 of 5\
            """);
    assertThat(ConfusionMatrix.of(new int[] {0, 1}, new int[] {0, 0}, 3).neverPredicted())
        .containsExactly(1);
  }

  @Test
  void scoresThatAreNoNumbersAreRefused() {
    Array scores = Array.of(new float[][] {{1, 2, 3}, {1, Float.NaN, 0}});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Metrics.predictions(scores))
        .withMessage("row 1: a score is NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Metrics.topK(scores, new int[] {0, 1}, 2))
        .withMessage("row 1: a score is NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Metrics.topK(Array.of(new float[][] {{1, 2}}), new int[] {0}, 0))
        .withMessage("the first k are at least 1, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Metrics.logLoss(Array.of(new float[][] {{0.5f, 0.5f}, {-3, 7}}), new int[] {0, 1}))
        .withMessage("row 1: a probability is from 0 to 1, not 7.0");
  }

  /** Where digits are others, as in Egypt, a table is still one for programs too. */
  @Test
  void aTableIsTheSameEverywhere() {
    var matrix = ConfusionMatrix.of(new int[] {0, 1}, new int[] {0, 0}, 2);
    String here = matrix.toString();
    Locale usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(matrix.toString()).isEqualTo(here);
    } finally {
      Locale.setDefault(usual);
    }
  }

  @Test
  void classesOfASingleOutputAreRefused() {
    Array logits = Array.of(new float[] {1, -1}, 2, 1);
    Array targets = Array.of(new float[] {1, 1}, 2, 1);

    for (Metric metric : List.of(Metric.accuracy(), Metric.macroF1(), Metric.logLoss())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> metric.of(logits, targets))
          .withMessageContaining("binaryAccuracy");
    }
    assertThat(Metric.binaryAccuracy(0).of(logits, targets)).isEqualTo(0.5);
  }

  @Test
  void ofAnOutputThatIsNoNumberThereIsNoMeasure() {
    Array outputs = Array.of(new float[] {1, 2, Float.NaN, 0}, 2, 2);
    Array labels = Array.of(new int[] {1, 0});

    for (Metric metric : List.of(Metric.accuracy(), Metric.topK(1), Metric.logLoss())) {
      assertThat(metric.of(outputs, labels)).isNaN();
    }
  }

  @Test
  void thresholdsMakeDifferentMetrics() {
    assertThat(Metric.binaryAccuracy(0.5).name()).isNotEqualTo(Metric.binaryAccuracy(0).name());
  }
}
