package dev.cajal.bench.race;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One run of one contestant: a fresh process, which prints a line for each figure, {@code peer
 * NAME} or {@code result METRIC NUMBER}, separated by tabs.
 */
record Heat(Entry.Ready contestant, Workload workload, int threads) {

  private static final long SECONDS_TO_WAIT = 180;

  Attempt run() throws InterruptedException {
    try {
      Path folder = Files.createTempDirectory("cajal-bench");
      Path output = folder.resolve("output");
      Path errors = folder.resolve("errors");
      try {
        return run(output, errors);
      } finally {
        Files.deleteIfExists(output);
        Files.deleteIfExists(errors);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Attempt run(Path output, Path errors) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command());
    builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
    contestant.environment().forEach((name, value) -> builder.environment().put(name, fill(value)));
    long start = System.nanoTime();
    Process process = builder.start();
    // Who is ended from outside does not leave it running.
    var end = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(end);
    try {
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS_TO_WAIT, TimeUnit.SECONDS)) {
        return new Attempt.Failed("took longer than %d s".formatted(SECONDS_TO_WAIT));
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return process.exitValue() == 0
          ? told(read(output), seconds)
          : new Attempt.Failed(reason(read(errors), process.exitValue()));
    } finally {
      process.destroyForcibly();
      forget(end);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This process is ending already.
    }
  }

  private List<String> command() {
    var command = new ArrayList<>(contestant.command().stream().map(this::fill).toList());
    command.add(workload.name());
    command.add(String.valueOf(threads));
    return command;
  }

  private String fill(String text) {
    return text.replace("{threads}", String.valueOf(threads));
  }

  private static List<String> read(Path file) throws IOException {
    // Whatever a peer writes, its text is no reason to fail.
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
  }

  private Attempt told(List<String> lines, double seconds) {
    String title = contestant.name();
    Map<String, Double> figures = new HashMap<>();
    for (String line : lines) {
      String[] words = line.split("\t", -1);
      if (words[0].equals("peer") && words.length == 2) {
        title = words[1];
      } else if (words[0].equals("result") && words.length == 3) {
        figures.put(words[1], Double.valueOf(words[2]));
      }
    }
    figures.put(Metric.SECONDS.name(), seconds);
    for (Metric metric : workload.metrics()) {
      if (!figures.containsKey(metric.name())) {
        return new Attempt.Failed("told no figure for " + metric.name());
      }
    }
    return new Attempt.Told(title, figures);
  }

  /** The line that tells most, of what a process complained of. */
  private static String reason(List<String> errors, int exitCode) {
    return errors.stream()
        .filter(line -> line.matches(".*(Exception|Error|Killed).*"))
        .findFirst()
        .or(() -> errors.reversed().stream().filter(line -> !line.isBlank()).findFirst())
        .orElse("ended with exit code " + exitCode);
  }
}
