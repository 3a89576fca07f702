package dev.cajal.cli;

import dev.cajal.CajalException;
import dev.cajal.data.prepare.Preparation;
import dev.cajal.data.table.Reading;
import dev.cajal.data.table.Table;
import dev.cajal.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A table that somebody names: a file, or standard input, which is put into a file for a while. */
final class Input implements AutoCloseable {
  private final Path file;
  private final boolean isOurs;

  Input(String name) {
    this.isOurs = name.equals("-");
    if (!isOurs) {
      this.file = Path.of(name);
      return;
    }
    try {
      this.file = Files.createTempFile("standard-input", ".csv");
      Files.copy(System.in, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CajalException("can't keep standard input: " + WholeFile.why(e), e);
    }
  }

  /** Its rows, read as what a model was trained on. */
  Table table(Preparation preparation) {
    Table table = Table.read(file, preparation.reading(Reading.usual()));
    return isOurs ? new Table("standard input", table.columns()) : table;
  }

  @Override
  public void close() {
    if (isOurs) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // It is in the folder for temporary files, which somebody else tidies.
      }
    }
  }
}
