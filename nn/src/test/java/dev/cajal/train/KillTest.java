package dev.cajal.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.tensor.Array;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed, told to end, or have no room to write. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class KillTest {
  /** More of them with {@code -Dcajal.kills=50}. */
  private static final int KILLS = Integer.getInteger("cajal.kills", 8);

  private static final int EPOCHS = 1500;

  @TempDir private Path folder;

  private static List<String> command(Path folder) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules=jdk.incubator.vector",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        KeptRun.class.getName(),
        folder.toString(),
        "" + EPOCHS);
  }

  private static Process start(List<String> command, Path log) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private static List<Path> checkpoints(Path run) {
    Path checkpoints = run.resolve("checkpoints");
    if (!Files.exists(checkpoints)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files.filter(file -> file.toString().endsWith(".safetensors")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The numbers that a run has come to: parameters, what the optimizer keeps, the best. */
  private static List<Map<String, Array>> numbers(Path run) {
    Checkpoint last = Checkpoint.read(checkpoints(run).getLast());
    assertThat(last.standing().history()).hasSize(EPOCHS);
    return List.of(last.parameters(), last.kept(), last.best());
  }

  private static boolean isWhole(Path run) {
    checkpoints(run).forEach(Checkpoint::read);
    Path history = run.resolve("history.csv");
    try {
      return !Files.exists(history) || Files.readString(history).endsWith("\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whateverMomentItIsKilledAtItGoesOnAsIfItHadNotBeen() throws Exception {
    Path log = folder.resolve("log");
    Path never = folder.resolve("never");
    Process undisturbed = start(command(never), log);
    assertThat(undisturbed.waitFor()).as(Files.readString(log)).isZero();
    long seed = Long.getLong("cajal.seed", System.nanoTime());
    System.out.println("KillTest: -Dcajal.seed=" + seed);
    var random = new SplittableRandom(seed);
    int kills = 0;
    var steps = new HashSet<String>();
    for (int i = 0; kills < KILLS; i++) {
      Path run = folder.resolve("run" + i);
      int exit;
      do {
        Process process = start(command(run), log);
        boolean ends = kills == KILLS ? process.waitFor() >= 0 : endsBefore(random, process, run);
        if (!ends) {
          kills++;
          process.destroyForcibly();
        }
        exit = process.waitFor();
        assertThat(isWhole(run)).isTrue();
        checkpoints(run).forEach(file -> steps.add(Objects.toString(file.getFileName())));
        assertThat(ends && exit != 0).as(Files.readString(log)).isFalse();
      } while (exit != 0);
      assertThat(numbers(run)).isEqualTo(numbers(never));
    }
    assertThat(steps).hasSizeGreaterThan(KILLS / 2);
  }

  /**
   * Whether it ends before it is to be killed: while it starts, or some time after it has saved.
   */
  private static boolean endsBefore(SplittableRandom random, Process process, Path run)
      throws InterruptedException {
    if (random.nextInt(5) == 0) {
      return process.waitFor(random.nextLong(50, 1500), TimeUnit.MILLISECONDS);
    }
    List<Path> before = checkpoints(run);
    while (process.isAlive() && checkpoints(run).equals(before)) {
      Thread.sleep(2);
    }
    return process.waitFor(random.nextLong(0, 500), TimeUnit.MILLISECONDS);
  }

  @Test
  void toldToEndItSavesAndEnds() throws Exception {
    Path log = folder.resolve("log");
    Path run = folder.resolve("run");
    Process process = start(command(run), log);
    while (process.isAlive() && !Files.readString(log).contains("Epoch[number=3,")) {
      Thread.sleep(5);
    }
    process.destroy();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    // 128 and the number of SIGTERM, as a shell says it.
    assertThat(process.exitValue()).isEqualTo(143);
    List<String> lines = Files.readAllLines(log);
    assertThat(lines.getLast()).startsWith("Ended[").contains("why=STOPPED");
    assertThat(lines).anyMatch(line -> line.startsWith("stopped after "));
    long step = Checkpoint.read(checkpoints(run).getLast()).standing().step();
    assertThat(lines.stream().filter(line -> line.startsWith("Saved[")).toList().getLast())
        .endsWith("step=%d]".formatted(step));
  }

  /** The checkpoint at the beginning fits; with the best parameters in it, it does not any more. */
  @Test
  void whereThereIsNoRoomTheLastCheckpointStays() throws Exception {
    Path log = folder.resolve("log");
    Path run = folder.resolve("run");
    Process process =
        start(
            Stream.concat(
                    Stream.of("bash", "-c", "ulimit -f 7; exec \"$@\"", "bash"),
                    command(run).stream())
                .toList(),
            log);
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(Files.readString(log))
        .contains("CajalException: can't write %s".formatted(run.resolve("checkpoints")))
        .contains("File too large");
    assertThat(checkpoints(run)).isNotEmpty();
    assertThat(isWhole(run)).isTrue();
    Process again = start(command(run), log);
    assertThat(again.waitFor()).isZero();
  }
}
