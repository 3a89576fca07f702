package dev.cajal.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.tensor.Array;
import dev.cajal.train.Batch;
import dev.cajal.train.Metric;
import dev.cajal.train.Samples;
import dev.cajal.train.Scores;
import dev.cajal.train.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrossValidationTest {

  /** Of so many samples with three classes, of which one is rare; each knows its position. */
  private static Batch samples(int count) {
    var x = new float[count];
    var y = new int[count];
    for (int i = 0; i < count; i++) {
      x[i] = i;
      y[i] = i % 10 == 0 ? 2 : i % 2;
    }
    return Samples.of(Array.of(x, count, 1), Array.of(y));
  }

  private static List<Integer> sizes(Folds folds) {
    return IntStream.range(0, folds.count()).mapToObj(i -> folds.positions(i).length).toList();
  }

  private static void assertPartition(Folds folds, int count) {
    var all = new ArrayList<Integer>();
    for (int i = 0; i < folds.count(); i++) {
      Fold fold = folds.fold(i);
      var both = new ArrayList<Double>();
      for (Samples part : List.of(fold.training(), fold.validation())) {
        Arrays.stream(part.some(1000).x().toDoubles()).forEach(both::add);
      }
      assertThat(both).hasSize(count).doesNotHaveDuplicates();
      Arrays.stream(folds.positions(i)).forEach(all::add);
    }
    assertThat(all).hasSize(count).doesNotHaveDuplicates();
  }

  @Test
  void foldsAreAPartition() {
    for (int count = 2; count <= 7; count++) {
      assertPartition(Folds.of(samples(43), count, 1), 43);
      assertPartition(Folds.stratified(samples(43), count, 1), 43);
    }
    assertThat(sizes(Folds.of(samples(43), 4, 1))).containsExactly(11, 11, 11, 10);
  }

  @Test
  void theSeedShuffles() {
    assertThat(Folds.of(samples(43), 4, 1).positions(0))
        .isEqualTo(Folds.of(samples(43), 4, 1).positions(0))
        .isNotEqualTo(Folds.of(samples(43), 4, 2).positions(0));
  }

  @Test
  void stratifiedFoldsHaveAsManyOfEachClass() {
    Folds folds = Folds.stratified(samples(203), 5, 1);
    for (int i = 0; i < 5; i++) {
      Map<Integer, Long> counts =
          Arrays.stream(folds.fold(i).validation().some(1000).y().toInts())
              .boxed()
              .collect(Collectors.groupingBy(it -> it, Collectors.counting()));
      // There are 81, 101 and 21 of them.
      assertThat(counts.get(0)).isBetween(16L, 17L);
      assertThat(counts.get(1)).isBetween(20L, 21L);
      assertThat(counts.get(2)).isBetween(4L, 5L);
    }
    assertThat(sizes(folds)).allMatch(size -> size == 40 || size == 41);
  }

  @Test
  void samplesOfAGroupStayTogether() {
    int[] groups = IntStream.range(0, 60).map(i -> i < 20 ? 99 : i / 4).toArray();
    Folds folds = Folds.grouped(samples(60), groups, 3, 1);
    assertPartition(folds, 60);
    Map<Integer, Integer> foldOfGroup = new LinkedHashMap<>();
    for (int i = 0; i < 3; i++) {
      for (int position : folds.positions(i)) {
        assertThat(foldOfGroup.getOrDefault(groups[position], i)).isEqualTo(i);
        foldOfGroup.put(groups[position], i);
      }
    }
    assertThat(sizes(folds)).containsExactlyInAnyOrder(20, 20, 20);
  }

  @Test
  void foldsThatCanNotBeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Folds.of(samples(10), 1, 1))
        .withMessage("folds: there are at least 2, not 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Folds.of(samples(3), 4, 1))
        .withMessage("folds: 4 of 3 samples");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Folds.grouped(samples(3), new int[] {1, 1, 1}, 2, 1))
        .withMessage("folds: 2 of 1 groups");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Folds.grouped(samples(3), new int[] {1, 1}, 2, 1))
        .withMessage("folds: 2 numbers of groups for 3 samples");
  }

  @Test
  void meanAndDeviationAreThoseOfTheFolds() {
    var scores = new ArrayList<Scores>();
    for (double loss : new double[] {2, 4, 4, 4, 5, 5, 7, 9}) {
      scores.add(new Scores(loss, new LinkedHashMap<>(Map.of("accuracy", loss / 10))));
    }
    var validation = new CrossValidation(scores);
    assertThat(validation.mean().loss()).isEqualTo(5);
    // Its squares add up to 32, and there are 8.
    assertThat(validation.deviation().loss()).isCloseTo(Math.sqrt(32 / 7.0), within(1e-12));
    assertThat(validation.mean().metrics().get("accuracy")).isCloseTo(0.5, within(1e-12));
    assertThat(validation.toString())
        .startsWith("fold 1  loss 2.0000  accuracy 0.2000")
        .endsWith("all     loss 5.0000 ± 2.1381  accuracy 0.5000 ± 0.2138");
  }

  @Test
  void aModelIsJudgedByWhatItHasNotLearnedFrom() {
    Batch line = KeptSearch.samples();
    Folds folds = Folds.of(line, 3, 1);
    CrossValidation scores =
        folds.scores(
            () -> KeptSearch.trainer(KeptSearch.setting(0.05)).epochs(20).metrics(Metric.r2()));
    assertThat(scores.folds()).hasSize(3);
    assertThat(scores.mean().metrics().get("r2")).isGreaterThan(0.9);
    Fold second = folds.fold(1);
    assertThat(
            KeptSearch.trainer(KeptSearch.setting(0.05))
                .epochs(20)
                .fit(second.training(), second.validation())
                .loss(second.validation()))
        .isEqualTo(scores.folds().get(1).loss());
  }

  /** It would be judged by samples that it has learned from in the fold before. */
  @Test
  void aModelThatHasLearnedAlreadyIsRefused() {
    Trainer same = KeptSearch.trainer(KeptSearch.setting(0.05)).epochs(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Folds.of(KeptSearch.samples(), 3, 1).scores(() -> same))
        .withMessage(
            "fold 2 has the model of fold 1, which has learned already: make a new model each"
                + " time");
  }
}
