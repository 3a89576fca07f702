package dev.cajal.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DialectTest {
  private static Dialect of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Dialect.of(bytes, bytes.length);
  }

  @Test
  void commasSeparate() {
    assertThat(of("a,b c,d\n1,2 3,4\n")).isEqualTo(new Dialect(',', '.'));
  }

  @Test
  void semicolonsSeparateNumbersWithCommas() {
    assertThat(of("a;b\n1,5;2,25\n3,5;4,0\n")).isEqualTo(new Dialect(';', ','));
  }

  @Test
  void semicolonsSeparateNumbersWithCommasThatHaveNoNames() {
    assertThat(of("1,5;2,5;3,5\n1,6;2,6;3,6\n")).isEqualTo(new Dialect(';', ','));
  }

  @Test
  void numbersWithCommasMayBeQuoted() {
    assertThat(of("\"a\";\"b\"\n\"1,5\";\"2,5\"\n")).isEqualTo(new Dialect(';', ','));
  }

  @Test
  void semicolonsSeparateNumbersWithPoints() {
    assertThat(of("a;b\n1.5;2\n3.5;4\n")).isEqualTo(new Dialect(';', '.'));
  }

  @Test
  void tabsBarsAndSpacesSeparate() {
    assertThat(of("a\tb, c\n1\t2\n").separator()).isEqualTo('\t');
    assertThat(of("a|b\n1|2\n").separator()).isEqualTo('|');
    assertThat(of("  a   b\n 10   2 \n").separator()).isEqualTo(' ');
  }

  @Test
  void separatorsAndLineBreaksInQuotesSeparateNothing() {
    assertThat(of("a,b\n\"x;y\n;z\",1\n\"u;v;w\",2\n").separator()).isEqualTo(',');
  }

  @Test
  void oneColumnOfSentencesIsOneColumn() {
    assertThat(of("text\nAll is well\nIt rains\n").separator()).isEqualTo(',');
  }

  @Test
  void aSingleLineNeedsNoEnd() {
    assertThat(of("1;2;3")).isEqualTo(new Dialect(';', '.'));
  }
}
