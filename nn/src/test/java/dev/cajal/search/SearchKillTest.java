package dev.cajal.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Searches in processes that are killed, or told to end. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SearchKillTest {
  /** More of them with {@code -Dcajal.kills=50}. */
  private static final int KILLS = Integer.getInteger("cajal.kills", 2);

  @TempDir private Path folder;

  private Process start(Path search, Path log) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules=jdk.incubator.vector",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            KeptSearch.class.getName(),
            search.toString())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static List<String> results(Path log) throws IOException {
    return Files.readAllLines(log).stream().filter(line -> line.startsWith("Trial[")).toList();
  }

  @Test
  void whateverMomentItIsKilledAtTheRankingIsTheSame() throws Exception {
    Path log = folder.resolve("log");
    Process never = start(folder.resolve("never"), log);
    assertThat(never.waitFor()).as(Files.readString(log)).isZero();
    List<String> wanted = results(log);
    assertThat(wanted).hasSize(9);
    long seed = Long.getLong("cajal.seed", System.nanoTime());
    System.out.println("SearchKillTest: -Dcajal.seed=" + seed);
    var random = new SplittableRandom(seed);
    int kills = 0;
    int exit;
    do {
      Process process = start(folder.resolve("killed"), log);
      boolean isKilled =
          kills < KILLS && !process.waitFor(random.nextLong(400, 1500), TimeUnit.MILLISECONDS);
      if (isKilled) {
        kills++;
        process.destroyForcibly();
      }
      exit = process.waitFor();
      assertThat(!isKilled && exit != 0).as(Files.readString(log)).isFalse();
    } while (exit != 0);
    assertThat(results(log)).isEqualTo(wanted);
  }

  @Test
  void toldToEndItSavesTheTrialAndEnds() throws Exception {
    Path log = folder.resolve("log");
    Path search = folder.resolve("search");
    Process process = start(search, log);
    while (process.isAlive() && !Files.readString(log).contains("told 2")) {
      Thread.sleep(5);
    }
    process.destroy();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    // 128 and the number of SIGTERM, as a shell says it.
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(Files.readString(search.resolve("search.json"))).contains("\"number\": 2");
  }
}
