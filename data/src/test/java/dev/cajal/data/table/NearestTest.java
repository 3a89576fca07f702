package dev.cajal.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> NAMES = List.of("sepal_length", "price", "Age");

  @Test
  void aSlipIsSeenThrough() {
    assertThat(Nearest.of("sepal_lenght", NAMES)).contains("sepal_length");
    assertThat(Nearest.of("pric", NAMES)).contains("price");
    assertThat(Nearest.of("age", NAMES)).contains("Age");
  }

  @Test
  void somethingElseIsNotTakenForASlip() {
    assertThat(Nearest.of("colour", NAMES)).isEmpty();
    assertThat(Nearest.of("x", List.of())).isEmpty();
  }
}
