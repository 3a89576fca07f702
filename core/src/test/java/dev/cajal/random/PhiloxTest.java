package dev.cajal.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.testing.Golden;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhiloxTest {

  /** From {@code tests/kat_vectors} of Random123, the library of the paper's authors. */
  @ParameterizedTest
  @CsvSource({
    "00000000 00000000 00000000 00000000, 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
    "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0, d16cfe09 94fdcceb 5001e420 24126ea1"
  })
  void knownAnswersAreGiven(String counter, String key, String expected) {
    int[] c = words(counter);
    int[] k = words(key);
    int[] found = new int[6];

    Philox.block(pair(k[0], k[1]), pair(c[0], c[1]), pair(c[2], c[3]), found, 1);

    int[] e = words(expected);
    assertThat(found).containsExactly(0, e[0], e[1], e[2], e[3], 0);
  }

  /** From an independent transcription in Python; see {@code make_golden.py}. */
  @Test
  void blocksAreThoseOfAnIndependentTranscription() {
    int checked = 0;
    for (Golden golden : Golden.cases("philox.json")) {
      if (golden.options().get("rounds").asInt() == 10) {
        int[] c = words(golden, "inputs", "counter");
        int[] k = words(golden, "inputs", "key");
        int[] found = new int[4];
        Philox.block(pair(k[0], k[1]), pair(c[0], c[1]), pair(c[2], c[3]), found, 0);
        assertThat(found).isEqualTo(words(golden, "outputs", "y"));
        checked++;
      }
    }
    assertThat(checked).isEqualTo(16);
  }

  @Test
  void oneWordIsThatOfTheBlock() {
    int[] block = new int[4];
    for (long counter = -50; counter < 50; counter++) {
      Philox.block(3 * counter, counter, counter << 40, block, 0);
      for (int index = 0; index < 4; index++) {
        assertThat(Philox.word(3 * counter, counter, counter << 40, index)).isEqualTo(block[index]);
      }
    }
  }

  private static int[] words(String hexadecimal) {
    return Stream.of(hexadecimal.split(" ")).mapToInt(HexFormat::fromHexDigits).toArray();
  }

  private static long pair(int low, int high) {
    return Integer.toUnsignedLong(low) | ((long) high << 32);
  }

  private static int[] words(Golden golden, String group, String name) {
    double[] numbers = Objects.requireNonNull(golden.group(group).get(name)).toDoubles();
    return Arrays.stream(numbers).mapToInt(number -> (int) (long) number).toArray();
  }
}
