package dev.cajal.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cajal.CajalException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
  @TempDir private Path folder;

  private static Table table() {
    return new Table(
        "it.csv",
        List.of(Numbers.of("age", 1, Double.NaN, 3), Words.of("colour", "red", "", "red")));
  }

  @Test
  void aWrongNameIsAnsweredWithTheNearest() {
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> table().column("color"))
        .withMessage(
            "column \"color\" is not in it.csv; did you mean \"colour\"? it has age, colour");
  }

  @Test
  void ofVeryManyNamesSomeAreListed() {
    List<Column> columns =
        IntStream.range(0, 30).<Column>mapToObj(i -> Numbers.of("n" + i, 1)).toList();
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> new Table("it.csv", columns).column("quite another"))
        .withMessageEndingWith("n8, n9 and 20 more");
  }

  @Test
  void columnsOfDifferentLengthsMakeNoTable() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Table("it", List.of(Numbers.of("a", 1), Numbers.of("b", 1, 2))))
        .withMessageContaining("\"b\" has 2 rows, and \"a\" has 1");
  }

  @Test
  void columnsCanBeLeftOutIfTheyAreThere() {
    assertThat(table().without(List.of("age")).names()).containsExactly("colour");
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> table().without(List.of("agee")))
        .withMessageContaining("did you mean \"age\"?");
  }

  @Test
  void columnsKnowTheirGaps() {
    assertThat(table().column("age").missing()).isEqualTo(1);
    assertThat(table().column("colour").firstMissing()).hasValue(1);
    assertThat(((Words) table().column("colour")).counts()).containsExactly(2);
    assertThat(table().column("age").named("years").name()).isEqualTo("years");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Columns of numbers and of words, put together piece by piece. */
  private List<Column> built(long room, int rows) {
    Spill spill = Spill.of(room, folder);
    var numbers =
        new ColumnBuilder.OfNumbers(
            spill, (bytes, from, to) -> Decimal.parse(bytes, from, to, '.'), false);
    var words = new ColumnBuilder.OfWords(spill);
    for (int i = 0; i < rows; i++) {
      byte[] number = bytes(i % 5000 == 3 ? "NA" : Double.toString(i / 7.0));
      numbers.add(number, 0, number.length);
      byte[] word = bytes(i % 3000 == 1 ? "" : "w" + i % 11);
      words.add(word, 0, word.length);
    }
    List<Column> columns =
        Columns.of(List.of("w", "n"), new ColumnBuilder[] {words, numbers}, spill);
    spill.close();
    return columns;
  }

  @Test
  void whatIsSpilledIntoAFileIsTheSame() {
    int rows = 150_001;
    List<Column> held = built(1L << 40, rows);
    for (long room : new long[] {0, 1, 300_000, 1_000_000}) {
      List<Column> spilled = built(room, rows);
      for (int i = 0; i < rows; i++) {
        assertThat(spilled.get(0).text(i)).isEqualTo(held.get(0).text(i));
        assertThat(spilled.get(1).text(i)).isEqualTo(held.get(1).text(i));
      }
      assertThat(spilled.get(1).missing()).isEqualTo(30);
      assertThat(held.get(1).text(7)).isEqualTo("1");
    }
  }

  @Test
  void wordsThatNumbersAreWrittenAsAreTold() {
    assertThat(List.of("1", "-3", "2.5", "1.0E300")).allMatch(Numbers::isText);
    assertThat(List.of("1.0", "007", "x", "", "NaN", "+1")).noneMatch(Numbers::isText);
  }
}
