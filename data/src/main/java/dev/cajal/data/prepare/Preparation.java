package dev.cajal.data.prepare;

import dev.cajal.CajalException;
import dev.cajal.data.table.Column;
import dev.cajal.data.table.Numbers;
import dev.cajal.data.table.Reading;
import dev.cajal.data.table.Spill;
import dev.cajal.data.table.Table;
import dev.cajal.data.table.Words;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Shape;
import dev.cajal.train.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What becomes of the columns of a table on the way into a network, and what its answers mean:
 * found out from the rows that are learned from, and kept with the model, so that it takes raw
 * rows.
 *
 * @param filling what becomes of missing values
 */
public record Preparation(List<Feature> features, Target target, Filling filling) {
  /** Rows that are encoded at a time, if they are not very wide. */
  private static final int ROWS = 4096;

  /** Numbers that are encoded at a time. */
  private static final int NUMBERS = 1 << 22;

  public Preparation {
    features = List.copyOf(features);
  }

  /** Rows that are encoded at a time: fewer if they are wide. */
  public int rowsAtATime() {
    return Math.clamp(NUMBERS / Math.max(1, width()), 1, ROWS);
  }

  /** How many numbers a row becomes. */
  public int width() {
    return features.stream().mapToInt(Feature::width).sum();
  }

  /** What the numbers of a row are called. */
  public List<String> names() {
    return features.stream().flatMap(feature -> feature.names().stream()).toList();
  }

  /** The rows that are not left out. */
  public int[] rows(Table table) {
    return whole(table, features.stream().map(Feature::column).toList(), target.column(), filling);
  }

  /**
   * The rows that can be learned from: all, unless those with gaps are left out.
   *
   * @throws CajalException if a value is missing that must be there
   */
  static int[] whole(Table table, List<String> features, String target, Filling filling) {
    var isOut = new boolean[table.rows()];
    for (String name : features) {
      Column column = table.column(name);
      if (filling == Filling.REFUSE) {
        requireWhole(table, column);
      } else if (filling == Filling.DROP) {
        drop(column, isOut);
      }
    }
    Column its = table.column(target);
    if (filling == Filling.REFUSE) {
      requireWhole(table, its);
    }
    // There is nothing to be learned from a row without a target, whatever is filled in elsewhere.
    drop(its, isOut);
    var rows = new int[table.rows()];
    int count = 0;
    for (int row = 0; row < isOut.length; row++) {
      if (!isOut[row]) {
        rows[count++] = row;
      }
    }
    return Arrays.copyOf(rows, count);
  }

  /**
   * Refuses a table to predict from that lacks a column, or a value that nothing takes the place
   * of.
   */
  public void requireWhole(Table table) {
    for (Feature feature : features) {
      Column column = column(table, feature);
      if (!filling.fills() && column.missing() > 0) {
        int row = column.firstMissing().orElseThrow();
        throw new CajalException(
            "row %d of %s: %s is %s, and the model was trained on rows without gaps (train with --missing mean to have them filled)"
                .formatted(row + 1, table.source(), column.name(), gap(column)));
      }
    }
  }

  private static void drop(Column column, boolean[] isOut) {
    if (column.missing() > 0) {
      for (int row = 0; row < isOut.length; row++) {
        isOut[row] |= column.isMissing(row);
      }
    }
  }

  private static void requireWhole(Table table, Column column) {
    if (column.missing() > 0) {
      int row = column.firstMissing().orElseThrow();
      throw new CajalException(
          "row %d of %s: %s is %s%s (%s)"
              .formatted(
                  row + 1,
                  table.source(),
                  column.name(),
                  gap(column),
                  column.missing() == 1
                      ? ""
                      : ", and so are %,d more of its cells".formatted(column.missing() - 1),
                  Filling.advice(column)));
    }
  }

  private static String gap(Column column) {
    String text = column.missingText();
    return text.isBlank()
        ? "empty"
        : column instanceof Words
            ? "\"%s\"".formatted(text)
            : "\"%s\": not a number".formatted(text);
  }

  /** Some rows of a table as samples: in memory if they fit, or in a file. */
  public Samples samples(Table table, int[] rows, Spill spill) {
    var all = Rows.of(rows);
    List<Column> columns = columns(table);
    var kept = new ArrayList<Spill.Kept>();
    int most = rowsAtATime();
    var block = new Block(new float[Math.min(most, rows.length) * width()], width());
    for (int from = 0; from < rows.length; from += most) {
      int to = Math.min(rows.length, from + most);
      encode(columns, all.part(from, to), block, new LinkedHashMap<>());
      kept.add(spill.keep(block.numbers(), (to - from) * width()));
    }
    Array y = target.encode(table.column(target.column()), rows);
    return new TableSamples(spill.segments(kept), most, width(), y, names()).inMemoryIfSmall();
  }

  /** What a network takes for some rows of a table, and how many words in it were never seen. */
  public Encoded encode(Table table, int from, int to) {
    SequencedMap<String, Integer> unseen = new LinkedHashMap<>();
    var block = new Block(new float[(to - from) * width()], width());
    encode(columns(table), Rows.range(from, to), block, unseen);
    return new Encoded(Array.wrap(block.numbers(), Shape.of(to - from, width())), unseen);
  }

  /**
   * Rows as numbers.
   *
   * @param unseen how many cells have a word that the training rows did not, by column
   */
  public record Encoded(Array x, SequencedMap<String, Integer> unseen) {}

  private List<Column> columns(Table table) {
    return features.stream().map(feature -> column(table, feature)).toList();
  }

  /** The column that a feature is made of. */
  private static Column column(Table table, Feature feature) {
    return column(table, feature.column(), kind(feature));
  }

  private static Column column(Table table, String name, Reading.Kind kind) {
    Column column = table.column(name);
    Reading.Kind its =
        switch (column) {
          case Numbers numbers -> numbers.areDates() ? Reading.Kind.DATES : Reading.Kind.NUMBERS;
          case Words _ -> Reading.Kind.WORDS;
        };
    if (its != kind) {
      throw new CajalException(
          "%s of %s has %s, and the model was trained on %s"
              .formatted(
                  name,
                  table.source(),
                  its.name().toLowerCase(Locale.ROOT),
                  kind.name().toLowerCase(Locale.ROOT)));
    }
    return column;
  }

  private static Reading.Kind kind(Feature feature) {
    return switch (feature) {
      case Feature.Scaled _ -> Reading.Kind.NUMBERS;
      case Feature.Moment _ -> Reading.Kind.DATES;
      case Feature.Flag _, Feature.OneOf _, Feature.Embedded _ -> Reading.Kind.WORDS;
    };
  }

  private void encode(List<Column> columns, Rows rows, Block into, Map<String, Integer> unseen) {
    int at = 0;
    for (int i = 0; i < columns.size(); i++) {
      Feature feature = features.get(i);
      into.enter(at);
      Encoding.encode(feature, columns.get(i), rows, into);
      if (into.noted() > 0) {
        unseen.merge(feature.column(), into.noted(), Integer::sum);
      }
      at += feature.width();
    }
  }

  /** How a table must be read so that its columns are what these were. */
  public Reading reading(Reading usual) {
    Reading reading = usual;
    for (Feature feature : features) {
      reading = reading.known(feature.column(), kind(feature));
    }
    return reading.known(
        target.column(),
        switch (target) {
          case Target.Quantity _ -> Reading.Kind.NUMBERS;
          // Classes that were numbers are so again: 1.0 is called 1.
          case Target.Classes(_, var names) ->
              names.stream().allMatch(Numbers::isText) ? Reading.Kind.NUMBERS : Reading.Kind.WORDS;
        });
  }

  /** The words of a target of classes; none of numbers. */
  public Optional<List<String>> classes() {
    return target instanceof Target.Classes(_, var names) ? Optional.of(names) : Optional.empty();
  }
}
