package dev.cajal.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cajal.CajalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuckFileTest {
  private static final String ROWS =
      """
      SELECT * FROM (VALUES
        (1, 2.5::DOUBLE, 'red', DATE '2024-01-31', TIMESTAMP '2024-01-31 09:30:15', true),
        (2, NULL, 'blue', NULL, NULL, false),
        (3, -1, 'NA', DATE '1969-12-31', TIMESTAMP '1970-01-01 00:00:01', NULL))
      AS t(i, x, w, d, t, b)\
      """;

  @TempDir private Path folder;

  private Path written(String sql, String name, String options) throws SQLException {
    Path file = folder.resolve(name);
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute("COPY (%s) TO '%s' (%s)".formatted(sql, file, options));
    }
    return file;
  }

  private static Numbers numbers(Table table, String name) {
    return (Numbers) table.column(name);
  }

  private static String[] texts(Table table, String name) {
    Column column = table.column(name);
    return IntStream.range(0, column.size()).mapToObj(column::text).toArray(String[]::new);
  }

  private static void assertIsThatTable(Table table) {
    assertThat(table.names()).containsExactly("i", "x", "w", "d", "t", "b");
    assertThat(table.rows()).isEqualTo(3);
    assertThat(numbers(table, "i").at(2)).isEqualTo(3);
    assertThat(numbers(table, "x").at(0)).isEqualTo(2.5);
    assertThat(numbers(table, "x").isMissing(1)).isTrue();
    assertThat(texts(table, "w")).containsExactly("red", "blue", "");
    assertThat(numbers(table, "d").areDates()).isTrue();
    assertThat(texts(table, "d")).containsExactly("2024-01-31", "", "1969-12-31");
    assertThat(numbers(table, "t").at(0)).isEqualTo(1706693415);
    assertThat(numbers(table, "t").at(2)).isEqualTo(1);
    assertThat(texts(table, "b")).containsExactly("true", "false", "");
  }

  @Test
  void parquetIsRead() throws SQLException {
    assertIsThatTable(
        Table.read(written(ROWS, "it's.parquet".replace("'", "_"), "FORMAT parquet")));
  }

  @Test
  void jsonLinesAreRead() throws SQLException {
    assertIsThatTable(Table.read(written(ROWS, "it.jsonl", "FORMAT json")));
    assertIsThatTable(Table.read(written(ROWS, "it.jsonl.gz", "FORMAT json")));
  }

  @Test
  void csvCompressedByZstdIsRead() throws SQLException {
    assertIsThatTable(
        Table.read(written(ROWS, "it.csv.zst", "FORMAT csv, HEADER, COMPRESSION zstd")));
  }

  @Test
  void aQuoteInThePathIsNoEndOfIt() throws IOException {
    Path file =
        Files.writeString(folder.resolve("it's.jsonl"), "{\"a\": 1}\n", StandardCharsets.UTF_8);
    assertThat(numbers(Table.read(file), "a").at(0)).isEqualTo(1);
  }

  @Test
  void sqlIsAnswered() throws SQLException {
    Path file = written(ROWS, "it.parquet", "FORMAT parquet");
    Table table =
        Table.query(
            "SELECT w, i * 2 AS double FROM '%s' WHERE i > 1 ORDER BY i DESC".formatted(file),
            Reading.usual());
    assertThat(table.names()).containsExactly("w", "double");
    assertThat(texts(table, "double")).containsExactly("6", "4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"TINYINT", "BIGINT", "UBIGINT", "UTINYINT", "HUGEINT", "FLOAT", "DECIMAL(9,3)"})
  void numbersOfAllKindsAreNumbers(String type) {
    Table table = Table.query("SELECT 7::%s AS n".formatted(type), Reading.usual());
    assertThat(numbers(table, "n").at(0)).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'a'::ENUM('a', 'b')", "'c1e0e5d2-1b1f-4f0e-9b7c-6a1f2e3d4c5b'::UUID", "true"})
  void whatIsWrittenInLettersIsWords(String value) {
    Table table = Table.query("SELECT %s AS w".formatted(value), Reading.usual());
    assertThat(table.column("w")).isInstanceOf(Words.class);
  }

  @Test
  void momentsWithAZoneAreThoseMoments() {
    Table table = Table.query("SELECT TIMESTAMPTZ '2024-01-31 09:30:15+02' AS t", Reading.usual());
    assertThat(numbers(table, "t").at(0)).isEqualTo(1706686215);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1, 2]", "{'a': 1}", "MAP {'a': 1}"})
  void whatHasPartsIsRefusedByName(String value) {
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> Table.query("SELECT %s AS parts".formatted(value), Reading.usual()))
        .withMessageContaining("parts has neither numbers nor words nor dates");
  }

  @Test
  void infiniteNumbersAreMissing() {
    Table table = Table.query("SELECT 'inf'::DOUBLE AS n", Reading.usual());
    assertThat(table.column("n").isMissing(0)).isTrue();
    assertThat(table.column("n").missingText()).isEqualTo("Infinity");
  }

  @Test
  void columnsAreWhatTheyAreKnownToBe() {
    Reading known =
        Reading.usual()
            .known("n", Reading.Kind.NUMBERS)
            .known("d", Reading.Kind.DATES)
            .known("w", Reading.Kind.WORDS);
    Table table = Table.query("SELECT '2.5' AS n, '2024-01-31' AS d, 7 AS w, 'x' AS other", known);
    assertThat(numbers(table, "n").at(0)).isEqualTo(2.5);
    assertThat(numbers(table, "d").at(0)).isEqualTo(1706659200);
    assertThat(table.column("w").text(0)).isEqualTo("7");
    assertThat(table.column("w")).isInstanceOf(Words.class);
  }

  @Test
  void nothingAndNonsenseAreRefused() throws IOException {
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> Table.query("SELECT 1 AS a WHERE false", Reading.usual()))
        .withMessage("the query has no rows");
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> Table.query("SELEC 1", Reading.usual()))
        .withMessageContaining("can't read the query");
    Path file = Files.writeString(folder.resolve("it.parquet"), "no", StandardCharsets.UTF_8);
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> Table.read(file))
        .withMessageContaining("can't read it.parquet");
  }

  @Test
  void namesThatAreTwiceAreRefused() {
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> Table.query("SELECT 1 AS a, 2 AS a", Reading.usual()))
        .withMessageContaining("called \"a\"");
  }

  @Test
  void manyRowsAreAllThere() {
    Table table =
        Table.query("SELECT i, 'w' || (i % 3) AS w FROM range(100000) t(i)", Reading.usual());
    assertThat(table.rows()).isEqualTo(100_000);
    assertThat(IntStream.range(0, 100_000).allMatch(i -> numbers(table, "i").at(i) == i)).isTrue();
    assertThat(table.column("w").text(99_999)).isEqualTo("w0");
  }
}
