package dev.cajal.data.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.CajalException;
import dev.cajal.DamagedFileException;
import dev.cajal.data.model.TableNetwork.Layout;
import dev.cajal.data.prepare.Feature;
import dev.cajal.data.prepare.Filling;
import dev.cajal.data.prepare.Preparation;
import dev.cajal.data.prepare.Preparing;
import dev.cajal.data.prepare.Target;
import dev.cajal.data.table.Column;
import dev.cajal.data.table.Numbers;
import dev.cajal.data.table.Spill;
import dev.cajal.data.table.Table;
import dev.cajal.data.table.Words;
import dev.cajal.json.JsonObject;
import dev.cajal.nn.Activation;
import dev.cajal.nn.Dense;
import dev.cajal.nn.Losses;
import dev.cajal.nn.Parameters;
import dev.cajal.nn.SavedModel;
import dev.cajal.nn.Sequential;
import dev.cajal.optim.Optimizers.Adam;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Shape;
import dev.cajal.train.Samples;
import dev.cajal.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableModelTest {
  private static final int ROWS = 240;

  @TempDir private static Path folder;

  private static TableModel model;

  /** The kind is told by x, the colour and the town; ripe and id tell nothing. */
  private static String csv(int from, int to) {
    var text = new StringBuilder("id,x,colour,town,ripe,kind\n");
    for (int i = from; i < to; i++) {
      String colour = List.of("red", "green", "blue").get(i % 3);
      String kind = i % 3 == 0 ? "apple" : (i / 3) % 2 == 0 ? "pear" : "plum";
      double x = kind.equals("plum") ? 5 + i % 7 / 10.0 : -5 - i % 5 / 10.0;
      text.append("%d,%s,%s,t%d,%s,%s\n".formatted(i, x, colour, i % 30, i % 2 == 0, kind));
    }
    return text.toString();
  }

  private static Path file(String text) {
    try {
      return Files.writeString(Files.createTempFile(folder, "rows", ".csv"), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeAll
  static void train() {
    Table table = Table.read(file(csv(0, ROWS)));
    var preparing = Preparing.of(table, "kind", Optional.empty(), Filling.REFUSE);
    Preparation preparation = preparing.learned(preparing.rows());
    var network = TableNetwork.of(preparation, new Layout(List.of(12), Activation.RELU, 0));
    Samples samples = preparation.samples(table, preparing.rows(), Spill.of(1 << 20, folder));
    SavedModel saved =
        Trainer.of(network, Losses.crossEntropy())
            .optimizer(new Adam(0.02))
            .batch(40)
            .epochs(15)
            .seed(1)
            .fit(samples)
            .model();
    model = new TableModel(saved, preparation);
  }

  private static Predictions.OfClasses predicted(TableModel its, String text) {
    return (Predictions.OfClasses) its.predict(Table.read(file(text), its.reading()));
  }

  private static String without(String text, int column) {
    return text.lines()
        .map(line -> {
          var cells = new java.util.ArrayList<>(List.of(line.split(",", -1)));
          cells.remove(column);
          return String.join(",", cells) + "\n";
        })
        .collect(java.util.stream.Collectors.joining());
  }

  private static double[][] probabilities(Predictions.OfClasses said) {
    return IntStream.range(0, said.rows()).mapToObj(said::probabilities).toArray(double[][]::new);
  }

  @Test
  void columnsOfManyWordsAreEmbedded() {
    assertThat(model.preparation().features())
        .extracting(Feature::column)
        .containsExactly("x", "colour", "town", "ripe");
    assertThat(model.preparation().features().get(2)).isInstanceOf(Feature.Embedded.class);
  }

  @Test
  void itLearnsWhatItIsShown() {
    Predictions.OfClasses said = predicted(model, csv(300, 360));
    List<String> lines = csv(300, 360).lines().skip(1).toList();
    for (int i = 0; i < said.rows(); i++) {
      assertThat(lines.get(i)).endsWith(said.name(i));
      assertThat(said.probabilities(i)[said.label(i)]).isGreaterThan(1 / 3.0);
    }
    assertThat(said.names()).containsExactly("apple", "pear", "plum");
    assertThat(said.unseen()).isEmpty();
  }

  @Test
  void probabilitiesAddUpToOne() {
    for (double[] its : probabilities(predicted(model, csv(0, 9)))) {
      assertThat(its[0] + its[1] + its[2]).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void whatIsSavedSaysTheSameWhenItIsReadAgain() {
    Path kept = folder.resolve("kept");
    model.saved().write(kept);
    TableModel read = TableModel.read(kept);
    assertThat(read.preparation()).isEqualTo(model.preparation());
    assertThat(probabilities(predicted(read, csv(0, 50))))
        .isDeepEqualTo(probabilities(predicted(model, csv(0, 50))));
    assertThat(read.saved().about()).isEqualTo(model.saved().about());
  }

  @Test
  void columnsAreFoundByTheirNames() {
    String turned =
        csv(0, 50)
            .lines()
            .map(line -> {
              String[] its = line.split(",", -1);
              return String.join(",", its[4], "more", its[2], its[1], its[3]) + "\n";
            })
            .collect(java.util.stream.Collectors.joining())
            .replaceFirst("more", "another");
    assertThat(probabilities(predicted(model, turned)))
        .isDeepEqualTo(probabilities(predicted(model, csv(0, 50))));
  }

  @Test
  void theTargetNeedsNotBeThere() {
    assertThat(probabilities(predicted(model, without(csv(0, 50), 5))))
        .isDeepEqualTo(probabilities(predicted(model, csv(0, 50))));
  }

  @Test
  void oneRowIsEnough() {
    Predictions.OfClasses one = predicted(model, csv(7, 8));
    assertThat(one.rows()).isEqualTo(1);
    assertThat(one.probabilities(0))
        .containsExactly(predicted(model, csv(0, 50)).probabilities(7), within(1e-6));
  }

  @Test
  void aColumnThatIsMissingIsNamed() {
    String text = csv(0, 5).replace("colour", "color");
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> predicted(model, text))
        .withMessageContaining("\"colour\"")
        .withMessageContaining("did you mean \"color\"?");
  }

  @Test
  void aGapIsRefusedWithItsRow() {
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> predicted(model, "x,colour,town,ripe\n1,red,t1,true\n,red,t1,true\n"))
        .withMessageContaining("row 2")
        .withMessageContaining("x is empty");
  }

  @Test
  void wordsNeverSeenAreCountedOverAllParts() {
    var text = new StringBuilder("x,colour,town,ripe\n");
    for (int i = 0; i < 10_000; i++) {
      text.append(i % 100 == 0 ? "1,pink,nowhere,true\n" : "1,red,t1,true\n");
    }
    Predictions.OfClasses said = predicted(model, text.toString());
    assertThat(said.unseen()).containsExactly(Map.entry("colour", 100), Map.entry("town", 100));
    assertThat(said.rows()).isEqualTo(10_000);
    assertThat(said.probabilities(9_999)).containsExactly(said.probabilities(1), within(1e-6));
    assertThat(said.probabilities(9_900)).containsExactly(said.probabilities(0), within(1e-6));
  }

  @Test
  void aNetworkWithoutAPreparationIsNoneForTables() {
    SavedModel other = plain(1, 0, 1);
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> TableModel.of(other, Path.of("runs/other")))
        .withMessageContaining("the model in runs/other was not trained on a table");
  }

  @Test
  void aDamagedPreparationIsRefusedByItsPlace() {
    SavedModel damaged = model.network().with("preparation", JsonObject.empty());
    assertThatExceptionOfType(DamagedFileException.class)
        .isThrownBy(() -> TableModel.of(damaged, Path.of("runs/other")))
        .withMessageContaining("model.json")
        .withMessageContaining("features");
  }

  /** y = weight x + bias, as a network. */
  private static SavedModel plain(float weight, float bias, int inputs) {
    var network = Sequential.of(new Dense(inputs, 1));
    Parameters.of(network).initialise(1);
    SavedModel saved = SavedModel.of(network, inputs);
    saved
        .parameters()
        .forEach((name, parameter) ->
            parameter.set(
                name.endsWith("weight")
                    ? Array.of(new float[] {weight}, 1, 1)
                    : Array.wrap(new float[] {bias}, Shape.of(1))));
    return saved;
  }

  @Test
  void numbersComeOutInTheUnitThatTheyWereLearnedIn() {
    var preparation =
        new Preparation(
            List.of(new Feature.Scaled("x", 10, 2, OptionalDouble.of(14))),
            new Target.Quantity("y", 100, 50),
            Filling.MEAN);
    var its = new TableModel(plain(3, 0.5f, 1), preparation);
    Column x = Numbers.of("x", 10, 12, Double.NaN);
    var said = (Predictions.OfNumbers) its.predict(new Table("it", List.of(x)));
    // (12 - 10) / 2 = 1, 3 · 1 + 0.5 = 3.5, 3.5 · 50 + 100 = 275; what is missing is 14.
    assertThat(said.values()).containsExactly(125, 275, 425);
    assertThat(said.value(1)).isEqualTo(275);
    assertThat(said.rows()).isEqualTo(3);
  }

  @Test
  void aNetworkHasAsManyOutputsAsThereAreClasses() {
    var preparation =
        new Preparation(
            List.of(
                new Feature.Embedded("w", List.of("a", "b"), Optional.empty()),
                new Feature.Scaled("x", 0, 1, OptionalDouble.empty()),
                new Feature.Embedded("v", List.of("a", "b", "c"), Optional.empty())),
            new Target.Classes("y", List.of("p", "q")),
            Filling.REFUSE);
    var network = TableNetwork.of(preparation, new Layout(List.of(5, 4), Activation.TANH, 0.5));
    Parameters.of(network).initialise(1);
    var its = new TableModel(SavedModel.of(network, preparation.width()), preparation);
    Table table =
        new Table(
            "it",
            List.of(
                Words.of("v", "c", "new"), Words.of("w", "a", "b"), Numbers.of("x", 0.5, -0.5)));
    var said = (Predictions.OfClasses) its.predict(table);
    assertThat(said.probabilities(0)).hasSize(2);
    assertThat(said.unseen()).containsExactly(Map.entry("v", 1));
  }

  @Test
  void scoresBecomeProbabilitiesHoweverLargeTheyAre() {
    Array scores = Array.of(new float[] {0, 0, 1000, 1000 + (float) Math.log(3)}, 2, 2);
    assertThat(Softmax.of(scores, 0, 2)).containsExactly(0.5, 0.5);
    assertThat(Softmax.of(scores, 1, 2)).containsExactly(new double[] {0.25, 0.75}, within(1e-4));
  }
}
