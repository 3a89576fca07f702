package dev.cajal.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
  private static final int CORES = 6;

  @Test
  void whoAsksForAsManyThreadsSharesTheWorkers() {
    assertThat(Workers.of(3)).isSameAs(Workers.of(3)).isNotSameAs(Workers.of(4));
    assertThat(Workers.of(3).count()).isEqualTo(3);
    assertThat(Workers.of(1).count()).isEqualTo(1);
  }

  @Test
  void thereIsALimitToTheNumberOfThreads() {
    assertThatThrownBy(() -> Workers.of(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the number of threads must be from 1 to 1024, not 0");
    assertThatThrownBy(() -> Workers.of(1025)).isInstanceOf(IllegalArgumentException.class);
    assertThatCode(() -> Workers.of(1024)).doesNotThrowAnyException();
  }

  @Test
  void withoutASettingThereIsAThreadForEachCore() {
    assertThat(Workers.threads(Optional.empty(), CORES)).isEqualTo(CORES);
    assertThat(Workers.threads(Optional.of(""), CORES)).isEqualTo(CORES);
    assertThat(Workers.threads(Optional.of("  "), CORES)).isEqualTo(CORES);
    assertThat(Workers.threads(Optional.empty(), 5000)).isEqualTo(1024);
  }

  @Test
  void theSettingCountsWhateverTheCores() {
    assertThat(Workers.threads(Optional.of("1"), CORES)).isEqualTo(1);
    assertThat(Workers.threads(Optional.of(" 17 "), CORES)).isEqualTo(17);
    assertThat(Workers.threads(Optional.of("1024"), CORES)).isEqualTo(1024);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zero", "0", "-1", "abc", "2.5", "1025", "99999999999", "2 4"})
  void aWrongSettingIsRefusedByName(String setting) {
    assertThatThrownBy(() -> Workers.threads(Optional.of(setting), CORES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "CAJAL_THREADS is \"%s\": it must be a number of threads from 1 to 1024, or unset for"
                    .formatted(setting)
                + " one per core (6)");
  }
}
