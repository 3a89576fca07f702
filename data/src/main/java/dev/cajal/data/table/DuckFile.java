package dev.cajal.data.table;

import dev.cajal.CajalException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/** Parquet, JSON lines, and whatever SQL says of files, read by DuckDB. */
final class DuckFile {
  private static final List<String> PARQUET = List.of(".parquet", ".pq");
  private static final List<String> JSON =
      List.of(
          ".jsonl",
          ".ndjson",
          ".json",
          ".jsonl.gz",
          ".ndjson.gz",
          ".json.gz",
          ".jsonl.zst",
          ".ndjson.zst",
          ".json.zst");
  private static final List<String> PACKED = List.of(".zst");

  /** What is read goes into memory of our own: this is for DuckDB's way there. */
  private static final String MEMORY = "512MB";

  private DuckFile() {}

  /** Whether a file's name says that it is not text with cells. */
  static boolean isFor(Path file) {
    return isOne(file, PARQUET) || isOne(file, JSON) || isOne(file, PACKED);
  }

  private static boolean isOne(Path file, List<String> ends) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return ends.stream().anyMatch(name::endsWith);
  }

  static Table read(Path file, Reading reading) {
    String quoted = "'" + file.toString().replace("'", "''") + "'";
    String reader =
        isOne(file, PARQUET)
            ? "read_parquet(%s)"
            : isOne(file, JSON) ? "read_json_auto(%s)" : "read_csv(%s)";
    return query(
        file.getFileName().toString(), "SELECT * FROM " + reader.formatted(quoted), reading);
  }

  static Table query(String name, String sql, Reading reading) {
    var settings = new Properties();
    settings.setProperty("memory_limit", MEMORY);
    settings.setProperty("temp_directory", reading.folder().toString());
    settings.setProperty("jdbc_stream_results", "true");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:", settings);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return read(name, rows, reading);
    } catch (SQLException e) {
      throw new CajalException("can't read %s: %s".formatted(name, firstLine(e)), e);
    }
  }

  /** What is wrong; what follows are hints at the SQL, which the user may not have written. */
  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown");
  }

  private static Table read(String name, ResultSet rows, Reading reading) throws SQLException {
    var spill = Spill.in(reading.folder());
    try {
      ResultSetMetaData about = rows.getMetaData();
      var names = new ArrayList<String>();
      var builders = new ColumnBuilder[about.getColumnCount()];
      var readers = new CellReader[builders.length];
      for (int i = 0; i < builders.length; i++) {
        names.add(about.getColumnName(i + 1));
        if (names.indexOf(names.get(i)) < i) {
          throw new CajalException(
              "two columns of %s are called \"%s\": columns have names of their own"
                  .formatted(name, names.get(i)));
        }
        Optional<Reading.Kind> known = Optional.ofNullable(reading.kinds().get(names.get(i)));
        readers[i] = CellReader.of(name, names.get(i), type(about, i + 1), known);
        builders[i] = readers[i].builder(spill);
      }
      while (rows.next()) {
        for (int i = 0; i < builders.length; i++) {
          readers[i].read(rows, i + 1, builders[i]);
        }
      }
      if (builders.length == 0 || builders[0].rows() == 0) {
        throw new CajalException("%s has no rows".formatted(name));
      }
      return new Table(name, Columns.of(names, builders, spill));
    } finally {
      spill.close();
    }
  }

  /** What a column has; the largest integers have no constant of their own. */
  private static int type(ResultSetMetaData about, int column) throws SQLException {
    String type = about.getColumnTypeName(column);
    return switch (type) {
      case "UBIGINT", "HUGEINT", "UHUGEINT" -> Types.BIGINT;
      case "UUID" -> Types.VARCHAR;
      default -> type.startsWith("ENUM") ? Types.VARCHAR : about.getColumnType(column);
    };
  }

  /** How the cells of a column are read, by what SQL calls them. */
  private enum CellReader {
    NUMBERS,
    DATES,
    MOMENTS,
    MOMENTS_OF_A_ZONE,
    WORDS,
    NUMBERS_IN_WORDS,
    DATES_IN_WORDS;

    static CellReader of(String table, String column, int type, Optional<Reading.Kind> known) {
      boolean areWords = known.equals(Optional.of(Reading.Kind.WORDS));
      return switch (type) {
        case Types.TINYINT,
            Types.SMALLINT,
            Types.INTEGER,
            Types.BIGINT,
            Types.FLOAT,
            Types.REAL,
            Types.DOUBLE,
            Types.DECIMAL,
            Types.NUMERIC ->
            areWords ? WORDS : NUMBERS;
        case Types.DATE -> DATES;
        case Types.TIMESTAMP -> MOMENTS;
        case Types.TIMESTAMP_WITH_TIMEZONE -> MOMENTS_OF_A_ZONE;
        case Types.VARCHAR, Types.CHAR ->
            known
                .map(kind ->
                    switch (kind) {
                      case NUMBERS -> NUMBERS_IN_WORDS;
                      case DATES -> DATES_IN_WORDS;
                      case WORDS -> WORDS;
                    })
                .orElse(WORDS);
        case Types.BOOLEAN, Types.BIT -> WORDS;
        default ->
            throw new CajalException(
                "%s: %s has neither numbers nor words nor dates: take it apart, or leave it out (--sql)"
                    .formatted(table, column));
      };
    }

    ColumnBuilder builder(Spill spill) {
      return switch (this) {
        case NUMBERS, NUMBERS_IN_WORDS ->
            new ColumnBuilder.OfNumbers(spill, CellReader::parse, false);
        case DATES, MOMENTS, MOMENTS_OF_A_ZONE ->
            new ColumnBuilder.OfNumbers(spill, CellReader::parse, true);
        case DATES_IN_WORDS -> new ColumnBuilder.OfNumbers(spill, Dates.YEAR_FIRST::parse, true);
        case WORDS -> new ColumnBuilder.OfWords(spill);
      };
    }

    private static double parse(byte[] bytes, int from, int to) {
      return Decimal.parse(bytes, from, to, '.');
    }

    void read(ResultSet rows, int column, ColumnBuilder into) throws SQLException {
      switch (this) {
        case NUMBERS -> add(rows.getDouble(column), rows.wasNull(), into);
        case DATES -> {
          var date = rows.getObject(column, LocalDate.class);
          boolean isMissing = date == null;
          add(isMissing ? 0 : date.toEpochDay() * 86_400.0, isMissing, into);
        }
        case MOMENTS -> {
          var moment = rows.getObject(column, LocalDateTime.class);
          boolean isMissing = moment == null;
          add(isMissing ? 0 : (double) moment.toEpochSecond(ZoneOffset.UTC), isMissing, into);
        }
        case MOMENTS_OF_A_ZONE -> {
          var moment = rows.getObject(column, OffsetDateTime.class);
          boolean isMissing = moment == null;
          add(isMissing ? 0 : (double) moment.toEpochSecond(), isMissing, into);
        }
        case WORDS, NUMBERS_IN_WORDS, DATES_IN_WORDS -> {
          String word = rows.getString(column);
          if (word == null) {
            into.addMissing("");
          } else {
            byte[] bytes = word.strip().getBytes(StandardCharsets.UTF_8);
            into.add(bytes, 0, bytes.length);
          }
        }
      }
    }

    private static void add(double number, boolean isMissing, ColumnBuilder into) {
      if (isMissing || !Double.isFinite(number)) {
        into.addMissing(isMissing ? "" : "" + number);
      } else if (into instanceof ColumnBuilder.OfNumbers numbers) {
        numbers.add(number);
      }
    }
  }
}
