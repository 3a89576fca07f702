package dev.cajal.cli;

import dev.cajal.CajalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
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

  OptionalInt threads() {
    return threads == null ? OptionalInt.empty() : OptionalInt.of(threads);
  }

  /** The folder of a run, of its own; a name that was asked for must be free. */
  Path folder(String data, String suffix) {
    if (name != null) {
      if (name.isBlank() || name.contains("/") || name.contains("\\") || name.startsWith(".")) {
        throw new CajalException("a run can't be called \"%s\"".formatted(name));
      }
      Path folder = out.resolve(name);
      if (isTaken(folder)) {
        throw new CajalException(
            "there is something in %s already: go on with it by './cajal resume %s', or take another --name"
                .formatted(folder, folder));
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
