package dev.cajal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is computed for a report, against values by hand or by another method. */
class FiguresTest {
  private static final double NEARLY = 1e-12;

  @Test
  void theRocCurveOfFourRowsIsThatByHand() {
    // Falling: 0.9 yes, 0.7 no, 0.4 yes, 0.2 no; of four pairs, three are in order.
    Roc roc = Roc.of(ReportSamples.binary(new int[] {1, 0, 1, 0}, 0.9, 0.7, 0.4, 0.2).answers(), 1);

    assertThat(roc.points())
        .extracting(Roc.Point::wrongly)
        .containsExactly(0.0, 0.0, 0.5, 0.5, 1.0);
    assertThat(roc.points()).extracting(Roc.Point::found).containsExactly(0.0, 0.5, 0.5, 1.0, 1.0);
    assertThat(roc.area()).isEqualTo(0.75);
    assertThat(roc.foundAt(0.25)).isEqualTo(0.5);
  }

  @Test
  void theAreaIsHowOftenAPairIsInOrder() {
    var random = new Random(3);
    int rows = 200;
    int[] labels = IntStream.range(0, rows).map(_ -> random.nextInt(2)).toArray();
    // Few values, so that there are ties, of which each counts half.
    double[] second =
        IntStream.range(0, rows)
            .mapToDouble(i -> (random.nextInt(8) + 2 * labels[i]) / 10.0)
            .toArray();
    double inOrder = 0;
    double pairs = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        if (labels[i] == 1 && labels[j] == 0) {
          pairs++;
          inOrder += second[i] > second[j] ? 1 : second[i] == second[j] ? 0.5 : 0;
        }
      }
    }

    Roc roc = Roc.of(ReportSamples.binary(labels, second).answers(), 1);

    assertThat(roc.area()).isEqualTo(inOrder / pairs, within(NEARLY));
  }

  @Test
  void rowsOfOneClassHaveNoRocCurve() {
    Roc roc = Roc.of(ReportSamples.binary(new int[] {1, 1}, 0.4, 0.6).answers(), 1);

    assertThat(roc.points()).isEmpty();
    assertThat(roc.area()).isNaN();
  }

  @Test
  void theCalibrationErrorIsThatByHand() {
    // Bin 0: 0.05 and 0.01, both no: said 0.03, true 0. Bin 7: 0.72 and 0.78, one yes: said 0.75,
    // true 0.5. Bin 9: 1.0, yes: said 1, true 1. (2 · 0.03 + 2 · 0.25 + 0) / 5 = 0.112.
    Calibration its =
        Calibration.of(
            ReportSamples.binary(new int[] {0, 0, 1, 0, 1}, 0.05, 0.01, 0.72, 0.78, 1.0));

    assertThat(its.bins())
        .extracting(Calibration.Bin::rows)
        .containsExactly(2L, 0L, 0L, 0L, 0L, 0L, 0L, 2L, 0L, 1L);
    assertThat(its.bins().get(7).said()).isEqualTo(0.75, within(NEARLY));
    assertThat(its.bins().get(7).share()).isEqualTo(0.5);
    assertThat(its.error()).isEqualTo(0.112, within(NEARLY));
  }

  @Test
  void ofMoreThanTwoClassesThePredictedOneIsCalibrated() {
    Calibration its =
        Calibration.of(
            ReportSamples.classification(
                List.of("a", "b", "c"),
                new int[] {0, 1},
                new double[] {0.62, 0.2, 0.18},
                new double[] {0.68, 0.3, 0.02}));

    assertThat(its.bins().get(6)).isEqualTo(new Calibration.Bin(2, 0.65, 1));
    assertThat(its.error()).isEqualTo(0.15, within(NEARLY));
  }

  @Test
  void theSurestRowsAreDecidedFirst() {
    // Sureness 0.9 right, 0.8 wrong, 0.6 right.
    Coverage its = Coverage.of(ReportSamples.binary(new int[] {1, 1, 0}, 0.9, 0.2, 0.4));

    assertThat(its.points()).extracting(Coverage.Point::right).containsExactly(1.0, 0.5, 2.0 / 3);
    assertThat(its.rightAt(0.5)).isEqualTo(0.5);
  }

  @Test
  void aHistogramHasRoundBoundsAndLosesNothing() {
    Histogram its = Histogram.of(List.of(-1.0, -0.05, 0.0, 0.05, 0.3, 1.0));

    // The range of 2 in about 24 parts: 0.1 is the next round width.
    assertThat(its.width()).isEqualTo(0.1);
    assertThat(its.low()).isEqualTo(-1.0, within(NEARLY));
    assertThat(its.counts().stream().mapToLong(it -> it).sum()).isEqualTo(6);
    assertThat(its.counts().get(9)).isEqualTo(1);
    assertThat(its.counts().get(10)).isEqualTo(2);
  }

  @Test
  void aHistogramOfEqualNumbersIsOneBar() {
    assertThat(Histogram.of(List.of(4.0, 4.0)).counts()).containsExactly(2L);
  }

  @Test
  void theIntervalIsThatOfWilsonsFormula() {
    // Newcombe, Statistics in Medicine 17 (1998) 857-872, table I: 81 of 263, and 0 of 20.
    Interval many = Interval.of(81, 263);
    Interval none = Interval.of(0, 20);

    assertThat(many.low()).isEqualTo(0.2553, within(5e-5));
    assertThat(many.high()).isEqualTo(0.3662, within(5e-5));
    assertThat(none.low()).isZero();
    assertThat(none.high()).isEqualTo(0.1611, within(5e-5));
  }

  @Test
  void theNaiveGuessIsTheMostFrequentTrainingClass() {
    Classification its = ReportSamples.binary(new int[] {0, 1, 1}, 0.5, 0.9, 0.2);

    assertThat(its.usual()).isZero();
    assertThat(its.naive().accuracy()).isEqualTo(1.0 / 3);
    assertThat(its.naiveLogLoss()).isEqualTo(Math.log(2), within(NEARLY));
    assertThat(its.logLoss())
        .isEqualTo(-(Math.log(0.5) + Math.log(0.9) + Math.log(0.2)) / 3, within(NEARLY));
  }

  @Test
  void mistakesComeSurestFirst() {
    assertThat(ReportSamples.binary(new int[] {0, 0, 1, 1}, 0.6, 0.9, 0.3, 0.8).mistakes())
        .containsExactly(1, 2, 0);
  }

  @Test
  void answersThatDoNotFitTheClassesAreRefused() {
    assertThatThrownBy(() -> ReportSamples.binary(new int[] {2}, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row 1: label 2 and 2 probabilities, of 2 classes");
    assertThatThrownBy(() -> Answers.of(List.of("a"), new int[2], new double[2][2]))
        .hasMessage("1 rows, 2 labels and probabilities of 2");
  }

  @Test
  void aThinnedCurveKeepsItsPeaksAndEnds() {
    List<Integer> all = IntStream.range(0, 10_000).boxed().toList();

    List<Integer> some = Thinning.of(all, List.of(i -> i == 4321 ? 9 : i % 3));

    assertThat(some).contains(0, 4321, 9999).isSorted().hasSizeLessThan(400);
  }
}
