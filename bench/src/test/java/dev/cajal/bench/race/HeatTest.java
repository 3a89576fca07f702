package dev.cajal.bench.race;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** One run of a process, which here is a shell script. */
class HeatTest {

  @Test
  void aProcessTellsItsNameAndItsFigures() throws Exception {
    Attempt attempt = run(Scripts.telling("Peer", "samples", "100.5", "memory", "42"));
    assertThat(attempt)
        .isInstanceOfSatisfying(
            Attempt.Told.class,
            told -> {
              assertThat(told.title()).isEqualTo("Peer 1.0");
              assertThat(told.figures())
                  .containsEntry("samples", 100.5)
                  .containsEntry("memory", 42.0);
            });
  }

  @Test
  void whatElseItPrintsIsPassedOver() throws Exception {
    Attempt attempt = run(Scripts.of("Peer", "echo loading; printf 'result\\tsamples\\t7\\n'"));
    assertThat(attempt).isInstanceOf(Attempt.Told.class);
  }

  @Test
  void itIsGivenWorkloadAndThreads() throws Exception {
    String script = "[ \"$1 $2 $SOME_THREADS\" = 'W2 3 3' ] && printf 'result\\tsamples\\t7\\n'";
    assertThat(new Heat(Scripts.of("Peer", script), Workload.W2, 3).run())
        .isInstanceOf(Attempt.Told.class);
  }

  @Test
  void howLongItTookIsMeasuredFromOutside() throws Exception {
    Attempt attempt = new Heat(Scripts.of("Peer", "sleep 0.3"), Workload.W8, 1).run();
    assertThat(attempt)
        .isInstanceOfSatisfying(
            Attempt.Told.class,
            told -> assertThat(told.figures().get("seconds")).isBetween(0.3, 60.0));
  }

  @Test
  void aFailureIsTheLineThatTellsMost() throws Exception {
    String script =
        "echo noise >&2; echo 'java.lang.Error: no such thing' >&2; echo at x >&2; exit 3";
    assertThat(run(Scripts.of("Peer", script)))
        .isEqualTo(new Attempt.Failed("java.lang.Error: no such thing"));
  }

  @Test
  void aFailureInSilenceIsItsExitCode() throws Exception {
    assertThat(run(Scripts.of("Peer", "exit 3")))
        .isEqualTo(new Attempt.Failed("ended with exit code 3"));
  }

  @Test
  void aProcessThatTellsNothingHasFailed() throws Exception {
    assertThat(run(Scripts.telling("Peer", "tokens", "1")))
        .isEqualTo(new Attempt.Failed("told no figure for samples"));
  }

  private static Attempt run(Entry.Ready contestant) throws InterruptedException {
    return new Heat(contestant, Workload.W2, 1).run();
  }
}
