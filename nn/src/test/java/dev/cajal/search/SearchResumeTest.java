package dev.cajal.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cajal.CajalException;
import dev.cajal.train.Batch;
import dev.cajal.train.Ending;
import dev.cajal.train.Event;
import dev.cajal.train.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchResumeTest {
  private static final List<Batch> PARTS = KeptSearch.parts();

  @TempDir private Path folder;

  private static final class Killed extends RuntimeException {}

  private static Search telling(Consumer<Event> listener) {
    return Search.of(KeptSearch.space(), setting -> KeptSearch.trainer(setting).telling(listener))
        .seed(4);
  }

  private Results resume(Search search) {
    return search.in(folder).resume(PARTS.get(0), PARTS.get(1));
  }

  @Test
  void aSearchThatIsCutOffAgainAndAgainIsOneThatNeverWas() {
    List<Trial> never = KeptSearch.timeless(KeptSearch.search().run(PARTS.get(0), PARTS.get(1)));
    var random = new SplittableRandom(6);
    var told = new ArrayList<Integer>();
    int kills = 0;
    while (true) {
      int[] left = {random.nextInt(1, 80)};
      Consumer<Object> killing =
          _ -> {
            if (--left[0] == 0) {
              throw new Killed();
            }
          };
      try {
        Results results =
            resume(
                telling(killing::accept)
                    .hyperband(4, 2)
                    .telling(trial -> told.add(trial.number()))
                    .telling(killing));
        assertThat(KeptSearch.timeless(results)).isEqualTo(never);
        break;
      } catch (Killed e) {
        kills++;
      }
    }
    assertThat(kills).isGreaterThan(4);
    // Nothing that was finished is done again.
    assertThat(told).hasSize(never.stream().mapToInt(trial -> trial.outcomes().size()).sum());
  }

  @Test
  void whoeverIsInterruptedGoesOnLater() {
    List<Trial> never =
        KeptSearch.timeless(KeptSearch.search().random(5).run(PARTS.get(0), PARTS.get(1)));
    int[] left = {90};
    Results stopped =
        resume(
            telling(
                    event -> {
                      if (event instanceof Event.Step && --left[0] == 0) {
                        Thread.currentThread().interrupt();
                      }
                    })
                .random(5));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(stopped.ending()).isEqualTo(Ending.STOPPED);
    assertThat(stopped.trials()).hasSizeLessThan(5);
    assertThat(KeptSearch.timeless(resume(KeptSearch.search().random(5)))).isEqualTo(never);
  }

  @Test
  void thereMayBeMoreTrials() {
    resume(KeptSearch.search().random(2));
    Results more = resume(KeptSearch.search().random(4));
    assertThat(KeptSearch.timeless(more))
        .isEqualTo(
            KeptSearch.timeless(KeptSearch.search().random(4).run(PARTS.get(0), PARTS.get(1))));
  }

  private void assertRefused(String why, Search another, Batch training) {
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> another.in(folder).resume(training, PARTS.get(1)))
        .withMessage("the search in %s can't be resumed: %s".formatted(folder, why));
  }

  @Test
  void anotherSearchIsRefusedWithWhatDiffers() {
    Search search = KeptSearch.search().random(1);
    Batch training = PARTS.get(0);
    resume(search);
    assertRefused("its seed was 4, and is 5", search.seed(5), training);
    assertRefused(
        "its plan was random, and is hyperband, 81 epochs, one in 3",
        search.hyperband(81),
        training);
    assertRefused(
        "its goal was validation loss, smaller is better, and is r2, larger is better",
        search.best(Metric.r2()),
        training);
    assertRefused("its data is another", search, PARTS.get(1));
    Space other = KeptSearch.space().with(Dimension.logUniform("rate", 1e-3, 1));
    assertRefused(
        "its dimension rate was 0.0001 to 1000, log, and is 0.001 to 1, log",
        Search.of(other, KeptSearch::trainer).random(1).seed(4),
        training);
    Space fewer = Space.of(KeptSearch.space().dimensions().getFirst());
    assertRefused(
        "it had the dimension batch, and now there is none",
        Search.of(fewer, KeptSearch::trainer).random(1).seed(4),
        training);
  }

  @Test
  void aTrialUnderAnotherTrainerIsRefused() {
    int[] left = {12};
    assertThatExceptionOfType(Killed.class)
        .isThrownBy(() ->
            resume(
                telling(
                        event -> {
                          if (event instanceof Event.Step && --left[0] == 0) {
                            throw new Killed();
                          }
                        })
                    .random(1)));
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() ->
            resume(
                Search.of(KeptSearch.space(), setting -> KeptSearch.trainer(setting).seed(6))
                    .random(1)
                    .seed(4)))
        .withMessageEndingWith("can't be resumed: its seed was 5, and is 6");
  }

  @Test
  void aSearchThatIsThereIsNotBegunAgain() {
    resume(KeptSearch.search().random(1));
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> KeptSearch.search().random(1).in(folder).run(PARTS.get(0), PARTS.get(1)))
        .withMessage(
            "there is a search in %s already: resume it, or choose another folder"
                .formatted(folder));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeptSearch.search().resume(PARTS.get(0), PARTS.get(1)))
        .withMessage("search: say in which folder the search is that goes on");
  }

  @Test
  void aDamagedFileIsRefused() throws IOException {
    resume(KeptSearch.search().random(1));
    Path file = folder.resolve("search.json");
    Files.writeString(file, Files.readString(file).replace("\"number\": 0", "\"number\": zero"));
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> resume(KeptSearch.search().random(1)))
        .withMessageStartingWith("the search in %s can't be resumed: ".formatted(folder))
        .withMessageContaining("search.json: line ");
  }

  @Test
  void oneAtATimeSearchesInAFolder() {
    try (SearchFolder mine = SearchFolder.open(folder)) {
      assertThat(mine.hasSearch()).isFalse();
      assertThatExceptionOfType(CajalException.class)
          .isThrownBy(() -> resume(KeptSearch.search()))
          .withMessageContaining("another thread, works in " + folder);
    }
  }
}
