package dev.cajal.cli;

import dev.cajal.CajalException;
import dev.cajal.DamagedFileException;
import dev.cajal.files.WholeFile;
import dev.cajal.json.At;
import dev.cajal.json.Json;
import dev.cajal.json.JsonArray;
import dev.cajal.json.JsonObject;
import dev.cajal.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * How a run was begun, so that it can be gone on with: the words of the command, and the folder
 * that paths in it start from.
 */
record RunFile(List<String> arguments, Path directory) {
  static final String NAME = "run.json";

  RunFile {
    arguments = List.copyOf(arguments);
  }

  /** Of a command that is given now. */
  static RunFile now(List<String> arguments) {
    return new RunFile(arguments, Path.of("").toAbsolutePath());
  }

  void write(Path folder) {
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null && Files.isRegularFile(parent)) {
      throw new CajalException(
          "%s is a file; runs are kept in a folder".formatted(folder.getParent()));
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new CajalException(
          "can't make the folder %s: %s".formatted(folder, WholeFile.why(e)), e);
    }
    JsonObject all =
        JsonObject.empty()
            .with(
                "arguments", new JsonArray(arguments.stream().<Json>map(JsonString::new).toList()))
            .with("directory", directory.toString());
    WholeFile.write(folder.resolve(NAME), all.pretty() + "\n");
  }

  static RunFile read(Path folder) {
    Models.requireFolder(folder, NAME);
    Path file = folder.resolve(NAME);
    try {
      At at = At.top(Json.parse(Files.readString(file))).only("arguments", "directory");
      return new RunFile(
          at.get("arguments").list(At::asString), Path.of(at.get("directory").asString()));
    } catch (NoSuchFileException e) {
      throw new CajalException(
          "there is no run in %s: no %s%s".formatted(folder, NAME, Models.others(folder, NAME)), e);
    } catch (IOException e) {
      throw new CajalException("can't read %s: %s".formatted(file, WholeFile.why(e)), e);
    } catch (DamagedFileException e) {
      throw e.in(file.toString());
    }
  }
}
