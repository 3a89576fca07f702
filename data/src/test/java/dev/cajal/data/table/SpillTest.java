package dev.cajal.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cajal.CajalException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpillTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {0, 8, 24, 1 << 20})
  void whatIsKeptIsReadBackWhereverItLies(long room) {
    Spill spill = Spill.of(room, folder);
    var doubles = new double[] {0.1, Double.NaN, -7};
    var ints = new int[] {3, -1, 9};
    List<Spill.Kept> kept =
        List.of(
            spill.keep(ints, 3),
            spill.keep(doubles, 2),
            spill.keep(new float[] {0.5f}, 1),
            spill.keep(doubles, 3));
    doubles[0] = 5;
    ints[0] = 5;
    List<MemorySegment> read = spill.segments(kept);
    spill.close();
    assertThat(read.get(0).toArray(ValueLayout.JAVA_INT)).containsExactly(3, -1, 9);
    assertThat(read.get(1).toArray(ValueLayout.JAVA_DOUBLE)).containsExactly(0.1, Double.NaN);
    assertThat(read.get(2).toArray(ValueLayout.JAVA_FLOAT)).containsExactly(0.5f);
    assertThat(read.get(3).toArray(ValueLayout.JAVA_DOUBLE)).containsExactly(0.1, Double.NaN, -7);
  }

  @Test
  void doublesInTheFileLieWhereTheyCanBeReadAligned() {
    Spill spill = Spill.of(0, folder);
    List<Spill.Kept> kept =
        List.of(spill.keep(new int[] {1}, 1), spill.keep(new double[] {2.5}, 1));
    MemorySegment doubles = spill.segments(kept).get(1);
    spill.close();
    assertThat(doubles.address() % Double.BYTES).isZero();
    assertThat(doubles.getAtIndex(ValueLayout.JAVA_DOUBLE, 0)).isEqualTo(2.5);
  }

  @Test
  void nothingIsLeftInTheFolder() throws IOException {
    Spill spill = Spill.of(0, folder);
    List<MemorySegment> read = spill.segments(List.of(spill.keep(new int[] {4}, 1)));
    spill.close();
    assertThat(read.getFirst().getAtIndex(ValueLayout.JAVA_INT, 0)).isEqualTo(4);
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aFolderThatIsNotThereIsAnErrorWithWords() {
    Spill spill = Spill.of(0, folder.resolve("nowhere"));
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> spill.keep(new int[] {4}, 1))
        .withMessageContaining("nowhere");
  }
}
