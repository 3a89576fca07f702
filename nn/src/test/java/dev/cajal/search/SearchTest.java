package dev.cajal.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cajal.nn.Losses;
import dev.cajal.optim.Optimizers.Adam;
import dev.cajal.tensor.Array;
import dev.cajal.train.Batch;
import dev.cajal.train.Ending;
import dev.cajal.train.Event;
import dev.cajal.train.Metric;
import dev.cajal.train.Samples;
import dev.cajal.train.Trained;
import dev.cajal.train.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {
  private static final List<Batch> PARTS = KeptSearch.parts();

  @TempDir private Path folder;

  private static Results run(Search search) {
    return search.run(PARTS.get(0), PARTS.get(1));
  }

  private List<String> runs() {
    try (Stream<Path> files = Files.list(folder.resolve("trials"))) {
      return files.filter(Files::isDirectory).map(file -> "" + file.getFileName()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aGoodRateIsFoundAndBadOnesAreLast() {
    Results results = run(Search.of(KeptSearch.space(), KeptSearch::trainer).random(16).seed(2));
    Trial best = results.best().orElseThrow();
    assertThat(best.setting().number("rate")).isBetween(0.003, 0.5);
    assertThat(results.ending()).isEqualTo(Ending.DONE);
    assertThat(results.trials()).hasSize(16);
    // The rates under which the loss diverges are a result as well, after all others.
    Outcome last = results.trials().getLast().outcome();
    assertThat(last).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) last).reason()).startsWith("the loss became ");
    assertThat(results.trials().getLast().setting().number("rate")).isGreaterThan(1);
  }

  @Test
  void theBestNetworkIsThere() {
    Results results = run(KeptSearch.search().random(6).seed(2));
    double score = ((Outcome.Scored) results.best().orElseThrow().outcome()).score();
    assertThat(results.trained().orElseThrow().loss(PARTS.get(1))).isEqualTo(score);
  }

  @Test
  void whatIsPromotedGoesOnAndDoesNotBeginAgain() {
    int[] steps = {0};
    var begun = new ArrayList<Event.Began>();
    Results results =
        run(
            Search.of(
                    KeptSearch.space(),
                    setting ->
                        KeptSearch.trainer(setting)
                            .telling(event -> {
                              switch (event) {
                                case Event.Step _ -> steps[0]++;
                                case Event.Began began -> begun.add(began);
                                default -> {}
                              }
                            }))
                .hyperband(4, 2)
                .seed(4));
    int wanted = 0;
    for (Trial trial : results.trials()) {
      if (trial.outcome() instanceof Outcome.Scored scored) {
        int perEpoch = Math.ceilDiv(PARTS.get(0).size(), trial.setting().integer("batch"));
        wanted += scored.epochs() * perEpoch;
      }
    }
    int failed = (int) results.trials().stream().filter(trial -> !trial.isScored()).count();
    assertThat(steps[0] - wanted).isBetween(0, failed * 4 * 9);
    assertThat(begun.stream().filter(it -> it.done().isPresent()).count()).isGreaterThan(3);
  }

  @Test
  void runsOfLosersAreRemoved() {
    var counts = new ArrayList<Integer>();
    Results results = run(KeptSearch.search().in(folder).telling(_ -> counts.add(runs().size())));
    // Two may be promoted, and there are the best and the one that was at work.
    assertThat(counts).hasSize(13).allMatch(count -> count <= 4);
    assertThat(runs()).containsExactly("%04d".formatted(results.best().orElseThrow().number()));
  }

  @Test
  void trialsAreJudgedByAMetric() {
    Results results =
        run(Search.of(KeptSearch.space(), KeptSearch::trainer).random(6).seed(2).best(Metric.r2()));
    double score = ((Outcome.Scored) results.best().orElseThrow().outcome()).score();
    assertThat(results.trained().orElseThrow().test(PARTS.get(1)).metrics())
        .containsEntry("r2", score);
    assertThat(results.toString()).startsWith("rank  trial         r2  epochs");
  }

  @Test
  void trialsAreJudgedByFolds() {
    Folds folds = Folds.of(KeptSearch.samples(), 3, 1);
    Results results =
        Search.of(
                Space.of(Dimension.logUniform("rate", 0.01, 0.1)),
                setting -> KeptSearch.trainer(KeptSearch.setting(setting.number("rate"))))
            .random(2)
            .seed(1)
            .run(folds);
    Trial best = results.best().orElseThrow();
    var scored = (Outcome.Scored) best.outcome();
    CrossValidation again =
        folds.scores(() -> KeptSearch.trainer(KeptSearch.setting(best.setting().number("rate"))));
    assertThat(scored.score()).isEqualTo(again.mean().loss());
    assertThat(scored.deviation()).hasValue(again.deviation().loss());
    assertThat(results.trained()).isEmpty();
  }

  @Test
  void networksOfDenseLayersHaveASpace() {
    var random = new SplittableRandom(1);
    var x = new float[200];
    var y = new int[100];
    for (int i = 0; i < 100; i++) {
      x[2 * i] = (float) random.nextDouble(-1, 1);
      x[2 * i + 1] = (float) random.nextDouble(-1, 1);
      y[i] = x[2 * i] > x[2 * i + 1] ? 1 : 0;
    }
    List<Batch> parts = Samples.of(Array.of(x, 100, 2), Array.of(y)).split(1, 0.7, 0.3);
    var networks = new Networks(2, 2, Losses.crossEntropy());
    Space space =
        networks
            .space()
            .with(Dimension.logInteger("width1", 8, 16))
            .with(Dimension.integer("depth", 1, 2))
            .with(Dimension.logInteger("width2", 8, 16).onlyIfAtLeast("depth", 2));
    Results results =
        Search.of(space, networks::trainer)
            .random(4)
            .best(Metric.accuracy())
            .run(parts.get(0), parts.get(1));
    assertThat(results.trials()).allMatch(Trial::isScored);
    assertThat(((Outcome.Scored) results.best().orElseThrow().outcome()).score())
        .isGreaterThan(0.8);
  }

  @Test
  void theOtherOptimizersOfNetworksAreThere() {
    var networks = new Networks(2, 2, Losses.crossEntropy());
    var others = networks.space().with(Dimension.choice("optimizer", "sgd"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> networks.trainer(others.draw(1, 0)))
        .withMessage("networks: the optimizer is adam, momentum or rms-prop, not sgd");
  }

  /** What the README says, word by word; it takes longer than a test may. */
  static Trained best(List<Batch> parts) {
    // begin
    var networks = new Networks(2, 3, Losses.crossEntropy());
    Results results =
        Search.of(networks.space(), networks::trainer)
            .hyperband(27)
            .seed(1)
            .in(Path.of("search"))
            .resume(parts.get(0), parts.get(1));
    System.out.println(results);
    Trained best = results.trained().orElseThrow();
    // end
    return best;
  }

  @Test
  void theReadmeSaysTheSame() throws IOException {
    String mine =
        Files.readString(
            Path.of("src", "test", "java", "dev", "cajal", "search", "SearchTest.java"));
    String said = mine.substring(mine.indexOf("// begin") + 8, mine.indexOf("// end"));
    assertThat(Files.readString(Path.of("..", "README.md")).replaceAll("\\s", ""))
        .contains(said.replaceAll("\\s", ""));
  }

  private static Progress progress(boolean isLong) {
    Space space =
        Space.of(
            Dimension.logUniform("rate", 1e-4, 1),
            Dimension.choice("a & b", "x<1", "two, or more"));
    Space longer = isLong ? new Networks(2, 2, Losses.crossEntropy()).space() : space;
    Progress progress = new Progress(longer, 1, new Goal(Optional.empty()), List.of());
    for (int i = 0; i < 15; i++) {
      Outcome outcome =
          i % 5 == 2
              ? new Outcome.Failed("the loss became NaN at step 3, in epoch 1: try a smaller rate")
              : new Outcome.Scored(0.5 + i, OptionalDouble.empty(), 9, 123 * i);
      progress = progress.with(progress.begun(i).and(outcome));
    }
    return progress;
  }

  @Test
  void theTableFitsATerminal() {
    for (boolean isLong : new boolean[] {false, true}) {
      String text = new Results(progress(isLong), Ending.DONE, Optional.empty()).toString();
      assertThat(text.lines()).allMatch(line -> line.length() <= 80);
      assertThat(text.lines()).noneMatch(line -> line.endsWith(" "));
      assertThat(text).contains("… and 3 more");
    }
  }

  @Test
  void theTableSaysWhyATrialFailed() {
    for (boolean isLong : new boolean[] {false, true}) {
      Progress all = progress(isLong);
      String text =
          Table.text(new Progress(all.space(), all.seed(), all.goal(), all.trials().subList(0, 4)));
      assertThat(text.replaceAll("\\s+", " ")).contains(" 2 failed ").contains("became NaN at");
      assertThat(text.lines()).noneMatch(line -> line.length() > 80 || line.endsWith(" "));
    }
  }

  @Test
  void theTableOfAllHasAColumnForEachDimension() {
    List<String> lines = Table.csv(progress(false)).lines().toList();
    assertThat(lines).hasSize(16);
    assertThat(lines.getFirst())
        .isEqualTo("rank,trial,validation loss,deviation,epochs,seconds,rate,a & b,failed");
    assertThat(lines.get(1)).matches("1,0,0\\.5,,9,0\\.000,[0-9.e-]+,(x<1|\"two, or more\"),");
    assertThat(lines.getLast())
        .matches("15,12,,,,,[^,]+,.+,\"the loss became NaN at step 3, in epoch 1: .*\"");
  }

  private static long count(String svg, String element) {
    return Pattern.compile("<" + element + " ").matcher(svg).results().count();
  }

  @Test
  void theChartHasAMarkForEachTrialInEachPanel() {
    String svg = Chart.of(progress(false));
    // 12 that have a score, and the best once more, twice; 3 that failed.
    assertThat(count(svg, "circle")).isEqualTo(2 * (12 + 2));
    assertThat(count(svg, "path")).isEqualTo(2 * 3);
    assertThat(svg).contains("prefers-color-scheme: dark").doesNotContain("href");
  }

  @Test
  void theChartIsWellFormed() {
    String svg = Chart.of(progress(false));
    var open = new ArrayDeque<String>();
    Matcher tag = Pattern.compile("<(/?)([a-z]+)( [a-zA-Z0-9]+=\"[^\"<]*\")*(/?)>").matcher(svg);
    var between = new StringBuilder();
    while (tag.find()) {
      tag.appendReplacement(between, "");
      if (!tag.group(1).isEmpty()) {
        assertThat(open.pop()).isEqualTo(tag.group(2));
      } else if (tag.group(4).isEmpty()) {
        open.push(tag.group(2));
      }
    }
    assertThat(open).isEmpty();
    tag.appendTail(between);
    assertThat(between.toString()).doesNotContain("<").contains("x&lt;1").contains("a &amp; b");
  }

  @Test
  void aChartOfNothingIsAChart() {
    Progress nothing = new Progress(KeptSearch.space(), 1, new Goal(Optional.empty()), List.of());
    assertThat(Chart.of(nothing)).contains("0 trials").doesNotContain("NaN");
  }

  private static String chartOf(double... scores) {
    var trials = new ArrayList<Trial>();
    for (double score : scores) {
      var outcome = new Outcome.Scored(score, OptionalDouble.empty(), 1, 1);
      trials.add(new Trial(trials.size(), KeptSearch.setting(0.1), List.of(outcome)));
    }
    return Chart.of(new Progress(KeptSearch.space(), 1, new Goal(Optional.empty()), trials));
  }

  @Test
  void scoresThatOnlyRoundingTellsApartAreAChart() {
    assertThat(chartOf(0.5, Math.nextUp(0.5))).contains("2 trials");
    assertThat(chartOf(0.8, Math.nextUp(0.8), 0.8)).contains("3 trials");
    assertThat(chartOf(1 - 0x1p-53, 1)).doesNotContain("NaN");
    assertThat(chartOf(1e-300, 1, 1e300)).doesNotContain("NaN");
    assertThat(chartOf(0, 0, 0)).doesNotContain("NaN");
    assertThat(chartOf(-Double.MIN_VALUE, Double.MIN_VALUE)).doesNotContain("NaN");
  }

  @Test
  void aModelIsOfOneTrial() {
    Trainer same = KeptSearch.trainer(KeptSearch.setting(0.05)).epochs(1);
    Fold fold = Folds.of(KeptSearch.samples(), 3, 1).fold(0);
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Search.of(KeptSearch.space(), _ -> same)
                .random(2)
                .run(fold.training(), fold.validation()))
        .withMessageContaining("trial 1 has the model of trial 0");
  }

  @Test
  void whatACoarseSearchHasGivenUpIsNotAskedForAgain() {
    for (int seed = 0; seed < 8; seed++) {
      Space space =
          Space.of(
              Dimension.choice("optimizer", "adam", "sgd", "momentum"),
              Dimension.logInteger("batch", 8, 32),
              Dimension.uniform("beta", 0.5, 0.95).onlyIf("optimizer", "sgd", "momentum"),
              Dimension.logUniform("rate", 1e-3, 1e-1));

      Results results =
          run(
              Search.of(
                      space,
                      setting ->
                          KeptSearch.trainer(setting)
                              .optimizer(new Adam(setting.number("rate")))
                              .epochs(1))
                  .coarseToFine(2, 4)
                  .seed(seed));

      assertThat(results.trials())
          .hasSize(8)
          .allMatch(trial ->
              trial.setting().has("beta") != trial.setting().text("optimizer").equals("adam"));
    }
  }
}
