package dev.cajal.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cajal.CajalException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CsvScannerTest {
  private static List<List<String>> rows(String text, char separator, int size) {
    var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    var scanner = new CsvScanner(in, "it.csv", separator, size);
    var rows = new ArrayList<List<String>>();
    while (scanner.next()) {
      rows.add(IntStream.range(0, scanner.cells()).mapToObj(scanner::text).toList());
    }
    return rows;
  }

  private static List<List<String>> rows(String text) {
    return rows(text, ',', 1 << 12);
  }

  private static List<Long> lines(String text) {
    var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    var scanner = new CsvScanner(in, "it.csv", ',', 4);
    var lines = new ArrayList<Long>();
    while (scanner.next()) {
      lines.add(scanner.line());
    }
    return lines;
  }

  @Test
  void commasInQuotesSeparateNothing() {
    assertThat(rows("\"a,b\",c\n")).containsExactly(List.of("a,b", "c"));
  }

  @Test
  void aDoubledQuoteIsOne() {
    assertThat(rows("\"a \"\"b\"\"\",\"\"\"\"\n")).containsExactly(List.of("a \"b\"", "\""));
  }

  @Test
  void lineBreaksInQuotesBelongToTheCell() {
    assertThat(rows("\"a\r\nb\",c\nd,\"e\n\"\n"))
        .containsExactly(List.of("a\r\nb", "c"), List.of("d", "e\n"));
  }

  @Test
  void aQuoteWithinACellIsALetter() {
    assertThat(rows("5\" pipe,a\"b\n")).containsExactly(List.of("5\" pipe", "a\"b"));
  }

  @Test
  void linesEndInAnyOfTheThreeWays() {
    assertThat(rows("a,b\r\nc,d\re,f\ng,h"))
        .containsExactly(
            List.of("a", "b"), List.of("c", "d"), List.of("e", "f"), List.of("g", "h"));
  }

  @Test
  void theLastLineNeedsNoEnd() {
    assertThat(rows("a,b\nc,")).isEqualTo(rows("a,b\nc,\n"));
  }

  @Test
  void blankLinesAreNoRows() {
    assertThat(rows("\n  \na,b\n\n\r\nc,d\n\n"))
        .containsExactly(List.of("a", "b"), List.of("c", "d"));
  }

  @Test
  void emptyCellsAreCells() {
    assertThat(rows(",\n\"\",,\n")).containsExactly(List.of("", ""), List.of("", "", ""));
  }

  @Test
  void spacesAroundCellsAreLeftOutButNotThoseInQuotes() {
    assertThat(rows(" a , b c ,\" d \" \n")).containsExactly(List.of("a", "b c", " d "));
  }

  @Test
  void anyNumberOfSpacesSeparatesWhereSpacesDo() {
    assertThat(rows("  1   2.5 \"a b\"  \n3 4 c\n", ' ', 64))
        .containsExactly(List.of("1", "2.5", "a b"), List.of("3", "4", "c"));
  }

  @Test
  void tabsSeparateEmptyCellsToo() {
    assertThat(rows("a\t\t b\n", '\t', 64)).containsExactly(List.of("a", "", "b"));
  }

  @Test
  void aRowIsNamedByTheLineThatItBeginsIn() {
    assertThat(lines("a\n\n\"b\n\n\"\nc\r\nd\n")).containsExactly(1L, 3L, 6L, 7L);
  }

  @Test
  void aQuoteThatIsNotClosedIsRefusedWithItsLine() {
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> rows("a,b\nc,\"d\ne,f\n"))
        .withMessageContaining("line 2: a quote is not closed");
  }

  @Test
  void lettersAfterAClosingQuoteAreRefusedWithTheirLine() {
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> rows("a,b\n\"c\"d,e\n"))
        .withMessageContaining("line 2")
        .withMessageContaining("a quote in a quoted cell is doubled");
  }

  @Test
  void moreCellsThanThereIsRoomForAtFirstAreFound() {
    List<String> cells = IntStream.range(0, 1000).mapToObj(i -> "\"" + i + "\"\"\"").toList();
    assertThat(rows(String.join(",", cells)).getFirst())
        .isEqualTo(IntStream.range(0, 1000).mapToObj(i -> i + "\"").toList());
  }

  private static String cell(SplittableRandom random) {
    String[] letters = {"a", "\"", ",", "\n", "\r\n", " b", "ü", "1", "字"};
    var cell = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      cell.append(letters[random.nextInt(letters.length)]);
    }
    return cell.append('.').toString();
  }

  /** As RFC 4180 says. */
  private static String quoted(String cell, SplittableRandom random) {
    return cell.matches("(?s).*[\",\r\n].*") || cell.startsWith(" ") || random.nextBoolean()
        ? "\"" + cell.replace("\"", "\"\"") + "\""
        : cell;
  }

  @Test
  void whatIsWrittenIsReadWhereverTheBufferEnds() {
    for (int seed = 0; seed < 200; seed++) {
      var random = new SplittableRandom(seed);
      var wanted = new ArrayList<List<String>>();
      var text = new StringBuilder();
      for (int row = 0; row < 12; row++) {
        var cells = new ArrayList<String>();
        var written = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
          cells.add(cell(random));
          written.add(quoted(cells.getLast(), random));
        }
        wanted.add(cells);
        text.append(String.join(",", written)).append(random.nextBoolean() ? "\n" : "\r\n");
      }
      for (int size : new int[] {1, 2, 3, 7, 16, 61, 1 << 12}) {
        assertThat(rows(text.toString(), ',', size))
            .as("seed %d, a buffer of %d bytes", seed, size)
            .isEqualTo(wanted);
      }
    }
  }
}
