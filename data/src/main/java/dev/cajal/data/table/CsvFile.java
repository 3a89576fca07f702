package dev.cajal.data.table;

import dev.cajal.CajalException;
import dev.cajal.files.WholeFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * A text of cells in a file, compressed by gzip or not. Its first rows say what it has; a column
 * that turns out to be something else further down is read again.
 */
final class CsvFile {
  /** So much of the file is looked at to find what stands between cells. */
  private static final int SNIFFED = 1 << 16;

  /** So many rows are looked at to find what columns are. */
  private static final int ROWS = 1000;

  private final Path file;
  private final String name;
  private final Reading reading;
  private final Dialect dialect;
  private final boolean hasHeader;
  private final List<String> names;
  private final Map<Integer, Shape> shapes = new LinkedHashMap<>();

  /** What the cells of a column are read as. */
  private sealed interface Shape {}

  private record OfNumbers() implements Shape {}

  private record OfDates(Dates order) implements Shape {}

  private record OfWords() implements Shape {}

  private CsvFile(Path file, Reading reading) {
    this.file = file;
    this.name = file.getFileName().toString();
    this.reading = reading;
    byte[] beginning = beginning();
    this.dialect =
        reading
            .separator()
            .map(its -> Dialect.of(beginning, beginning.length, its))
            .orElseGet(() -> Dialect.of(beginning, beginning.length));
    List<List<String>> rows = firstRows();
    if (rows.isEmpty()) {
      throw new CajalException("%s is empty".formatted(name));
    }
    this.hasHeader = reading.header().orElseGet(() -> isHeaderThere(rows));
    this.names = hasHeader ? names(rows.getFirst()) : numbered(rows.getFirst().size());
    List<List<String>> data = hasHeader ? rows.subList(1, rows.size()) : rows;
    for (int i = 0; i < names.size(); i++) {
      int column = i;
      shapes.put(
          column,
          shape(
              names.get(column),
              data.stream()
                  .filter(row -> column < row.size())
                  .map(row -> row.get(column))
                  .toList()));
    }
  }

  /** Where columns are known, those in the first row; one row to predict for tells nothing else. */
  private boolean isHeaderThere(List<List<String>> rows) {
    return reading.kinds().isEmpty()
        ? Header.isThere(rows, dialect.point())
        : rows.getFirst().stream().anyMatch(cell -> reading.kinds().containsKey(cell.strip()));
  }

  static Table read(Path file, Reading reading) {
    var csv = new CsvFile(file, reading);
    while (true) {
      Optional<Table> table = csv.tryReading();
      if (table.isPresent()) {
        return table.get();
      }
    }
  }

  private InputStream open() throws IOException {
    var in = new BufferedInputStream(Files.newInputStream(file), SNIFFED);
    try {
      in.mark(4);
      byte[] magic = in.readNBytes(4);
      in.reset();
      if (magic.length > 1 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b) {
        return withoutMark(new BufferedInputStream(new GZIPInputStream(in, SNIFFED), SNIFFED));
      }
      return withoutMark(in);
    } catch (IOException | CajalException e) {
      in.close();
      throw e;
    }
  }

  /** After the mark of UTF-8, which some programs put in front; texts in UTF-16 are refused. */
  private InputStream withoutMark(InputStream in) throws IOException {
    in.mark(3);
    byte[] mark = in.readNBytes(3);
    boolean isUtf8 =
        mark.length == 3
            && (mark[0] & 0xff) == 0xef
            && (mark[1] & 0xff) == 0xbb
            && (mark[2] & 0xff) == 0xbf;
    if (mark.length > 1
        && (mark[0] & 0xff) + (mark[1] & 0xff) == 0xff + 0xfe
        && mark[0] != mark[1]) {
      throw new CajalException(
          "%s is in UTF-16: save it as UTF-8, or iconv -f UTF-16 -t UTF-8 %s"
              .formatted(name, name));
    }
    if (!isUtf8) {
      in.reset();
    }
    return in;
  }

  private byte[] beginning() {
    try (InputStream in = open()) {
      byte[] bytes = in.readNBytes(SNIFFED);
      for (byte each : bytes) {
        if (each == 0) {
          throw new CajalException("%s is no text: there are zero bytes in it".formatted(name));
        }
      }
      return bytes;
    } catch (IOException e) {
      throw new CajalException("can't read %s: %s".formatted(file, WholeFile.why(e)), e);
    }
  }

  private List<List<String>> firstRows() {
    try (InputStream in = open()) {
      var scanner = new CsvScanner(in, name, dialect.separator());
      var rows = new ArrayList<List<String>>();
      while (rows.size() <= ROWS && scanner.next()) {
        rows.add(IntStream.range(0, scanner.cells()).mapToObj(scanner::text).toList());
      }
      return rows;
    } catch (IOException e) {
      throw new CajalException("can't read %s: %s".formatted(file, WholeFile.why(e)), e);
    }
  }

  private List<String> names(List<String> header) {
    var names = new ArrayList<String>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < header.size(); i++) {
      String its = header.get(i).isBlank() ? "c" + (i + 1) : header.get(i).strip();
      if (!seen.add(its)) {
        throw new CajalException(
            "two columns of %s are called \"%s\": columns have names of their own"
                .formatted(name, its));
      }
      names.add(its);
    }
    return names;
  }

  private static List<String> numbered(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> "c" + i).toList();
  }

  private Shape shape(String column, List<String> cells) {
    List<String> there = cells.stream().filter(cell -> !Missing.isMissing(cell, true)).toList();
    Optional<Dates> dates = Dates.of(there);
    Reading.Kind known = reading.kinds().get(column);
    if (known != null) {
      return switch (known) {
        case NUMBERS -> new OfNumbers();
        case WORDS -> new OfWords();
        case DATES -> new OfDates(dates.orElse(Dates.YEAR_FIRST));
      };
    }
    if (dates.isPresent()) {
      return new OfDates(dates.get());
    }
    if (there.isEmpty()) {
      // What comes further down will tell.
      return new OfNumbers();
    }
    long numbers = there.stream().filter(cell -> isNumber(cell, dialect.point())).count();
    return 2 * numbers > there.size() && there.stream().noneMatch(CsvFile::isCode)
        ? new OfNumbers()
        : new OfWords();
  }

  static boolean isNumber(String cell, char point) {
    return !Double.isNaN(Decimal.parse(cell, point));
  }

  /** Digits after a zero, as in postal codes, count nothing. */
  private static boolean isCode(String cell) {
    return cell.length() > 1
        && cell.charAt(0) == '0'
        && cell.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Reads all of it, unless a column is found to be something else. */
  private Optional<Table> tryReading() {
    var spill = Spill.in(reading.folder());
    try (InputStream in = open()) {
      var scanner = new CsvScanner(in, name, dialect.separator());
      if (hasHeader) {
        scanner.next();
      }
      ColumnBuilder[] builders =
          shapes.values().stream()
              .map(shape -> builder(shape, spill))
              .toArray(ColumnBuilder[]::new);
      while (scanner.next()) {
        if (scanner.cells() != builders.length) {
          throw wrongCount(scanner, builders[0].rows() + 1);
        }
        for (int i = 0; i < builders.length; i++) {
          builders[i].add(scanner.bytes(), scanner.from(i), scanner.to(i));
        }
      }
      return finished(builders, spill);
    } catch (IOException e) {
      throw new CajalException("can't read %s: %s".formatted(file, WholeFile.why(e)), e);
    } finally {
      spill.close();
    }
  }

  private CajalException wrongCount(CsvScanner scanner, int row) {
    return new CajalException(
        "row %d of %s (line %d) has %d cells, and the first has %d"
            .formatted(row, name, scanner.line(), scanner.cells(), names.size()));
  }

  private ColumnBuilder builder(Shape shape, Spill spill) {
    return switch (shape) {
      case OfNumbers() -> {
        char point = dialect.point();
        yield new ColumnBuilder.OfNumbers(
            spill, (bytes, from, to) -> Decimal.parse(bytes, from, to, point), false);
      }
      case OfDates(var order) -> new ColumnBuilder.OfNumbers(spill, new DateCell(order), true);
      case OfWords() -> new ColumnBuilder.OfWords(spill);
    };
  }

  /** What a column turned out to be, if it is not what it was read as. */
  private Optional<Shape> another(int column, ColumnBuilder builder) {
    if (!(builder instanceof ColumnBuilder.OfNumbers its)) {
      return Optional.empty();
    }
    if (its.cell() instanceof DateCell dates && dates.isSwapped()) {
      return Optional.of(new OfDates(dates.order().swapped()));
    }
    if (!its.isOfAnotherKind() || reading.kinds().containsKey(names.get(column))) {
      return Optional.empty();
    }
    Optional<Dates> dates =
        shapes.get(column) instanceof OfNumbers ? Dates.of(its.slips()) : Optional.empty();
    return Optional.of(dates.<Shape>map(OfDates::new).orElse(new OfWords()));
  }

  private Optional<Table> finished(ColumnBuilder[] builders, Spill spill) {
    boolean isAnother = false;
    for (int i = 0; i < builders.length; i++) {
      Optional<Shape> another = another(i, builders[i]);
      if (another.isPresent()) {
        shapes.put(i, another.get());
        isAnother = true;
      }
    }
    if (isAnother) {
      return Optional.empty();
    }
    if (builders[0].rows() == 0) {
      throw new CajalException("%s has the names of columns and no rows".formatted(name));
    }
    return Optional.of(new Table(name, Columns.of(names, builders, spill)));
  }
}
