package dev.cajal.data.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BuiltInTest {

  @ParameterizedTest
  @EnumSource
  void allDataIsFoundByItsName(BuiltIn data) {
    assertThat(BuiltIn.named(data.title())).isEqualTo(data);
    assertThat(data.title()).matches("[a-z]+");
    assertThat(data.description()).isNotBlank();
  }

  @Test
  void anUnknownNameIsAnsweredByThoseThereAre() {
    assertThatThrownBy(() -> BuiltIn.named("spiral"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no built-in data is called \"spiral\"; there are digits, spirals, moons, circles,"
                + " blobs, xor, waves");
  }
}
