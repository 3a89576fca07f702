package dev.cajal.data.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cajal.data.prepare.Split.Parts;
import dev.cajal.data.table.Column;
import dev.cajal.data.table.Numbers;
import dev.cajal.data.table.Words;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {
  private static final Parts USUAL = Parts.usual(100);

  private static int[] rows(int count) {
    return IntStream.range(0, count).map(i -> 2 * i + 1).toArray();
  }

  private static int[] all(Split split) {
    return Stream.of(split.training(), split.validation(), split.test())
        .flatMapToInt(Arrays::stream)
        .sorted()
        .toArray();
  }

  private static Words words(String... words) {
    return Words.of("w", words);
  }

  private static Words random(int count, int different, long seed) {
    var random = new SplittableRandom(seed);
    return words(
        IntStream.range(0, count)
            .mapToObj(i -> "g" + (int) Math.sqrt(random.nextInt(different * different)))
            .toArray(String[]::new));
  }

  private static Set<String> values(Column column, int... rows) {
    return Arrays.stream(rows).mapToObj(column::text).collect(Collectors.toSet());
  }

  private static long count(Column column, String value, int... rows) {
    return Arrays.stream(rows).filter(row -> column.text(row).equals(value)).count();
  }

  @ParameterizedTest
  @CsvSource({"100, 60, 20, 20", "10, 6, 2, 2", "7, 4, 2, 1", "1, 1, 0, 0", "1001, 601, 200, 200"})
  void partsHaveTheirShareOfTheRows(int count, int training, int validation, int test) {
    Split split = Split.random(rows(count), USUAL, 1);
    assertThat(split.training()).hasSize(training).isSorted();
    assertThat(split.validation()).hasSize(validation).isSorted();
    assertThat(split.test()).hasSize(test).isSorted();
    assertThat(all(split)).containsExactly(rows(count));
  }

  @Test
  void theSameSeedIsTheSameSplitAndAnotherIsAnother() {
    int[] first = Split.random(rows(100), USUAL, 1).training();
    assertThat(Split.random(rows(100), USUAL, 1).training()).isEqualTo(first);
    assertThat(Split.random(rows(100), USUAL, 2).training()).isNotEqualTo(first);
  }

  @Test
  void ofVeryManyRowsFewAreJudgedBy() {
    assertThat(Parts.usual(1_000_000)).isEqualTo(new Parts(0.98, 0.01, 0.01));
    assertThat(Parts.usual(999_999)).isEqualTo(new Parts(0.6, 0.2, 0.2));
  }

  @Test
  void whatIsNoWholeIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Parts(0.6, 0.2, 0.1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Parts(1, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Parts(Double.NaN, 0.5, 0.5));
  }

  @Test
  void withoutATestPartAllRowsAreInTheOtherTwo() {
    Split split = Split.random(rows(10), new Parts(0.8, 0.2, 0), 1);
    assertThat(split.test()).isEmpty();
    assertThat(split.validation()).hasSize(2);
  }

  @Test
  void eachPartHasEachValueInProportion() {
    String[] values =
        IntStream.range(0, 1000)
            .mapToObj(i -> i % 10 == 0 ? "rare" : i % 2 == 0 ? "a" : "b")
            .toArray(String[]::new);
    Words column = words(values);
    Split split = Split.stratified(IntStream.range(0, 1000).toArray(), column, USUAL, 4);
    for (String value : List.of("rare", "a", "b")) {
      long whole = count(column, value, IntStream.range(0, 1000).toArray());
      assertThat(count(column, value, split.training()))
          .isBetween(whole * 6 / 10 - 1, whole * 6 / 10 + 1);
      assertThat(count(column, value, split.validation())).isBetween(whole / 5 - 1, whole / 5 + 1);
      assertThat(count(column, value, split.test())).isBetween(whole / 5 - 1, whole / 5 + 1);
    }
    assertThat(all(split)).containsExactly(IntStream.range(0, 1000).toArray());
  }

  @Test
  void everyValueIsAmongTheTrainingRows() {
    for (int seed = 0; seed < 50; seed++) {
      int count = 3 + 7 * seed;
      Words column = random(count, 12, seed);
      Split split = Split.stratified(IntStream.range(0, count).toArray(), column, USUAL, seed);
      assertThat(values(column, split.training())).hasSize(column.values().size());
      assertThat(all(split)).containsExactly(IntStream.range(0, count).toArray());
    }
  }

  @Test
  void groupsAreNeverDividedAndNoPartIsEmpty() {
    for (int seed = 0; seed < 50; seed++) {
      int count = 40 + 7 * seed;
      Words column = random(count, 4 + seed % 9, seed);
      Split split = Split.grouped(IntStream.range(0, count).toArray(), column, USUAL, seed);
      Set<String> shared = new HashSet<>(values(column, split.training()));
      assertThat(shared.removeAll(values(column, split.validation())))
          .as("seed %d", seed)
          .isFalse();
      assertThat(shared.removeAll(values(column, split.test()))).isFalse();
      assertThat(values(column, split.validation()))
          .doesNotContainAnyElementsOf(values(column, split.test()));
      assertThat(split.validation()).isNotEmpty();
      assertThat(split.test()).isNotEmpty();
      assertThat(all(split)).containsExactly(IntStream.range(0, count).toArray());
    }
  }

  @Test
  void threeGroupsMakeThreePartsWhateverTheirSizes() {
    Words column = words("a", "a", "a", "a", "b", "b", "b", "b", "c", "c");
    Split split = Split.grouped(IntStream.range(0, 10).toArray(), column, USUAL, 1);
    assertThat(List.of(split.training().length, split.validation().length, split.test().length))
        .allMatch(size -> size > 0);
  }

  @Test
  void manySmallGroupsComeCloseToTheShares() {
    String[] names = IntStream.range(0, 1000).mapToObj(i -> "p" + i / 5).toArray(String[]::new);
    Split split = Split.grouped(IntStream.range(0, 1000).toArray(), words(names), USUAL, 1);
    assertThat(split.training()).hasSize(600);
    assertThat(split.validation()).hasSize(200);
  }

  @Test
  void groupsWithoutATestPartAreInTheOtherTwo() {
    Words column = words("a", "a", "a", "a", "a", "a", "a", "a", "b", "b");
    Split split =
        Split.grouped(IntStream.range(0, 10).toArray(), column, new Parts(0.6, 0.4, 0), 1);
    assertThat(split.training()).hasSize(8);
    assertThat(split.validation()).hasSize(2);
    assertThat(split.test()).isEmpty();
  }

  @Test
  void tooFewGroupsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Split.grouped(new int[] {0, 1, 2}, words("a", "b", "b"), USUAL, 1))
        .withMessageContaining("w has 2 different values");
  }

  @Test
  void whatIsJudgedByComesLater() {
    var random = new SplittableRandom(8);
    Numbers time = Numbers.of("t", random.doubles(50).toArray());
    Split split = Split.byTime(IntStream.range(0, 50).toArray(), time, USUAL);
    double learnedFrom = Arrays.stream(split.training()).mapToDouble(time::at).max().orElseThrow();
    double first = Arrays.stream(split.validation()).mapToDouble(time::at).min().orElseThrow();
    double last = Arrays.stream(split.validation()).mapToDouble(time::at).max().orElseThrow();
    double tested = Arrays.stream(split.test()).mapToDouble(time::at).min().orElseThrow();
    assertThat(learnedFrom).isLessThan(first);
    assertThat(last).isLessThan(tested);
    assertThat(all(split)).containsExactly(IntStream.range(0, 50).toArray());
  }

  @Test
  void whatIsGivenOutIsACopy() {
    Split split = Split.random(rows(10), USUAL, 1);
    split.training()[0] = -1;
    assertThat(split.training()[0]).isNotNegative();
  }
}
