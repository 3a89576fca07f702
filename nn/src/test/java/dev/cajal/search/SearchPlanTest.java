package dev.cajal.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.search.Bracket.Rung;
import dev.cajal.search.Plan.Job;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is tried, and in which order; nothing is trained. */
class SearchPlanTest {
  private static final Space SPACE =
      Space.of(
          Dimension.logUniform("rate", 1e-5, 1),
          Dimension.uniform("dropout", 0, 0.8),
          Dimension.logInteger("width", 4, 512),
          Dimension.choice("activation", "relu", "tanh", "silu"));

  /** Smallest, and 0, at a rate of 0.003, dropout of 0.3, a width of 64 and tanh. */
  private static double loss(Setting setting) {
    double rate = Math.log10(setting.number("rate") / 0.003);
    double dropout = setting.number("dropout") - 0.3;
    double width = Math.log(setting.number("width") / 64);
    double activation = setting.text("activation").equals("tanh") ? 0 : 0.3;
    return rate * rate + 2 * dropout * dropout + 0.1 * width * width + activation;
  }

  private static Progress nothing(long seed) {
    return new Progress(SPACE, seed, new Goal(Optional.empty()), List.of());
  }

  private static Outcome scored(double score, int epochs) {
    return new Outcome.Scored(score, OptionalDouble.empty(), epochs, 0);
  }

  private static Progress all(Plan plan, long seed, ToDoubleFunction<Setting> loss) {
    Progress progress = nothing(seed);
    while (true) {
      Optional<Job> job = plan.next(progress);
      if (job.isEmpty()) {
        return progress;
      }
      Trial trial = job.get().trial();
      progress =
          progress.with(
              trial.and(scored(loss.applyAsDouble(trial.setting()), job.get().epochs().orElse(1))));
    }
  }

  private static double best(Plan plan, long seed) {
    Trial best = all(plan, seed, SearchPlanTest::loss).best().orElseThrow();
    return loss(best.setting());
  }

  @Test
  void bracketsAreThoseOfTheTable() {
    // Li et al., "Hyperband: a novel bandit-based approach to hyperparameter optimization", JMLR
    // 18:185, 2018, table 1: R = 81 and η = 3.
    assertThat(Bracket.of(81, 3))
        .containsExactly(
            bracket(81, 1, 27, 3, 9, 9, 3, 27, 1, 81),
            bracket(27, 3, 9, 9, 3, 27, 1, 81),
            bracket(9, 9, 3, 27, 1, 81),
            bracket(6, 27, 2, 81),
            bracket(5, 81));
  }

  private static Bracket bracket(int... numbers) {
    return new Bracket(
        IntStream.range(0, numbers.length / 2)
            .mapToObj(i -> new Rung(numbers[2 * i], numbers[2 * i + 1]))
            .toList());
  }

  @Test
  void bracketsOfAnyNumberOfEpochsEndWithAllOfThem() {
    for (int most = 1; most <= 100; most++) {
      for (int eta = 2; eta <= 4; eta++) {
        for (Bracket bracket : Bracket.of(most, eta)) {
          assertThat(bracket.rungs().getLast().epochs()).isEqualTo(most);
          assertThat(bracket.rungs()).allMatch(rung -> rung.trials() >= 1 && rung.epochs() >= 1);
          assertThat(bracket.rungs().stream().map(Rung::epochs)).isSorted().doesNotHaveDuplicates();
        }
      }
    }
  }

  @Test
  void hyperbandTrainsWhatItsBracketsSay() {
    Map<Integer, Integer> jobs = new HashMap<>();
    var plan = new Hyperband(27, 3);
    Progress progress = nothing(1);
    for (Optional<Job> job = plan.next(progress); job.isPresent(); job = plan.next(progress)) {
      Trial trial = job.get().trial();
      int epochs = job.get().epochs().orElseThrow();
      jobs.merge(epochs, 1, Integer::sum);
      progress = progress.with(trial.and(scored(loss(trial.setting()), epochs)));
    }
    assertThat(jobs)
        .isEqualTo(
            Map.of(
                1, 27,
                3, 9 + 9,
                9, 3 + 3 + 6,
                27, 1 + 1 + 2 + 4));
    assertThat(progress.count()).isEqualTo(27 + 9 + 6 + 4);
  }

  @Test
  void hyperbandPromotesTheBestThirdAndNothingThatFailed() {
    var plan = new Hyperband(9, 3);
    Progress progress = nothing(1);
    for (int number = 0; number < 9; number++) {
      Trial trial = plan.next(progress).orElseThrow().trial();
      assertThat(trial.number()).isEqualTo(number);
      boolean fails = number != 4 && number != 8;
      progress =
          progress.with(trial.and(fails ? new Outcome.Failed("NaN") : scored(9 - number, 1)));
    }
    List<Integer> next = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Job job = plan.next(progress).orElseThrow();
      next.add(job.trial().number());
      progress = progress.with(job.trial().and(scored(9 - job.trial().number(), 3)));
    }
    // Two on the second rung, and then the better one on the third.
    assertThat(next).containsExactly(8, 4, 8);
  }

  @Test
  void onlyTrialsThatMayStillBePromotedAreKept() {
    var plan = new Hyperband(81, 3);
    Progress progress = nothing(2);
    int most = 0;
    for (Optional<Job> job = plan.next(progress); job.isPresent(); job = plan.next(progress)) {
      Trial trial = job.get().trial();
      if (!trial.outcomes().isEmpty()) {
        assertThat(plan.contenders(progress)).contains(trial.number());
      }
      Set<Integer> before = plan.contenders(progress);
      progress =
          progress.with(trial.and(scored(loss(trial.setting()), job.get().epochs().orElseThrow())));
      Set<Integer> kept = new HashSet<>(plan.contenders(progress));
      Progress now = progress;
      kept.removeIf(number -> number >= now.count());
      most = Math.max(most, kept.size());
      // What is removed never comes back.
      kept.remove(trial.number());
      assertThat(before).containsAll(kept);
    }
    assertThat(most).isLessThanOrEqualTo(27);
    assertThat(plan.contenders(progress)).isEmpty();
  }

  @Test
  void coarseToFineFindsWhatRandomMisses() {
    double fine = 0;
    double random = 0;
    int better = 0;
    int seeds = 60;
    for (int seed = 0; seed < seeds; seed++) {
      double itsFine = best(new CoarseToFine(4, 10), seed);
      double itsRandom = best(new Sampling(40), seed);
      fine += itsFine / seeds;
      random += itsRandom / seeds;
      better += itsFine < itsRandom ? 1 : 0;
    }
    assertThat(fine).isLessThan(random / 2);
    assertThat(better).isGreaterThan(seeds * 3 / 4);
  }

  @Test
  void coarseToFineStaysWithinTheBounds() {
    // The best is in a corner, where a margin would go beyond.
    ToDoubleFunction<Setting> corner =
        setting -> setting.number("rate") - setting.number("dropout") + setting.integer("width");
    Progress progress = all(new CoarseToFine(6, 10), 3, corner);
    assertThat(progress.trials())
        .allSatisfy(trial -> {
          assertThat(trial.setting().number("rate")).isBetween(1e-5, 1.0);
          assertThat(trial.setting().number("dropout")).isBetween(0.0, 0.8);
          assertThat(trial.setting().integer("width")).isBetween(4, 512);
        });
    assertThat(progress.best().orElseThrow().setting().integer("width")).isLessThan(7);
  }

  @Test
  void choicesThatDidBadlyAreLeftOut() {
    Progress progress = all(new CoarseToFine(3, 16), 1, SearchPlanTest::loss);
    assertThat(progress.trials().subList(32, 48))
        .allMatch(trial -> trial.setting().text("activation").equals("tanh"));
  }

  @Test
  void largerIsBetterWhereTheGoalSaysSo() {
    var goal = new Goal(Optional.of(dev.cajal.train.Metric.accuracy()));
    Progress progress = new Progress(SPACE, 1, goal, List.of());
    progress = progress.with(progress.begun(0).and(scored(0.3, 1)));
    progress = progress.with(progress.begun(1).and(new Outcome.Failed("NaN")));
    progress = progress.with(progress.begun(2).and(scored(0.9, 1)));
    assertThat(progress.ranked().stream().map(Trial::number)).containsExactly(2, 0, 1);
  }
}
