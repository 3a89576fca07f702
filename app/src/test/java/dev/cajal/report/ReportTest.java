package dev.cajal.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.diagnosis.Diagnosis;
import dev.cajal.diagnosis.Finding;
import dev.cajal.diagnosis.Illness;
import dev.cajal.nn.Summary;
import dev.cajal.tensor.Shape;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportTest {

  @Test
  void allPartsStandThereWithTheirNumbers() {
    Report report =
        ReportSamples.plain()
            .with(ReportSamples.binary(new int[] {0, 0, 1, 1}, 0.1, 0.6, 0.7, 0.9))
            .with(
                new Importance(
                    "accuracy", 5, List.of(new Importance.Feature("petal_width", 0.25, 0.02))))
            .with(
                new Summary(
                    List.of(
                        new Summary.Row(
                            "hidden", "Dense", Optional.of(Shape.of("batch", 64)), 1280, 2560)),
                    1280,
                    0,
                    2560))
            .with(
                new Diagnosis(
                    List.of(
                        new Finding(
                            Illness.DEAD_RELUS,
                            List.of("hidden"),
                            "41 of 64 units answered 0",
                            new LinkedHashMap<>(),
                            false,
                            Set.of(),
                            "begin with biases of 0")),
                    EnumSet.of(Illness.DEAD_RELUS)));

    String page = report.html();

    assertThat(page)
        .contains("Right on 3 of 4 test rows (75.0%).")
        .contains("22 November 2026, 09:14 Z", "run <bdi class=\"short\">quiet-otter</bdi>")
        // Of 0.1, 0.6, 0.7 and 0.9 the last two: off by 0.1, 0.6, 0.3 and 0.1.
        .contains("naive 50.0%", "AUC 1.000", "Expected calibration error 0.275")
        .contains("best: epoch 11", "Mean cross-entropy of each epoch")
        .contains("It relies most on “<bdi>petal_width</bdi>”", ">0.250<", "± 0.020")
        .contains("Dead relus", "41 of 64 units answered 0", "begin with biases of 0")
        .contains("153 rows and 2 columns", "3 rows were left out", "2 <span class=\"quiet\">1.3%")
        .contains("[batch, 64]", "1,280")
        .contains("--seed", "Adam, rate 0.001", "two cores", "model.safetensors");
    assertThat(page.split("<h1>", -1)).hasSize(2);
    assertThat(page).contains("<html lang=\"en\">");
  }

  @Test
  void aPageIsTheSameEveryTimeAndNeedsNothingElse() {
    String page = ReportSamples.plain().html();

    assertThat(page).isEqualTo(ReportSamples.plain().html());
    assertThat(page.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http:", "https:", "src=", "@import", "url(");
  }

  @Test
  void aRunThatFailedSaysSoAtTheTopAndShowsHowFarItCame() {
    String page =
        ReportSamples.report("x", new Status.Failed("loss became NaN at step 312\ntry --clip 1"), 5)
            .html();

    assertThat(page).contains("Failed after epoch 5.", "role=\"alert\"", "data-stops");
    assertThat(page.indexOf("loss became NaN at step 312\ntry --clip 1"))
        .isPositive()
        .isLessThan(page.indexOf("<nav"));
  }

  @Test
  void aRunWithoutAnEpochHasNoCurves() {
    String page = ReportSamples.report("x", new Status.Failed("no such column"), 0).html();

    assertThat(page)
        .contains("Failed before the first epoch was done.", "No epoch was finished")
        .doesNotContain("data-stops=");
  }

  @Test
  void aRunThatWasStoppedSaysHowItGoesOn() {
    assertThat(ReportSamples.report("x", new Status.Stopped("cajal resume 7"), 5).html())
        .contains("Stopped after epoch 5.", "cajal resume 7");
  }

  @Test
  void ofManyFeaturesTheMostImportantAreShown() {
    var features =
        IntStream.range(0, 200)
            .mapToObj(i -> new Importance.Feature("feature_" + i, 0.001 * i, 0))
            .toList();

    String page = ReportSamples.plain().with(new Importance("accuracy", 3, features)).html();

    assertThat(page)
        .contains("feature_199", "feature_180")
        .doesNotContain("feature_179")
        .contains("180 features more are not shown: a fall of 0.179 at most.");
  }

  @Test
  void aDiagnosisWithoutFindingsSaysSo() {
    assertThat(
            ReportSamples.plain()
                .with(new Diagnosis(List.of(), EnumSet.of(Illness.OVER_FITTING)))
                .html())
        .contains("Nothing ails it", "Looked for: over fitting.");
  }

  @Test
  void thousandsOfEpochsMakeNoLargePage() {
    String page = ReportSamples.report("x", new Status.Finished(""), 20_000).html();

    assertThat(page.length()).isLessThan(150_000);
  }

  @Test
  void tenClassesAndTenThousandRowsMakeNoLargePage() {
    var names = IntStream.range(0, 10).mapToObj(i -> "class " + i).toList();

    assertThat(ReportSamples.plain().with(ReportSamples.many(names, 10_000)).html().length())
        .isLessThan(500_000);
  }

  @Test
  void aRegressionIsShownBesideTheMean() {
    var result =
        new Regression(
            "price",
            3,
            List.of(
                new Regression.Case("row 1", 1, 2),
                new Regression.Case("row 2", 3, 3),
                new Regression.Case("row 3", 5, 4)));

    assertThat(ReportSamples.plain().with(result).html())
        // Errors 1, 0, 1; squares 2 of 8, so that 75% of the variance is explained.
        .contains("Off by 0.6667 on average; explains 75% of the variance.")
        .contains("naive 1.333", "0.8165", "0.750")
        .contains("Furthest off", "row 3");
  }

  @Test
  void predictionsThatAreNoNumbersAreSaidToBeMissing() {
    var result =
        new Regression(
            "price",
            3,
            List.of(
                new Regression.Case("row 1", 1, Double.NaN), new Regression.Case("row 2", 3, 3)));

    assertThat(ReportSamples.plain().with(result).html())
        .contains("1 of 2 predictions is no number.", "leave out 1 test row");
  }
}
