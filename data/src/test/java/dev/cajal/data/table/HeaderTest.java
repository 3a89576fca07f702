package dev.cajal.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeaderTest {
  private static boolean isThere(String... lines) {
    List<List<String>> rows =
        Arrays.stream(lines).map(line -> List.of(line.split(",", -1))).toList();
    return Header.isThere(rows, '.');
  }

  @Test
  void aWordAboveNumbersIsAName() {
    assertThat(isThere("name,age", "Ann,31", "Ann,32")).isTrue();
  }

  @Test
  void aWordAboveDatesIsAName() {
    assertThat(isThere("who,when", "Ann,2024-01-01", "who,2024-01-02")).isTrue();
  }

  @Test
  void aNumberIsNoName() {
    assertThat(isThere("sepal,3", "5.1,3", "4.9,2")).isFalse();
  }

  @Test
  void aDateIsNoName() {
    assertThat(isThere("a,2024-01-01", "b,x")).isFalse();
  }

  @Test
  void amongWordsAFirstRowThatComesUpAgainHasNoNames() {
    assertThat(isThere("red,yes", "blue,no", "red,no")).isFalse();
  }

  @Test
  void amongWordsAFirstRowThatComesUpNoMoreHasNames() {
    assertThat(isThere("colour,ripe", "blue,no", "red,no")).isTrue();
  }

  @Test
  void wordsThatAreTwiceInTheFirstRowAreNoNamesOfWords() {
    assertThat(isThere("red,red", "blue,green", "green,blue")).isFalse();
  }

  @Test
  void namesThatAreTwiceAboveNumbersAreNamesToBeComplainedAbout() {
    assertThat(isThere("a,a", "1,2", "3,4")).isTrue();
  }

  @Test
  void severalColumnsMayHaveNoName() {
    assertThat(isThere(",,b", "1,2,x", "2,3,y")).isTrue();
  }

  @Test
  void aMissingValueAboveNumbersIsNoName() {
    assertThat(isThere("NA,cat", "3,dog", "4,cat")).isFalse();
    assertThat(isThere("?,-", "3,1", "4,2")).isFalse();
  }

  @Test
  void aRowAloneHasNamesIfNoneIsANumber() {
    assertThat(isThere("a,b")).isTrue();
    assertThat(isThere("a,1")).isFalse();
  }
}
