package dev.cajal.data.table;

import dev.cajal.CajalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Columns of equally many rows, under names.
 *
 * <pre>{@code
 * Table table = Table.read(Path.of("iris.csv"));
 * Column species = table.column("species");
 * }</pre>
 *
 * @param source what it was read from, for messages
 */
public record Table(String source, List<Column> columns) {

  public Table {
    columns = List.copyOf(columns);
    for (Column column : columns) {
      if (column.size() != columns.getFirst().size()) {
        throw new IllegalArgumentException(
            "%s: \"%s\" has %d rows, and \"%s\" has %d"
                .formatted(
                    source,
                    column.name(),
                    column.size(),
                    columns.getFirst().name(),
                    columns.getFirst().size()));
      }
    }
  }

  /** Reads CSV, TSV or the like, Parquet or JSON lines, compressed or not. */
  public static Table read(Path file) {
    return read(file, Reading.usual());
  }

  /** Reads a file of which something is known. */
  public static Table read(Path file, Reading reading) {
    if (!Files.exists(file)) {
      throw new CajalException("there is no file %s".formatted(file));
    }
    if (Files.isDirectory(file)) {
      throw new CajalException("%s is a folder, not a file".formatted(file));
    }
    return DuckFile.isFor(file) ? DuckFile.read(file, reading) : CsvFile.read(file, reading);
  }

  /**
   * What SQL says, in the dialect of DuckDB: {@code SELECT … FROM 'houses.parquet' WHERE …}; files
   * stand where tables do.
   */
  public static Table query(String sql, Reading reading) {
    return DuckFile.query("the query", sql, reading);
  }

  public int rows() {
    return columns.isEmpty() ? 0 : columns.getFirst().size();
  }

  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  public Optional<Column> find(String name) {
    return columns.stream().filter(its -> its.name().equals(name)).findFirst();
  }

  /**
   * The column of a name.
   *
   * @throws CajalException if there is none, with the names that there are
   */
  public Column column(String name) {
    return find(name)
        .orElseThrow(() ->
            new CajalException(
                "column \"%s\" is not in %s; %s".formatted(name, source, hint(name))));
  }

  /** Without some columns. */
  public Table without(List<String> names) {
    names.forEach(this::column);
    return new Table(source, columns.stream().filter(its -> !names.contains(its.name())).toList());
  }

  private String hint(String name) {
    Optional<String> nearest = Nearest.of(name, names());
    String all =
        columns.size() <= 12
            ? String.join(", ", names())
            : String.join(", ", names().subList(0, 10))
                + String.format(Locale.ROOT, " and %,d more", columns.size() - 10);
    return nearest.map("did you mean \"%s\"? "::formatted).orElse("") + "it has " + all;
  }
}
