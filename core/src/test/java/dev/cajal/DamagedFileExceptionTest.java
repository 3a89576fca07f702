package dev.cajal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DamagedFileExceptionTest {

  @Test
  void theMessageSaysWhereFromTheOutsideIn() {
    var inner = new DamagedFileException("line 3, column 7", "expected a value, found ']'");
    assertThat(inner.in("model.json"))
        .isInstanceOf(CajalException.class)
        .hasMessage("model.json: line 3, column 7: expected a value, found ']'")
        .hasCause(inner);
  }
}
