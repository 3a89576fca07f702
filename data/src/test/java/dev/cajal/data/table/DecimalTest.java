package dev.cajal.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
  private static String digits(SplittableRandom random, int most) {
    var text = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      text.append(random.nextInt(3) == 0 ? 0 : random.nextInt(10));
    }
    return text.toString();
  }

  private static String number(SplittableRandom random) {
    String whole = digits(random, 22);
    String decimals = random.nextBoolean() ? "." + digits(random, 22) : "";
    String sign = new String[] {"", "-", "+"}[random.nextInt(3)];
    String exponent =
        random.nextInt(3) > 0
            ? ""
            : (random.nextBoolean() ? "e" : "E")
                + new String[] {"", "-", "+"}[random.nextInt(3)]
                + random.nextInt(340);
    return sign + (whole + decimals).replaceAll("^\\.?$", "0") + exponent;
  }

  @Test
  void aHundredThousandNumbersAreWhatTheJdkReads() {
    long seed = 11;
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 100_000; i++) {
      String text = number(random);
      double wanted = Double.parseDouble(text);
      assertThat(Double.doubleToLongBits(Decimal.parse(text, '.')))
          .as("%s (seed %d, number %d)", text, seed, i)
          .isEqualTo(Double.doubleToLongBits(Double.isInfinite(wanted) ? Double.NaN : wanted));
    }
  }

  @Test
  void shortNumbersAreWhatTheJdkReads() {
    var random = new SplittableRandom(12);
    for (int i = 0; i < 20_000; i++) {
      String text = random.nextInt(-9999, 9999) + "." + random.nextInt(100_000);
      assertThat(Decimal.parse(text, '.')).as(text).isEqualTo(Double.parseDouble(text));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+",
        ".",
        "-.",
        "e5",
        "1e",
        "1e+",
        "1.2.3",
        "1,5",
        "0x10",
        "1d",
        "1f",
        "1 2",
        "NaN",
        "Infinity",
        "--1",
        "1e1.5",
        "1_000",
        "1e999",
        "-1e999"
      })
  void whatIsNoNumberIsNone(String text) {
    assertThat(Decimal.parse(text, '.')).isNaN();
  }

  @Test
  void aCommaMayStandBeforeDecimalsAndThenAPointMayNot() {
    assertThat(Decimal.parse("-3,25", ',')).isEqualTo(-3.25);
    assertThat(Decimal.parse("1234567890123456789,5", ','))
        .isEqualTo(Double.parseDouble("1234567890123456789.5"));
    assertThat(Decimal.parse("3.25", ',')).isNaN();
  }

  @Test
  void onlyTheBytesBetweenTheBordersCount() {
    byte[] bytes = "9912.599".getBytes(StandardCharsets.UTF_8);
    assertThat(Decimal.parse(bytes, 2, 6, '.')).isEqualTo(12.5);
  }
}
