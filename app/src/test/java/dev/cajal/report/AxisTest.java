package dev.cajal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {

  @ParameterizedTest
  @CsvSource({
    "0, 1, '0 0.2 0.4 0.6 0.8 1.0'",
    "0.37, 0.96, '0.2 0.4 0.6 0.8 1.0'",
    "-3, 4, '−4 −2 0 2 4'",
    "0, 123456, '0 50,000 100,000 150,000'",
    "5, 5, '4.4 4.6 4.8 5.0 5.2 5.4 5.6'",
    "0, 0, '−1.0 −0.5 0 0.5 1.0'",
    "0, 3e-9, '0 10⁻⁹ 2×10⁻⁹ 3×10⁻⁹'"
  })
  void ticksAreRoundAndEncloseTheNumbers(double low, double high, String ticks) {
    Axis axis = Axis.around(low, high, 5);

    assertThat(axis.ticks())
        .extracting(tick -> tick.label().replace(" ", ""))
        .containsExactly(ticks.split(" "));
    assertThat(axis.low()).isLessThanOrEqualTo(low);
    assertThat(axis.high()).isGreaterThanOrEqualTo(high);
  }

  @Test
  void aWideRangeHasPowersOfTen() {
    Axis axis = Axis.logarithmic(0.0012, 73);

    assertThat(axis.ticks())
        .extracting(Axis.Tick::label)
        .containsExactly("0.001", "0.01", "0.1", "1", "10", "100");
    assertThat(axis.part(1) - axis.part(0.1))
        .isEqualTo(axis.part(10) - axis.part(1), within(1e-12));
  }

  @Test
  void epochsAreWholeAndBeginWithTheFirst() {
    assertThat(Axis.whole(1, 180, 6).ticks())
        .extracting(Axis.Tick::label)
        .containsExactly("1", "50", "100", "150");
    assertThat(Axis.whole(1, 3, 6).ticks())
        .extracting(Axis.Tick::label)
        .containsExactly("1", "2", "3");
    assertThat(Axis.whole(1, 1, 6).ticks()).extracting(Axis.Tick::label).containsExactly("1");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.5, 0.5",
    "0.123456, 0.1235",
    "-0.00001234, '−1.234 × 10⁻⁵'",
    "1234.5, '1,235'",
    "100000000, 10⁸",
    "NaN, NaN",
    "-Infinity, −∞"
  })
  void numbersHaveFourDigitsThatCount(double number, String text) {
    assertThat(Numbers.brief(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 100%",
    "0, 0%",
    "0.9999, '> 99.9%'",
    "0.0001, '< 0.1%'",
    "0.9667, 96.7%",
    "NaN, NaN"
  })
  void onlyAllIsAHundredPercent(double part, String text) {
    assertThat(Numbers.percent(part)).isEqualTo(text);
  }
}
