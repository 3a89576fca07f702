package dev.cajal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cajal.CajalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir private Path folder;

  @Test
  void aFileIsReplacedAndNothingIsLeftBeside() throws IOException {
    Path file = folder.resolve("file");
    WholeFile.write(file, "first");
    WholeFile.write(file, "second");
    assertThat(file).hasContent("second");
    try (var all = Files.list(folder)) {
      assertThat(all).containsExactly(file);
    }
  }

  @Test
  void whatFailsLeavesWhatWasThere() throws IOException {
    Path file = folder.resolve("file");
    WholeFile.write(file, "first");
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() ->
            WholeFile.write(
                file,
                out -> {
                  out.write(new byte[1 << 20]);
                  throw new IOException("No space left on device");
                }))
        .withMessage("can't write " + file + ": No space left on device");
    assertThat(file).hasContent("first");
    try (var all = Files.list(folder)) {
      assertThat(all).containsExactly(file);
    }
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path file = folder.resolve("none").resolve("file");
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> WholeFile.write(file, ""))
        .withMessage("can't write " + file + ": there is no such folder");
  }

  @Test
  void anInterruptWaitsUntilItIsWritten() throws IOException {
    Path file = folder.resolve("interrupted");
    var tries = new AtomicInteger();
    WholeFile.write(
        file,
        out -> {
          if (tries.incrementAndGet() <= 2) {
            Thread.currentThread().interrupt();
          }
          out.write(new byte[1 << 17]);
        });
    assertThat(tries).hasValue(3);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Files.size(file)).isEqualTo(1 << 17);
  }
}
