package dev.cajal.data.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.CajalException;
import dev.cajal.data.prepare.Feature.Moment.Cycle;
import dev.cajal.data.table.Column;
import dev.cajal.data.table.Numbers;
import dev.cajal.data.table.Reading;
import dev.cajal.data.table.Spill;
import dev.cajal.data.table.Table;
import dev.cajal.data.table.Words;
import dev.cajal.train.Batch;
import dev.cajal.train.Samples;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparationTest {
  private static final Target KIND = new Target.Classes("kind", List.of("u", "v"));

  @TempDir private Path folder;

  private static Preparation of(Feature... features) {
    return new Preparation(List.of(features), KIND, Filling.MEAN);
  }

  private static Table table(Column... columns) {
    return new Table("it.csv", List.of(columns));
  }

  private static float[] encoded(Feature feature, Column column) {
    return of(feature).encode(table(column), 0, column.size()).x().toFloats();
  }

  private static int unseen(Feature feature, Column column) {
    return of(feature)
        .encode(table(column), 0, column.size())
        .unseen()
        .getOrDefault(column.name(), 0);
  }

  @Test
  void numbersAreScaledAndGapsFilled() {
    var feature = new Feature.Scaled("x", 5, 2, OptionalDouble.of(9));
    assertThat(encoded(feature, Numbers.of("x", 5, 8, Double.NaN))).containsExactly(0, 1.5f, 2);
  }

  @Test
  void flagsAreNoughtAndOneAndUnseenWordsInBetween() {
    var feature = new Feature.Flag("f", "no", "yes", OptionalDouble.of(1));
    Words column = Words.of("f", "yes", "no", "perhaps", "", "never");
    assertThat(encoded(feature, column)).containsExactly(1, 0, 0.5f, 1, 0.5f);
    assertThat(unseen(feature, column)).isEqualTo(2);
  }

  @Test
  void aWordIsAOneAmongZerosAndAnUnseenOneZerosAlone() {
    var feature = new Feature.OneOf("w", List.of("a", "b", "c"), Optional.of("b"));
    Words column = Words.of("w", "c", "new", "a", "");
    assertThat(encoded(feature, column)).containsExactly(0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0);
    assertThat(unseen(feature, column)).isEqualTo(1);
  }

  @Test
  void anEmbeddedWordIsItsPositionFromOneOnAndAnUnseenOneNought() {
    var feature = new Feature.Embedded("w", List.of("a", "b", "c"), Optional.of("b"));
    Words column = Words.of("w", "c", "new", "a", "", "other");
    assertThat(encoded(feature, column)).containsExactly(3, 0, 1, 2, 0);
    assertThat(unseen(feature, column)).isEqualTo(2);
  }

  @Test
  void aMomentIsHowFarOnAndWhereInItsCycles() {
    var feature =
        new Feature.Moment("t", 0, 86_400, OptionalDouble.empty(), List.of(Cycle.WEEK, Cycle.DAY));
    float[] x = encoded(feature, Numbers.of("t", 21_600, 3.5 * 86_400).asDates());
    float eighth = (float) Math.sin(2 * Math.PI / 28);
    float[] wanted = {0.25f, eighth, (float) Math.cos(2 * Math.PI / 28), 1, 0, 3.5f, 0, -1, 0, -1};
    for (int i = 0; i < wanted.length; i++) {
      assertThat(x[i]).isCloseTo(wanted[i], within(1e-6f));
    }
    assertThat(x).hasSize(wanted.length);
  }

  @Test
  void featuresStandSideBySideAndHaveNames() {
    Preparation its =
        of(
            new Feature.Scaled("x", 0, 1, OptionalDouble.empty()),
            new Feature.OneOf("w", List.of("a", "b", "c"), Optional.empty()),
            new Feature.Flag("f", "n", "y", OptionalDouble.empty()));
    Table table = table(Words.of("f", "y", "n"), Numbers.of("x", 7, 8), Words.of("w", "b", "a"));
    assertThat(its.encode(table, 0, 2).x().toFloats())
        .containsExactly(7, 0, 1, 0, 1, 8, 1, 0, 0, 0);
    assertThat(its.names()).containsExactly("x", "w=a", "w=b", "w=c", "f");
    assertThat(its.width()).isEqualTo(5);
  }

  @Test
  void aGapThatNothingFillsIsRefusedWithItsRow() {
    var its =
        new Preparation(
            List.of(new Feature.Scaled("x", 0, 1, OptionalDouble.empty())), KIND, Filling.REFUSE);
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> its.requireWhole(table(Numbers.of("x", 1, 2, Double.NaN))))
        .withMessageStartingWith("row 3 of it.csv: x is empty");
  }

  @Test
  void wordsWhereNumbersShouldBeAreRefused() {
    var its = of(new Feature.Scaled("x", 0, 1, OptionalDouble.empty()));
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> its.encode(table(Words.of("x", "a")), 0, 1))
        .withMessage("x of it.csv has words, and the model was trained on numbers");
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> its.requireWhole(table(Numbers.of("x", 1).asDates())))
        .withMessageContaining("has dates");
  }

  @Test
  void aClassThatTheModelDoesNotKnowIsRefusedWithItsRow() {
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> KIND.encode(Words.of("kind", "u", "w"), new int[] {0, 1}))
        .withMessage("row 2: kind is \"w\", and the model knows only u, v");
  }

  @Test
  void columnsAreReadAsWhatTheyWere() {
    Preparation its =
        of(
            new Feature.Scaled("x", 0, 1, OptionalDouble.empty()),
            new Feature.Moment("t", 0, 1, OptionalDouble.empty(), List.of()),
            new Feature.Embedded("w", List.of("1", "2"), Optional.empty()));
    assertThat(its.reading(Reading.usual()).kinds())
        .containsOnly(
            java.util.Map.entry("x", Reading.Kind.NUMBERS),
            java.util.Map.entry("t", Reading.Kind.DATES),
            java.util.Map.entry("w", Reading.Kind.WORDS),
            java.util.Map.entry("kind", Reading.Kind.WORDS));
  }

  @Test
  void classesThatWereNumbersAreReadAsNumbers() {
    var its =
        new Preparation(List.of(), new Target.Classes("y", List.of("0", "1")), Filling.REFUSE);
    assertThat(its.reading(Reading.usual()).kinds()).containsEntry("y", Reading.Kind.NUMBERS);
    var codes =
        new Preparation(List.of(), new Target.Classes("y", List.of("01", "1")), Filling.REFUSE);
    assertThat(codes.reading(Reading.usual()).kinds()).containsEntry("y", Reading.Kind.WORDS);
  }

  private static Table large(int rows) {
    return table(
        Numbers.of("x", IntStream.range(0, rows).mapToDouble(i -> i / 3.0).toArray()),
        Words.of("w", IntStream.range(0, rows).mapToObj(i -> "w" + i % 5).toArray(String[]::new)),
        Words.of(
            "kind",
            IntStream.range(0, rows).mapToObj(i -> i % 3 == 0 ? "u" : "v").toArray(String[]::new)));
  }

  @Test
  void samplesAreTheSameInMemoryAndInAFile() {
    Preparation its =
        of(
            new Feature.Scaled("x", 10, 2, OptionalDouble.empty()),
            new Feature.OneOf("w", List.of("w0", "w1", "w2", "w3", "w4"), Optional.empty()));
    Table table = large(10_000);
    int[] rows = IntStream.range(0, 9_000).map(i -> 9_999 - i).toArray();
    Samples held = its.samples(table, rows, Spill.of(1L << 40, folder));
    Samples spilled = its.samples(table, rows, Spill.of(0, folder));
    for (int position : new int[] {0, 1, 4095, 4096, 8191, 8192, 8999}) {
      Batch one = spilled.rows(position);
      assertThat(one.x().toFloats()).isEqualTo(held.rows(position).x().toFloats());
      int row = 9_999 - position;
      assertThat(one.x().toFloats()[0]).isEqualTo((float) ((row / 3.0 - 10) / 2));
      assertThat(one.x().toFloats()[1 + row % 5]).isEqualTo(1);
      assertThat(one.y().toInts()).containsExactly(row % 3 == 0 ? 0 : 1);
    }
    assertThat(spilled.size()).isEqualTo(9_000);
    assertThat(spilled.features()).isEqualTo(its.names());
    assertThat(spilled.checksum()).isEqualTo(held.checksum());
  }

  @Test
  void samplesTooManyForOneArrayAreReadFromTheirPieces() {
    List<String> words = IntStream.range(0, 3000).mapToObj(i -> "w" + i).toList();
    Preparation its = of(new Feature.OneOf("w", words, Optional.empty()));
    int count = 6_000;
    Samples samples =
        its.samples(large(count), IntStream.range(0, count).toArray(), Spill.of(0, folder));
    assertThat(samples).isNotInstanceOf(Batch.class);
    float[] x = samples.rows(5_999, 2).x().toFloats();
    assertThat(x[4]).isEqualTo(1);
    assertThat(x[3000 + 2]).isEqualTo(1);
    assertThat(IntStream.range(0, x.length).filter(i -> x[i] != 0).count()).isEqualTo(2);
  }

  @Test
  void noRowsAreNoSamples() {
    Preparation its = of(new Feature.Scaled("x", 10, 2, OptionalDouble.empty()));
    assertThat(its.samples(large(3), new int[0], Spill.of(0, folder)).size()).isZero();
  }
}
