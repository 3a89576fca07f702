package dev.cajal.cli;

import dev.cajal.CajalException;
import dev.cajal.workbench.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Where a run goes, and how much is said of it. */
final class RunOptions {

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Everything random follows from it. Default: ${DEFAULT-VALUE}.")
  long seed = 0;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads compute. Default: one for each core.")
  @Nullable Integer threads;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where runs are kept, each in a folder of its own. Default: ${DEFAULT-VALUE}.")
  Path out = Path.of("runs");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What the run's folder is called. Default: by the data, with a number.")
  @Nullable String name;

  @Option(
      names = "--json",
      description = "Print what came of it as a JSON object, alone on standard output.")
  boolean json;

  @Option(names = "--quiet", description = "Say nothing while it trains.")
  boolean quiet;

  /** Refuses what makes no sense for any data. */
  void require(CommandLine command) {
    Mistakes.require(
        command, "--threads", threads, its -> its > 0 && its <= 1024, "a number from 1 to 1024");
    Mistakes.require(
        command,
        "--name",
        name,
        its -> !its.isBlank() && !its.startsWith(".") && !its.matches(".*[/\\\\].*"),
        "the name of a folder in --out, without slashes, and with no dot first");
  }

  OptionalInt threads() {
    return threads == null ? OptionalInt.empty() : OptionalInt.of(threads);
  }

  /** The folder of a run, of its own; a name that was asked for must be free. */
  Path folder(String data, String suffix) {
    if (name != null) {
      Path folder = out.resolve(name);
      if (isTaken(folder)) {
        throw new CajalException(
            Files.exists(folder.resolve(RunFile.NAME))
                ? "there is a run in %s already: go on with it by './cajal resume %s', or take another --name"
                    .formatted(folder, Shell.quoted(folder.toString()))
                : "there is something in %s already: take another --name".formatted(folder));
      }
      return folder;
    }
    String base = base(data) + suffix;
    for (int i = 1; ; i++) {
      Path folder = out.resolve(i == 1 ? base : base + "-" + i);
      if (!isTaken(folder)) {
        return folder;
      }
    }
  }

  private static boolean isTaken(Path folder) {
    try (var files = Files.isDirectory(folder) ? Files.list(folder) : null) {
      return files == null ? Files.exists(folder) : files.findAny().isPresent();
    } catch (IOException e) {
      return true;
    }
  }

  /** What a file is called, without what tells its format. */
  private static String base(String data) {
    Path path = Path.of(data).getFileName();
    String file = path == null ? "run" : path.toString();
    String plain =
        file.replaceFirst("(?i)(\\.(csv|tsv|txt|parquet|jsonl?|ndjson|idx\\d-ubyte|gz|zst))+$", "");
    String safe = plain.replaceAll("[^\\p{L}\\p{N}._-]+", "-").replaceAll("^[.-]+", "");
    return safe.isEmpty() ? "run" : safe;
  }
}
