package dev.cajal.bench.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RaceTest {

  @TempDir private Path folder;

  @Test
  void contestantsTakeTurnsInEachRound() throws Exception {
    Path turns = folder.resolve("turns");
    race(3, writing(turns, "a"), writing(turns, "b")).run(Workload.W2, 1);
    assertThat(turns).content().isEqualTo("ababab");
  }

  @Test
  void aFigureIsTheMedianOfTheRounds() throws Exception {
    Path count = folder.resolve("count");
    Files.writeString(count, "");
    String script =
        "printf x >>%s; n=$(wc -c <%s); printf 'result\\tsamples\\t%%d\\n' $((n * n * n * n))"
            .formatted(count, count);
    Standing standing = race(3, Scripts.of("Peer", script)).run(Workload.W2, 1);
    assertThat(standing.places().getFirst().figure(Workload.W2.metric("samples")))
        .contains(new Figure(16, 1, 81));
  }

  @Test
  void whoFailsIsNotAskedAgain() throws Exception {
    Path turns = folder.resolve("turns");
    Standing standing =
        race(3, Scripts.of("Peer", "printf x >>%s; exit 1".formatted(turns))).run(Workload.W2, 1);
    assertThat(turns).content().isEqualTo("x");
    assertThat(standing.places().getFirst().failure()).contains("ended with exit code 1");
  }

  @Test
  void whoDoesNotRunAWorkloadIsLeftOut() throws Exception {
    Entry.Ready all = Scripts.telling("Peer", "samples", "1");
    var only = new Entry.Ready("Other", EnumSet.of(Workload.W7), all.command(), all.environment());
    Standing standing = race(1, all, only).run(Workload.W2, 1);
    assertThat(standing.places()).extracting(Standing.Place::name).containsExactly("Peer");
  }

  private static Entry.Ready writing(Path file, String letter) {
    return Scripts.of(
        letter, "printf %s >>%s; printf 'result\\tsamples\\t1\\n'".formatted(letter, file));
  }

  private static Race race(int rounds, Entry.Ready... contestants) {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Race(List.of(contestants), rounds, nowhere);
  }
}
