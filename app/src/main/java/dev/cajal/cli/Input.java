package dev.cajal.cli;

import dev.cajal.CajalException;
import dev.cajal.data.builtin.BuiltIn;
import dev.cajal.data.builtin.BuiltInTables;
import dev.cajal.data.model.TableModel;
import dev.cajal.data.table.Reading;
import dev.cajal.data.table.Table;
import dev.cajal.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A table that somebody names: a file, built-in data, or standard input, which is put into a file
 * for a while.
 */
final class Input implements AutoCloseable {
  private final String name;
  private final @Nullable Path folder;
  private final Path file;

  Input(String name) {
    this.name = name;
    if (!name.equals("-")) {
      this.folder = null;
      this.file = Path.of(name);
      return;
    }
    try {
      this.folder = Files.createTempDirectory("cajal");
      // It is called so where something is wrong with it.
      this.file = folder.resolve("standard input");
      Files.copy(System.in, file);
    } catch (IOException e) {
      throw new CajalException("can't keep standard input: " + WholeFile.why(e), e);
    }
  }

  /** Its rows, read as what a model was trained on. */
  Table table(TableModel model) {
    if (isBuiltIn()) {
      return BuiltInTables.of(BuiltIn.named(name), Models.otherSeed(model.network()));
    }
    return Table.read(file, model.preparation().reading(Reading.usual()));
  }

  private boolean isBuiltIn() {
    return !Files.exists(file)
        && !name.equals(BuiltIn.DIGITS.title())
        && Arrays.stream(BuiltIn.values()).anyMatch(it -> it.title().equals(name));
  }

  @Override
  public void close() {
    if (folder != null) {
      try {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
      } catch (IOException e) {
        // It is in the folder for temporary files, which somebody else tidies.
      }
    }
  }
}
