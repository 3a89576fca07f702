package dev.cajal.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The seconds are those that {@code date --utc --date=… +%s} gives. */
class DatesTest {
  private static double seconds(Dates order, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return order.parse(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @CsvSource({
    "YEAR_FIRST, 1970-01-01, 0",
    "YEAR_FIRST, 1969-12-31, -86400",
    "YEAR_FIRST, 2024-01-31, 1706659200",
    "YEAR_FIRST, 2024/1/31, 1706659200",
    "YEAR_FIRST, 2024.01.31, 1706659200",
    "YEAR_FIRST, 2024-01, 1704067200",
    "YEAR_FIRST, 2024-02-29, 1709164800",
    "YEAR_FIRST, 2024-01-31 09:30, 1706693400",
    "YEAR_FIRST, 2024-01-31T09:30:15, 1706693415",
    "YEAR_FIRST, 2024-01-31T09:30:15.987, 1706693415",
    "YEAR_FIRST, 2024-01-31T09:30:15Z, 1706693415",
    "YEAR_FIRST, 2024-01-31T09:30Z, 1706693400",
    "YEAR_FIRST, 2024-01-31T09:30:15.5+02:00, 1706686215",
    "YEAR_FIRST, 2024-01-31 09:30:15+00, 1706693415",
    "YEAR_FIRST, 2024-01-31 09:30:15-0530, 1706713215",
    "DAY_FIRST, 31.01.2024, 1706659200",
    "DAY_FIRST, 31/1/2024, 1706659200",
    "DAY_FIRST, 31-01-2024 09:30, 1706693400",
    "MONTH_FIRST, 01/31/2024, 1706659200",
    "MONTH_FIRST, 1/31/2024 09:30:15, 1706693415"
  })
  void momentsAreSecondsSince1970(Dates order, String text, double seconds) {
    assertThat(seconds(order, text)).isEqualTo(seconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2024",
        "2024-",
        "2024-13-01",
        "2024-00-01",
        "2023-02-29",
        "2024-01-32",
        "2024-01/31",
        "2024-01-31T",
        "2024-01-31 24:00",
        "2024-01-31 09",
        "2024-01-31 09:60",
        "2024-01-31 09:30:61",
        "2024-01-31 09:30 CET",
        "2024-01-31Z",
        "0900-01-01",
        "2024.01",
        "1234.5",
        "31.01.2024",
        "a-b-c",
        "2024-01-31x"
      })
  void whatIsNoDateIsNone(String text) {
    assertThat(seconds(Dates.YEAR_FIRST, text)).isNaN();
  }

  @Test
  void theOrderIsTheOneThatMostFit() {
    assertThat(Dates.of(List.of("01/02/2024", "13/02/2024"))).contains(Dates.DAY_FIRST);
    assertThat(Dates.of(List.of("01/02/2024", "02/13/2024"))).contains(Dates.MONTH_FIRST);
    assertThat(Dates.of(List.of("2024-05-06"))).contains(Dates.YEAR_FIRST);
    assertThat(Dates.of(List.of("2024-05-06", "2024-05-07", "unknown"))).contains(Dates.YEAR_FIRST);
  }

  @Test
  void theDayComesFirstWhereBothOrdersAreAsGood() {
    assertThat(Dates.of(List.of("01/02/2024", "03/04/2024"))).contains(Dates.DAY_FIRST);
  }

  @Test
  void cellsOfWhichHalfAreDatesHaveNoOrder() {
    assertThat(Dates.of(List.of("2024-05-06", "x"))).isEmpty();
    assertThat(Dates.of(List.of())).isEmpty();
  }

  @Test
  void aMomentIsWrittenAsADayUnlessItHasATime() {
    assertThat(Dates.text(1706659200)).isEqualTo("2024-01-31");
    assertThat(Dates.text(1706693415)).isEqualTo("2024-01-31T09:30:15");
    assertThat(Dates.text(-86400)).isEqualTo("1969-12-31");
  }
}
