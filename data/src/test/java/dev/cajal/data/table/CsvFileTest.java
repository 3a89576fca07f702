package dev.cajal.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cajal.CajalException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {
  @TempDir private Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("it.csv"), bytes);
  }

  private Table read(String text, Reading reading) throws IOException {
    return Table.read(file(text.getBytes(StandardCharsets.UTF_8)), reading);
  }

  private Table read(String text) throws IOException {
    return read(text, Reading.usual());
  }

  private void assertRefused(String text, String... parts) throws IOException {
    assertRefused(text.getBytes(StandardCharsets.UTF_8), parts);
  }

  private void assertRefused(byte[] bytes, String... parts) throws IOException {
    Path file = file(bytes);
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> Table.read(file))
        .withMessageContainingAll(parts);
  }

  private static Numbers numbers(Table table, String name) {
    assertThat(table.column(name)).isInstanceOf(Numbers.class);
    return (Numbers) table.column(name);
  }

  private static double[] values(Table table, String name) {
    Numbers column = numbers(table, name);
    return IntStream.range(0, column.size()).mapToDouble(column::at).toArray();
  }

  private static String[] texts(Table table, String name) {
    Column column = table.column(name);
    return IntStream.range(0, column.size()).mapToObj(column::text).toArray(String[]::new);
  }

  // The file.

  @Test
  void columnsHaveTheNamesOfTheHeader() throws IOException {
    Table table = read("x, y ,\"a,b\"\n1,2.5,u\n3,-4,v\n");
    assertThat(table.names()).containsExactly("x", "y", "a,b");
    assertThat(table.rows()).isEqualTo(2);
    assertThat(values(table, "y")).containsExactly(2.5, -4);
    assertThat(texts(table, "a,b")).containsExactly("u", "v");
  }

  @Test
  void columnsWithoutNamesAreNumbered() throws IOException {
    assertThat(read("1,2,u\n3,4,v\n").names()).containsExactly("c1", "c2", "c3");
    assertThat(read(",b\n1,2\n3,4\n").names()).containsExactly("c1", "b");
  }

  @Test
  void whetherThereIsAHeaderCanBeSaid() throws IOException {
    assertThat(read("a,b\nc,d\n", Reading.usual().header(false)).rows()).isEqualTo(2);
    assertThat(read("1,2\n3,4\n", Reading.usual().header(true)).names()).containsExactly("1", "2");
  }

  @Test
  void whereColumnsAreKnownTheFirstRowIsAHeaderIfItHasOneOfThem() throws IOException {
    Reading known = Reading.usual().known("c1", Reading.Kind.WORDS).known("c2", Reading.Kind.WORDS);
    assertThat(texts(read("red,yes\n", known), "c1")).containsExactly("red");
    assertThat(texts(read("c2,more\nred,yes\n", known), "c2")).containsExactly("red");
  }

  @Test
  void aSeparatorCanBeSaid() throws IOException {
    Table table = read("a,b;c\n1,5;2\n", Reading.usual().separator(';').header(true));
    assertThat(table.names()).containsExactly("a,b", "c");
    assertThat(values(table, "a,b")).containsExactly(1.5);
  }

  @Test
  void semicolonsAndDecimalCommasAreUnderstood() throws IOException {
    Table table = read("a;b\n1,5;x\n-2,25;y\n");
    assertThat(values(table, "a")).containsExactly(1.5, -2.25);
  }

  @Test
  void numbersWithPointsAmongDecimalCommasAreSlips() throws IOException {
    var text = new StringBuilder("a;b\n");
    IntStream.range(0, 99).forEach(i -> text.append(i).append(",5;x\n"));
    Numbers column = numbers(read(text.append("1.5;x\n").toString()), "a");
    assertThat(column.at(98)).isEqualTo(98.5);
    assertThat(column.isMissing(99)).isTrue();
  }

  @Test
  void tabsBarsAndSpacesAreUnderstood() throws IOException {
    assertThat(values(read("a\tb\n1\t2\n"), "b")).containsExactly(2);
    assertThat(values(read("a|b\n1|2\n"), "b")).containsExactly(2);
    assertThat(values(read("  a    b\n 1    2  \n"), "b")).containsExactly(2);
  }

  @Test
  void theMarkOfUtf8IsNoPartOfTheFirstName() throws IOException {
    assertThat(read("\ufeffa,b\n1,2\n").names()).containsExactly("a", "b");
  }

  @Test
  void aCompressedFileIsRead() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write("\ufeffa,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(values(Table.read(file(out.toByteArray())), "a")).containsExactly(1);
  }

  @Test
  void rowsLongerThanTheBufferAreRead() throws IOException {
    String one = "a\"b,\n".repeat(300_000);
    String other = "c".repeat(1 << 20);
    Table table = read("x,y\n\"%s\",1\n%s,2\nend,3\n".formatted(one.replace("\"", "\"\""), other));
    assertThat(texts(table, "x")).containsExactly(one, other, "end");
    assertThat(values(table, "y")).containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n  \n", "\ufeff"})
  void anEmptyFileIsRefused(String text) throws IOException {
    assertRefused(text, "it.csv is empty");
  }

  @Test
  void aHeaderWithoutRowsIsRefused() throws IOException {
    assertRefused("a,b\n", "it.csv has the names of columns and no rows");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    assertRefused(new byte[] {1, 2, 0, 3}, "it.csv is no text");
  }

  @Test
  void utf16IsRefusedWithAdvice() throws IOException {
    assertRefused("a,b\n1,2\n".getBytes(StandardCharsets.UTF_16), "UTF-16", "iconv");
    assertRefused(new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0}, "UTF-16");
  }

  @Test
  void aRowOfAnotherLengthIsNamedWithItsLine() throws IOException {
    assertRefused(
        "a,b\n1,\"2\n3\"\n\n4,5,6\n", "row 2 of it.csv (line 5) has 3 cells, and the first has 2");
    assertRefused("a,b\n1,2\n3\n", "row 2 of it.csv (line 3) has 1 cells");
  }

  @Test
  void aRowOfAnotherLengthWithoutAHeaderIsNamed() throws IOException {
    assertRefused("1,2\n3,4\n5,6,7\n", "row 3 of it.csv (line 3)");
  }

  @Test
  void namesThatAreTwiceAreRefused() throws IOException {
    assertRefused("a,b,a\n1,2,3\n", "two columns of it.csv are called \"a\"");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> Table.read(folder.resolve("none.csv")))
        .withMessageContaining("none.csv");
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> Table.read(folder))
        .withMessageContaining("is a folder");
  }

  // What columns are.

  @ParameterizedTest
  @ValueSource(strings = {"", "NA", "n/a", "NaN", "null", "?", "#N/A", "-", "--", ".", "None"})
  void amongNumbersManyWordsMeanThatThereIsNone(String word) throws IOException {
    Numbers column = numbers(read("a,b\n1,x\n%s,x\n3,x\n".formatted(word)), "a");
    assertThat(column.isMissing(1)).isTrue();
    assertThat(column.missing()).isEqualTo(1);
    assertThat(column.firstMissing()).hasValue(1);
    assertThat(column.missingText()).isEqualTo(word);
    assertThat(column.at(2)).isEqualTo(3);
  }

  @Test
  void amongWordsNoneIsAWordAndNaIsNot() throws IOException {
    Table table = read("a,b\nnone,1\nNA,2\n-,3\n,4\nmissing,5\n");
    assertThat(texts(table, "a")).containsExactly("none", "", "-", "", "missing");
    assertThat(table.column("a").missing()).isEqualTo(2);
  }

  @Test
  void slipsAmongNumbersAreMissingAndRemembered() throws IOException {
    var text = new StringBuilder("a,b\n");
    IntStream.range(0, 96).forEach(i -> text.append(i).append(",x\n"));
    Numbers column = numbers(read(text + "12o,x\n97,x\noops,x\n98,x\n"), "a");
    assertThat(column.missing()).isEqualTo(2);
    assertThat(column.firstMissing()).hasValue(96);
    assertThat(column.missingText()).isEqualTo("12o");
    assertThat(column.at(97)).isEqualTo(97);
  }

  @Test
  void moreThanAFewSlipsAreWords() throws IOException {
    var text = new StringBuilder("a,b\n");
    IntStream.range(0, 90).forEach(i -> text.append(i).append(",x\n"));
    assertThat(read(text + "u,x\n".repeat(10)).column("a")).isInstanceOf(Words.class);
  }

  @Test
  void numbersThatBecomeWordsFarDownAreReadAgain() throws IOException {
    var text = new StringBuilder("a,b\n");
    IntStream.range(0, 2000).forEach(i -> text.append(i).append(",").append(i).append('\n'));
    IntStream.range(0, 500).forEach(i -> text.append("w").append(i).append(",7\n"));
    Table table = read(text.toString());
    assertThat(table.column("a")).isInstanceOf(Words.class);
    assertThat(table.column("a").text(0)).isEqualTo("0");
    assertThat(table.column("a").text(2499)).isEqualTo("w499");
    assertThat(numbers(table, "b").at(2499)).isEqualTo(7);
  }

  @Test
  void aColumnThatBeginsWithManyGapsIsWhatComesThen() throws IOException {
    var text = new StringBuilder("n,d,w,e,b\n");
    IntStream.range(0, 1500).forEach(i -> text.append(",,,,x\n"));
    IntStream.range(0, 9).forEach(i -> text.append("1.5,2024-01-31,u,,x\n"));
    Table table = read(text.toString());
    assertThat(numbers(table, "n").at(1505)).isEqualTo(1.5);
    assertThat(numbers(table, "n").missing()).isEqualTo(1500);
    assertThat(numbers(table, "d").areDates()).isTrue();
    assertThat(table.column("d").text(1505)).isEqualTo("2024-01-31");
    assertThat(table.column("w")).isInstanceOf(Words.class);
    assertThat(table.column("e").missing()).isEqualTo(1509);
  }

  @Test
  void codesWithLeadingZerosStayWords() throws IOException {
    Table table = read("zip,n\n01099,0\n80331,0.5\n");
    assertThat(texts(table, "zip")).containsExactly("01099", "80331");
    assertThat(values(table, "n")).containsExactly(0, 0.5);
  }

  @Test
  void datesAreMoments() throws IOException {
    Table table = read("a,b,c\n2024-01-31,31.01.2024,1/31/2024 09:30\n,1.2.2024,2/1/2024 00:00\n");
    assertThat(numbers(table, "a").areDates()).isTrue();
    assertThat(values(table, "a")).containsExactly(1706659200, Double.NaN);
    assertThat(values(table, "b")).containsExactly(1706659200, 1706745600);
    assertThat(values(table, "c")).containsExactly(1706693400, 1706745600);
    assertThat(table.column("a").kind()).isEqualTo("dates");
  }

  @Test
  void aDateThatIsNoneIsASlip() throws IOException {
    Table table = read("d,b\n" + "2024-01-31,x\n".repeat(60) + "2024-02-30,x\n");
    assertThat(numbers(table, "d").areDates()).isTrue();
    assertThat(table.column("d").missingText()).isEqualTo("2024-02-30");
  }

  @Test
  void datesWhoseOrderShowsOnlyFarDownAreReadInThatOrder() throws IOException {
    Table table = read("d,b\n" + "01/02/2024,x\n".repeat(1500) + "01/31/2024,x\n".repeat(3));
    assertThat(table.column("d").missing()).isZero();
    assertThat(table.column("d").text(0)).isEqualTo("2024-01-02");
    assertThat(table.column("d").text(1502)).isEqualTo("2024-01-31");
  }

  @Test
  void pricesWithTwoDecimalsAreNoMonths() throws IOException {
    assertThat(values(read("price,b\n1999.10,x\n2450.05,x\n"), "price"))
        .containsExactly(1999.10, 2450.05);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true,False", "yes,no", "N,Y", "t,f", "on,off"})
  void yesAndNoAreFlags(String pair) throws IOException {
    String[] both = pair.split(",", -1);
    Words words = (Words) read("a,b\n%s,1\n%s,2\n".formatted(both[0], both[1])).column("a");
    assertThat(words.areFlags()).isTrue();
    assertThat(words.kind()).isEqualTo("yes or no");
  }

  @Test
  void twoOtherWordsAreNoFlags() throws IOException {
    assertThat(((Words) read("a,b\nred,1\nblue,2\n").column("a")).areFlags()).isFalse();
  }

  @Test
  void aColumnIsWhatItIsKnownToBe() throws IOException {
    Reading known = Reading.usual().known("a", Reading.Kind.WORDS).known("b", Reading.Kind.NUMBERS);
    Table table = read("a,b\n1,u\n2,v\n", known);
    assertThat(texts(table, "a")).containsExactly("1", "2");
    assertThat(values(table, "b")).containsExactly(Double.NaN, Double.NaN);
  }

  @Test
  void numbersAreWrittenWithoutNeedlessDecimals() throws IOException {
    assertThat(texts(read("a,b\n1.0,x\n2.50,x\n-3e2,x\n1e300,x\n"), "a"))
        .containsExactly("1", "2.5", "-300", "1.0E300");
  }

  // Much.

  @Test
  void manyRowsAreAllThere() throws IOException {
    int rows = 70_001;
    var text = new StringBuilder("n,w,d\n");
    IntStream.range(0, rows)
        .forEach(
            i -> text.append(i % 1000 == 7 ? "" : i).append(",w").append(i % 7).append(",x\n"));
    Table table = read(text.toString());
    assertThat(table.rows()).isEqualTo(rows);
    Numbers numbers = numbers(table, "n");
    Column words = table.column("w");
    for (int i = 0; i < rows; i++) {
      assertThat(numbers.at(i)).isEqualTo(Double.valueOf(i % 1000 == 7 ? Double.NaN : i));
      assertThat(words.text(i)).isEqualTo("w" + i % 7);
    }
    assertThat(numbers.missing()).isEqualTo(70);
  }

  @Test
  void exactlyAPieceOfRowsIsRead() throws IOException {
    var text = new StringBuilder("n,w\n");
    IntStream.range(0, 1 << 16).forEach(i -> text.append(i).append(",x\n"));
    Numbers numbers = numbers(read(text.toString()), "n");
    assertThat(numbers.size()).isEqualTo(1 << 16);
    assertThat(numbers.at((1 << 16) - 1)).isEqualTo(65_535);
  }

  @Test
  void veryManyDifferentWordsAreTextOfWhichTheLastShareAPosition() throws IOException {
    int rows = 200_500;
    var text = new StringBuilder("w,n\n");
    IntStream.range(0, rows).forEach(i -> text.append('w').append(i).append(",1\n"));
    text.append("NA,2\nw3,2\n");
    Words words = (Words) read(text.toString()).column("w");
    assertThat(words.areAllKnown()).isFalse();
    assertThat(words.values()).hasSize(200_001);
    assertThat(words.text(199_999)).isEqualTo("w199999");
    assertThat(words.code(200_000)).isEqualTo(200_000);
    assertThat(words.code(rows - 1)).isEqualTo(200_000);
    assertThat(words.isMissing(rows)).isTrue();
    assertThat(words.text(rows + 1)).isEqualTo("w3");
  }

  @Test
  void veryManyColumnsTakeLittleMemory() throws IOException {
    int columns = 5000;
    String names = String.join(",", IntStream.range(0, columns).mapToObj(i -> "n" + i).toList());
    String row = String.join(",", IntStream.range(0, columns).mapToObj(i -> "" + i).toList());
    Table table = read(names + "\n" + row + "\n" + row + "\n");
    assertThat(values(table, "n4999")).containsExactly(4999, 4999);
  }
}
