package dev.cajal.cli;

import dev.cajal.CajalException;
import dev.cajal.json.At;
import dev.cajal.nn.SavedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Models in the folders of runs, where people look for them. */
final class Models {
  private static final String MODEL = "model.json";

  private Models() {}

  static SavedModel read(Path folder) {
    requireFolder(folder, MODEL);
    if (Files.exists(folder.resolve(MODEL))) {
      return SavedModel.read(folder);
    }
    if (Files.exists(folder.resolve(RunFile.NAME))) {
      throw new CajalException(
          "there is no model in %s yet: './cajal resume %s' goes on with its training"
              .formatted(folder, folder));
    }
    throw new CajalException(
        "there is no model in %s: no %s%s".formatted(folder, MODEL, others(folder, MODEL)));
  }

  /** Refuses what is no folder; those who look for a file in it are told where there is one. */
  static void requireFolder(Path folder, String file) {
    if (!Files.exists(folder)) {
      throw new CajalException("there is no folder %s%s".formatted(folder, others(folder, file)));
    }
    if (!Files.isDirectory(folder)) {
      throw new CajalException(
          "%s is a file; the folder of a run is expected, such as runs/iris".formatted(folder));
    }
  }

  /** A seed that gives other built-in data than those that a model learned from. */
  static long otherSeed(SavedModel model) {
    return 1 + At.top(model.about()).find("made").map(made -> made.get("seed").asLong()).orElse(0L);
  }

  /** Where there is such a file: in folders within a folder, or beside it. */
  static String others(Path folder, String file) {
    String within = having(file, folder);
    return within.isEmpty() ? having(file, folder.resolveSibling("")) : within;
  }

  private static String having(String file, Path folder) {
    if (!Files.isDirectory(folder)) {
      return "";
    }
    try (var files = Files.list(folder)) {
      List<String> all =
          files
              .filter(each -> Files.exists(each.resolve(file)))
              .map(Path::toString)
              .sorted()
              .limit(8)
              .toList();
      return all.isEmpty() ? "" : "; look in " + String.join(", ", all);
    } catch (IOException e) {
      return "";
    }
  }
}
