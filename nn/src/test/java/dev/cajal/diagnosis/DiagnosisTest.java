package dev.cajal.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.diagnosis.Networks.Recipe;
import dev.cajal.nn.Activation;
import dev.cajal.nn.Dense;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Losses;
import dev.cajal.nn.Parameters;
import dev.cajal.nn.Sequential;
import dev.cajal.optim.Optimizers.Adam;
import dev.cajal.optim.Optimizers.Sgd;
import dev.cajal.tensor.Array;
import dev.cajal.train.Batch;
import dev.cajal.train.Event;
import dev.cajal.train.Trained;
import dev.cajal.train.Trainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A few of the patients of {@link ConfusionTable}, and what is told by curves and by numbers alone.
 */
class DiagnosisTest {
  private static final Recipe USUAL = Recipe.of(Activation.TANH, 2, 24);

  private static List<Illness> illnesses(Diagnosis diagnosis) {
    return diagnosis.findings().stream().map(Finding::illness).toList();
  }

  @ParameterizedTest
  @EnumSource
  void anIllnessIsNamedAndNoOther(Illness illness) {
    Diagnosis diagnosis = new Patients(true).ill(illness, 2).diagnosis();
    assertThat(illnesses(diagnosis)).describedAs("%s", diagnosis).containsExactly(illness);
  }

  @ParameterizedTest
  @EnumSource(names = {"RINGS", "FRIEDMAN", "LINE", "CHECKERS"})
  void ofTheHealthyNothingIsSaid(DataSet set) {
    Diagnosis diagnosis = new Patients(true).dense(set, USUAL, 1).diagnosis();
    assertThat(illnesses(diagnosis)).describedAs("%s", diagnosis).isEmpty();
    assertThat(diagnosis.examined()).contains(Illness.OVER_FITTING, Illness.LEAKING_FEATURES);
    assertThat(diagnosis.toString()).startsWith("nothing was found").contains("looked for");
  }

  @Test
  void dropoutDoesNotMakeValidationLookEasier() {
    Patient patient = new Patients(true).dense(DataSet.RINGS, USUAL.withDropout(0.4), 1);
    Patient.Chart chart = patient.train();
    Event.Epoch last = chart.trained().orElseThrow().history().getLast();
    assertThat(last.loss()).isGreaterThan(1.2 * last.validation().orElseThrow());
    Diagnosis diagnosis =
        Diagnosis.of(
            chart.trained().orElseThrow(), chart.probe(), patient.training(), patient.validation());
    assertThat(illnesses(diagnosis)).describedAs("%s", diagnosis).isEmpty();
  }

  @Test
  void convolutionsEmbeddingsAndLoopsAreExamined() {
    var patients = new Patients(true);
    Layer reader = new Networks.Reader(12, 8, 2);
    for (Patient patient :
        List.of(
            patients.picture(3).lasting(6, 0),
            patients.text(3).lasting(10, 0),
            patients.text(3).with(reader).lasting(10, 0))) {
      Diagnosis diagnosis = patient.diagnosis();
      assertThat(illnesses(diagnosis)).describedAs("%s", diagnosis).isEmpty();
    }
  }

  @Test
  void aFindingSaysWhereByWhatNumbersAndWhatToTry() {
    Layer model =
        Recipe.of(Activation.RELU, 2, 16).withBias(-10).network(DataSet.RINGS.features, 1);
    Patient patient = new Patients(true).dense(DataSet.RINGS, USUAL, 4).with(model).lasting(3, 0);
    Finding finding = patient.diagnosis().findings().getFirst();
    assertThat(finding.illness()).isEqualTo(Illness.DEAD_RELUS);
    assertThat(finding.places()).containsExactly("layers.0", "layers.2");
    assertThat(finding.numbers()).containsEntry("layers.0", 1.0).containsEntry("step", 0.0);
    assertThat(finding.isInnate()).isTrue();
    assertThat(finding.explains()).contains(Illness.VANISHING_GRADIENTS);
    assertThat(finding.toString().lines()).allMatch(line -> line.length() <= 78);
    assertThat(finding.toString().replaceAll("\\s+", " "))
        .startsWith("dead relus in layers.0, layers.2: most units of a layer answer 0")
        .contains("before the first step, 100% of the units of layers.0 answer 0 to every sample")
        .contains("try begin with biases of 0");
  }

  @Test
  void aRunThatBreaksOffIsExaminedByItsProbe() {
    Patient patient = new Patients(true).dense(DataSet.LINE, Recipe.of(Activation.RELU, 3, 32), 1);
    Patient.Chart chart = patient.with(new Sgd(10)).train();
    assertThat(chart.trained()).isEmpty();
    assertThat(illnesses(Diagnosis.of(chart.probe()))).containsExactly(Illness.RATE_TOO_HIGH);
  }

  @Test
  void measuringChangesNothing() {
    Recipe recipe = USUAL.withBatchNorm().withDropout(0.2);
    Batch samples = DataSet.CHECKERS.draw(200, 3, 1);
    var outputs = new ArrayList<Array>();
    for (boolean isProbed : new boolean[] {false, true}) {
      Layer model = recipe.network(3, 4);
      Trainer trainer = Trainer.of(model, Losses.crossEntropy()).epochs(3).seed(5);
      Trained trained =
          (isProbed ? trainer.telling(Probe.of(model, Losses.crossEntropy(), samples)) : trainer)
              .fit(samples);
      outputs.add(trained.predict(samples.x()));
      Parameters.of(model).all().forEach(each -> outputs.add(each.array()));
    }
    int half = outputs.size() / 2;
    assertThat(outputs.subList(0, half)).isEqualTo(outputs.subList(half, 2 * half));
  }

  @Test
  void gatesAndOutputsMayBeAtTheirEnds() {
    // A sure answer: a sigmoid at the end, and one that another factor goes through.
    Layer model =
        Sequential.of(
            new Dense(2, 16, Activation.SILU), new Dense(16, 1), x -> x.times(4).sigmoid());
    Batch rings = DataSet.RINGS.draw(400, 1, 1);
    Batch far = Spoilt.scaled(rings, 1);
    var probe = Probe.of(model, Losses.binaryCrossEntropy(), far);
    Trained trained =
        Trainer.of(model, Losses.binaryCrossEntropy())
            .optimizer(new Adam(0.003))
            .epochs(20)
            .telling(probe)
            .fit(far);
    assertThat(Diagnosis.of(trained, probe, far).has(Illness.SATURATED_SIGMOIDS)).isFalse();
  }

  // By curves alone.

  private static List<Event.Epoch> history(
      int epochs, DoubleUnaryOperator training, DoubleUnaryOperator validation) {
    var history = new ArrayList<Event.Epoch>();
    for (int i = 0; i < epochs; i++) {
      history.add(
          new Event.Epoch(
              i + 1,
              10L * (i + 1),
              training.applyAsDouble(i),
              OptionalDouble.of(validation.applyAsDouble(i)),
              new LinkedHashMap<>(),
              false,
              1));
    }
    return history;
  }

  private static double wiggle(double epoch) {
    return 0.01 * Math.sin(17 * epoch * epoch);
  }

  @Test
  void curvesThatPartAreOverFitting() {
    Diagnosis diagnosis =
        Diagnosis.ofHistory(
            history(
                50,
                i -> Math.exp(-i / 10),
                i -> 0.3 + 0.7 * Math.exp(-i / 5) + 0.008 * i + wiggle(i)));
    assertThat(illnesses(diagnosis)).containsExactly(Illness.OVER_FITTING);
  }

  @Test
  void curvesThatWiggleAndFlattenAreHealthy() {
    Diagnosis diagnosis =
        Diagnosis.ofHistory(
            history(50, i -> 0.1 + Math.exp(-i / 8), i -> 0.13 + Math.exp(-i / 8) + 2 * wiggle(i)));
    assertThat(illnesses(diagnosis)).describedAs("%s", diagnosis).isEmpty();
    assertThat(diagnosis.examined())
        .containsExactly(Illness.RATE_TOO_HIGH, Illness.RATE_TOO_LOW, Illness.OVER_FITTING);
  }

  @Test
  void aStraightCurveIsOfStepsThatAreTooShort() {
    Diagnosis diagnosis =
        Diagnosis.ofHistory(history(30, i -> 1.1 - 0.004 * i, i -> 1.12 - 0.004 * i));
    assertThat(illnesses(diagnosis)).containsExactly(Illness.RATE_TOO_LOW);
  }

  @Test
  void aCurveThatClimbsIsOfStepsThatAreTooLong() {
    Diagnosis diagnosis =
        Diagnosis.ofHistory(
            history(20, i -> 1 + 3 * Math.abs(Math.sin(i)), i -> 1 + 4 * Math.abs(Math.sin(i))));
    assertThat(illnesses(diagnosis)).containsExactly(Illness.RATE_TOO_HIGH);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void ofTooFewEpochsNothingIsSaid(int epochs) {
    Diagnosis diagnosis = Diagnosis.ofHistory(history(epochs, i -> 1, i -> 1));
    assertThat(diagnosis.findings()).isEmpty();
    assertThat(diagnosis.toString()).startsWith("nothing could be looked for");
  }
}
