package dev.cajal.engine.cpu.gemm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.testing.Property;
import org.junit.jupiter.api.Test;

class SplitTest {
  private static final int GRAIN = 32;

  @Test
  void thePartsCoverTheProductOnce() {
    Property.holds(
        300,
        choices -> {
          int m = choices.between(0, 100);
          int n = choices.between(0, 300);
          Split split = Split.of(m, n, choices.between(1, 20), GRAIN);
          var covered = new int[m][n];
          for (int p = 0; p < split.parts(); p++) {
            for (int i = split.rowFrom(p); i < split.rowTo(p); i++) {
              for (int j = split.columnFrom(p); j < split.columnTo(p); j++) {
                covered[i][j]++;
              }
            }
          }
          for (int[] row : covered) {
            assertThat(row).as(split.toString()).containsOnly(1);
          }
        });
  }

  @Test
  void thereAreNoMorePartsThanWorkers() {
    for (int workers = 1; workers < 40; workers++) {
      assertThat(Split.of(1000, 1000, workers, GRAIN).parts()).isLessThanOrEqualTo(workers);
    }
  }

  @Test
  void fewRowsAreNotDividedAndManyAre() {
    assertThat(Split.of(7, 512, 2, GRAIN))
        .extracting(Split::rowParts, Split::columnParts)
        .containsExactly(1, 2);
    assertThat(Split.of(2048, 128, 2, GRAIN))
        .extracting(Split::rowParts, Split::columnParts)
        .containsExactly(2, 1);
    assertThat(Split.of(512, 512, 4, GRAIN))
        .extracting(Split::rowParts, Split::columnParts)
        .containsExactly(2, 2);
  }
}
