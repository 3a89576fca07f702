package dev.cajal.data.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.CajalException;
import dev.cajal.data.prepare.Feature.Moment.Cycle;
import dev.cajal.data.table.Column;
import dev.cajal.data.table.Numbers;
import dev.cajal.data.table.Table;
import dev.cajal.data.table.Words;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreparingTest {
  private static final Words KIND = Words.of("kind", "u", "v", "u", "v");

  private static Preparing preparing(Filling filling, Column... columns) {
    return Preparing.of(
        new Table("it.csv", List.of(columns)),
        columns[columns.length - 1].name(),
        Optional.empty(),
        filling);
  }

  private static Preparation learned(Filling filling, Column... columns) {
    var preparing = preparing(filling, columns);
    return preparing.learned(preparing.rows());
  }

  private static Words words(String name, int count, int different) {
    return Words.of(
        name, IntStream.range(0, count).mapToObj(i -> "w" + i % different).toArray(String[]::new));
  }

  private static Numbers counting(String name, int count) {
    return Numbers.of(name, IntStream.range(0, count).asDoubleStream().toArray());
  }

  private static Numbers days(int count) {
    double[] seconds = IntStream.range(0, count).mapToDouble(i -> 86_400.0 * i).toArray();
    return Numbers.of("day", seconds).asDates();
  }

  // What is learned.

  @Test
  void aNumberIsStandardisedByMeanAndDeviation() {
    // The mean of 2, 4, 4, 10 is 5; the squares of what they differ by are 9, 1, 1, 25: 36 / 4 = 9.
    assertThat(learned(Filling.REFUSE, Numbers.of("x", 2, 4, 4, 10), KIND).features())
        .containsExactly(new Feature.Scaled("x", 5, 3, OptionalDouble.empty()));
  }

  @ParameterizedTest
  @CsvSource({"MEAN, 5", "MEDIAN, 4", "MODE, 4"})
  void whatTakesThePlaceOfMissingNumbersIsLearned(Filling filling, double fill) {
    Preparation its =
        learned(
            filling,
            Numbers.of("x", 2, 4, Double.NaN, 4, 10),
            Words.of("kind", "u", "v", "u", "v", "u"));
    assertThat(its.features())
        .containsExactly(new Feature.Scaled("x", 5, 3, OptionalDouble.of(fill)));
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
    assertThat(Filling.MEDIAN.of(Numbers.of("x", 9, 1, 2, 5), new int[] {0, 1, 2, 3}))
        .isEqualTo(3.5);
  }

  @Test
  void ofEquallyFrequentOnesTheSmallestIsTheMode() {
    assertThat(Filling.MODE.of(Numbers.of("x", 9, 1, 9, 1, 5), new int[] {0, 1, 2, 3, 4}))
        .isEqualTo(1);
    assertThat(Filling.mode(Words.of("x", "b", "a", "c", "a", "b"), new int[] {0, 1, 2, 3, 4}))
        .isEqualTo("a");
  }

  @Test
  void twoWordsAreAFlag() {
    Preparation its =
        learned(
            Filling.MODE, Words.of("ripe", "yes", "no", "", "yes"), Numbers.of("x", 1, 2, 1, 2));
    assertThat(its.features())
        .containsExactly(new Feature.Flag("ripe", "no", "yes", OptionalDouble.of(1)));
  }

  @Test
  void severalWordsAreOneOfThemInAlphabeticalOrder() {
    Preparation its = learned(Filling.REFUSE, Words.of("w", "c", "a", "b", "a"), KIND);
    assertThat(its.features())
        .containsExactly(new Feature.OneOf("w", List.of("a", "b", "c"), Optional.empty()));
    assertThat(its.names()).containsExactly("w=a", "w=b", "w=c");
  }

  @Test
  void manyWordsAreEmbedded() {
    assertThat(learned(Filling.REFUSE, words("w", 48, 24), words("kind", 48, 2)).features())
        .allMatch(Feature.OneOf.class::isInstance);
    assertThat(learned(Filling.REFUSE, words("w", 50, 25), words("kind", 50, 2)).features())
        .allMatch(Feature.Embedded.class::isInstance);
  }

  @ParameterizedTest
  @CsvSource({"13, ''", "14, WEEK", "730, WEEK", "731, YEAR WEEK"})
  void cyclesAreThoseThatComeTwice(int days, String cycles) {
    // From the first day to the last it is a day less than there are days.
    Preparation its = learned(Filling.REFUSE, days(days + 1), words("kind", days + 1, 2));
    List<Cycle> wanted =
        cycles.isEmpty()
            ? List.of()
            : Arrays.stream(cycles.split(" ", -1)).map(Cycle::valueOf).toList();
    assertThat(((Feature.Moment) its.features().getFirst()).cycles()).isEqualTo(wanted);
  }

  @Test
  void hoursHaveADay() {
    double[] seconds = IntStream.range(0, 60).mapToDouble(i -> 3600.0 * i).toArray();
    Preparation its =
        learned(Filling.REFUSE, Numbers.of("hour", seconds).asDates(), words("kind", 60, 2));
    assertThat(its.names()).containsExactly("hour", "hour day sin", "hour day cos");
  }

  // What is left out, and refused.

  @Test
  void whatCountsTheRowsIsLeftOut() {
    var preparing =
        preparing(
            Filling.REFUSE, Numbers.of("id", 4, 5, 6, 7), Numbers.of("age", 4, 5, 6, 7), KIND);
    assertThat(preparing.leftOut())
        .containsExactly(java.util.Map.entry("id", "it counts the rows"));
    assertThat(preparing.learned(preparing.rows()).names()).containsExactly("age");
  }

  @Test
  void whatIsEmptyIsLeftOut() {
    double none = Double.NaN;
    var preparing =
        preparing(
            Filling.REFUSE,
            Numbers.of("e", none, none, none, none),
            Numbers.of("x", 1, 2, 3, 5),
            KIND);
    assertThat(preparing.leftOut()).containsEntry("e", "it is empty");
  }

  @Test
  void whatIsTheSameInAllTrainingRowsIsLeftOutThere() {
    var preparing =
        preparing(
            Filling.REFUSE,
            Numbers.of("a", 1, 1, 1, 2),
            Words.of("b", "x", "x", "x", "y"),
            Numbers.of("c", 1, 2, 3, 5),
            KIND);
    assertThat(preparing.learned(new int[] {0, 1, 2}).names()).containsExactly("c");
    assertThat(preparing.leftOut()).containsOnlyKeys("a", "b");
    assertThat(preparing.learned(new int[] {0, 1, 3}).names()).containsExactly("a", "b", "c");
    assertThat(preparing.leftOut()).isEmpty();
  }

  @Test
  void ifNothingDiffersThatIsSaid() {
    var preparing = preparing(Filling.REFUSE, Numbers.of("a", 1, 1, 1, 2), KIND);
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> preparing.learned(new int[] {0, 1, 2}))
        .withMessageContaining("nothing can be told from them");
  }

  @Test
  void textIsRefusedWithAdvice() {
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() ->
            preparing(
                Filling.REFUSE,
                words("title", 40, 30),
                words("note", 40, 40),
                words("kind", 40, 2)))
        .withMessageContainingAll(
            "title of it.csv is text: 30 different values in 40 rows",
            "\"w0\"",
            "--drop title,note");
  }

  @Test
  void aFewWordsAreNeverText() {
    assertThat(learned(Filling.REFUSE, words("w", 20, 20), words("kind", 20, 2)).width())
        .isEqualTo(20);
  }

  @Test
  void aMissingValueIsRefusedWithItsRow() {
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(
            () -> preparing(Filling.REFUSE, Numbers.of("x", 1, Double.NaN, 3, Double.NaN), KIND))
        .withMessage(
            "row 2 of it.csv: x is empty, and so are 1 more of its cells (use --missing mean,"
                + " median, mode or drop)");
  }

  @Test
  void rowsWithGapsCanBeLeftOut() {
    var preparing =
        preparing(
            Filling.DROP,
            Numbers.of("x", 1, Double.NaN, 3, 4, 5),
            Words.of("kind", "u", "v", "u", "", "v"));
    assertThat(preparing.rows()).containsExactly(0, 2, 4);
  }

  @Test
  void rowsWithoutATargetAreLeftOutEvenIfGapsAreFilled() {
    var preparing =
        preparing(
            Filling.MEAN,
            Numbers.of("x", 1, Double.NaN, 3, 4),
            Words.of("kind", "u", "v", "", "v"));
    assertThat(preparing.rows()).containsExactly(0, 1, 3);
  }

  @Test
  void ifNoRowIsLeftThatIsSaid() {
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() ->
            preparing(Filling.DROP, Numbers.of("x", 1, Double.NaN), Words.of("kind", "", "v")))
        .withMessageContaining("nothing is left to learn from");
  }

  // What is to be told.

  private static Task task(Column target) {
    return preparing(Filling.REFUSE, counting("x", target.size()), target).task();
  }

  @Test
  void fewWholeNumbersAreClassesAndOthersAreNumbers() {
    assertThat(task(Numbers.of("y", IntStream.range(0, 40).mapToDouble(i -> i % 10).toArray())))
        .isEqualTo(Task.CLASSIFICATION);
    assertThat(task(Numbers.of("y", IntStream.range(0, 40).mapToDouble(i -> i % 11).toArray())))
        .isEqualTo(Task.REGRESSION);
    assertThat(task(Numbers.of("y", 1, 2, 2.5))).isEqualTo(Task.REGRESSION);
    assertThat(task(KIND)).isEqualTo(Task.CLASSIFICATION);
  }

  @Test
  void classesThatAreNumbersAreInOrderOfTheirSize() {
    Preparation its = learned(Filling.REFUSE, counting("x", 4), Numbers.of("y", 10, 9, -1, 10));
    assertThat(its.target()).isEqualTo(new Target.Classes("y", List.of("-1", "9", "10")));
  }

  @Test
  void twoClassesAreABinaryTask() {
    Preparation its = learned(Filling.REFUSE, counting("x", 4), KIND);
    assertThat(its.target()).isEqualTo(new Target.Classes("kind", List.of("u", "v")));
    assertThat(its.target().task()).isEqualTo(Task.BINARY);
  }

  @Test
  void aNumberToBeToldIsStandardised() {
    Preparation its =
        learned(Filling.REFUSE, counting("x", 4), Numbers.of("y", 0.5, 2.5, 0.5, 2.5));
    assertThat(its.target()).isEqualTo(new Target.Quantity("y", 1.5, 1));
    float[] y = its.target().encode(Numbers.of("y", 2.5, 4), new int[] {1, 0}).toFloats();
    assertThat(y).containsExactly(2.5f, 1);
  }

  @Test
  void aTargetThatDoesNotFitIsRefused() {
    Table table = new Table("it.csv", List.of(counting("x", 4), KIND));
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> Preparing.of(table, "kind", Optional.of(Task.REGRESSION), Filling.REFUSE))
        .withMessageContaining("kind has words (u, v)");
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> task(days(4)))
        .withMessageContaining("dates");
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> task(words("y", 40, 40)))
        .withMessageContaining("hardly any class comes up twice");
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> learned(Filling.REFUSE, counting("x", 3), Words.of("y", "a", "a", "a")))
        .withMessageContaining("nothing to tell apart");
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> Preparing.of(table, "kin", Optional.empty(), Filling.REFUSE))
        .withMessageContaining("did you mean \"kind\"?");
  }

  @Test
  void aMomentOfDatesIsStandardisedInSeconds() {
    var its =
        (Feature.Moment) learned(Filling.MEAN, days(3), words("kind", 3, 2)).features().get(0);
    assertThat(its.mean()).isEqualTo(86_400);
    // The mean of the squares 1, 0, 1 days is 2/3.
    assertThat(its.deviation()).isCloseTo(86_400 * Math.sqrt(2 / 3.0), within(1e-6));
    assertThat(its.fill()).hasValue(86_400);
  }
}
