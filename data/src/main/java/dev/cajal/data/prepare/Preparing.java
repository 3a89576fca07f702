package dev.cajal.data.prepare;

import dev.cajal.CajalException;
import dev.cajal.data.table.Column;
import dev.cajal.data.table.Numbers;
import dev.cajal.data.table.Table;
import dev.cajal.data.table.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds out how a table is to be prepared. What columns are is decided by all rows; what is learned
 * of them, such as means and which words there are, by the training rows alone.
 *
 * <pre>{@code
 * var preparing = Preparing.of(table, "species", Optional.empty(), Filling.REFUSE);
 * Split split = Split.random(preparing.rows(), Split.Parts.usual(table.rows()), 1);
 * Preparation preparation = preparing.learned(split.training());
 * }</pre>
 */
public final class Preparing {
  /** Whole numbers of no more different values than this are classes, if nobody says otherwise. */
  private static final int CLASSES = 10;

  /** With more words than this, a column becomes a few numbers that are learned for each. */
  private static final int ONE_OF = 24;

  /** With no more words than this, they are categories, in however few rows. */
  private static final int CATEGORIES = 20;

  private final Table table;
  private final Column target;
  private final Task task;
  private final Filling filling;
  private final List<Column> features;
  private final SequencedMap<String, String> leftOut;
  private final int[] rows;

  private Preparing(
      Table table,
      Column target,
      Task task,
      Filling filling,
      List<Column> features,
      SequencedMap<String, String> leftOut) {
    this.table = table;
    this.target = target;
    this.task = task;
    this.filling = filling;
    this.features = features;
    this.leftOut = leftOut;
    this.rows =
        Preparation.whole(
            table, features.stream().map(Column::name).toList(), target.name(), filling);
    if (rows.length == 0) {
      throw new CajalException(
          "every row of %s has a missing value: nothing is left to learn from (--missing mean)"
              .formatted(table.source()));
    }
  }

  /**
   * Of a table, all columns of which but the target are features.
   *
   * @param task what is to be told, if it is known
   */
  public static Preparing of(Table table, String target, Optional<Task> task, Filling filling) {
    Column its = table.column(target);
    Task found = task.orElseGet(() -> task(its));
    requireFit(table, its, found);
    SequencedMap<String, String> leftOut = new LinkedHashMap<>();
    var features = new ArrayList<Column>();
    for (Column column : table.columns()) {
      if (column != its) {
        Optional<String> reason = isUseless(column);
        reason.ifPresent(why -> leftOut.put(column.name(), why));
        if (reason.isEmpty()) {
          features.add(column);
        }
      }
    }
    refuseTexts(table, features);
    if (features.isEmpty()) {
      throw new CajalException(
          "%s has no column to tell %s from".formatted(table.source(), its.name()));
    }
    return new Preparing(table, its, found, filling, features, leftOut);
  }

  // What is to be told.

  private static Task task(Column target) {
    if (target instanceof Words) {
      return Task.CLASSIFICATION;
    }
    var numbers = (Numbers) target;
    var different = new TreeSet<Double>();
    for (int row = 0; row < numbers.size() && different.size() <= CLASSES; row++) {
      double value = numbers.at(row);
      if (!Double.isNaN(value)) {
        if (value != Math.rint(value)) {
          return Task.REGRESSION;
        }
        different.add(value);
      }
    }
    return different.size() <= CLASSES ? Task.CLASSIFICATION : Task.REGRESSION;
  }

  private static void requireFit(Table table, Column target, Task task) {
    if (target.missing() == target.size()) {
      throw new CajalException(
          "%s has no value in any row of %s".formatted(target.name(), table.source()));
    }
    if (target instanceof Numbers numbers && numbers.areDates()) {
      throw new CajalException(
          "%s has dates: they can't be what is to be told".formatted(target.name()));
    }
    if (task == Task.REGRESSION && target instanceof Words words) {
      throw new CajalException(
          "%s has words (%s): regression tells numbers; classification tells words"
              .formatted(target.name(), Names.some(words.values(), "")));
    }
    if (task.isOfClasses() && target instanceof Words words && isText(words)) {
      throw new CajalException(
          String.format(
              Locale.ROOT,
              "%s has %,d different words in %,d rows: hardly any class comes up twice",
              target.name(),
              words.values().size(),
              words.size()));
    }
  }

  // What it is told from.

  private static Optional<String> isUseless(Column column) {
    if (column.missing() == column.size()) {
      return Optional.of("it is empty");
    }
    if (column instanceof Numbers numbers && isCounter(numbers)) {
      return Optional.of("it counts the rows");
    }
    return Optional.empty();
  }

  /** Numbers that go up by one from row to row, in a column whose name says no more than that. */
  private static boolean isCounter(Numbers column) {
    if (!column.name().matches("(?i)(c1|id|no|nr|index|row|unnamed.*|.*[ _]id)")
        || column.size() < 3) {
      return false;
    }
    return IntStream.range(1, column.size())
        .allMatch(row -> column.at(row) == column.at(row - 1) + 1);
  }

  private static void refuseTexts(Table table, List<Column> features) {
    List<Words> texts =
        features.stream()
            .filter(Words.class::isInstance)
            .map(Words.class::cast)
            .filter(Preparing::isText)
            .toList();
    if (!texts.isEmpty()) {
      Words first = texts.getFirst();
      throw new CajalException(
          String.format(
              Locale.ROOT,
              "%s of %s is text: %,d different values in %,d rows, such as \"%s\". Leave out what"
                  + " is text: --drop %s",
              first.name(),
              table.source(),
              first.values().size(),
              first.size() - first.missing(),
              shortened(first.values().getFirst()),
              texts.stream().map(Column::name).collect(Collectors.joining(","))));
    }
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 39) + "…";
  }

  /** Words that hardly come up again. */
  private static boolean isText(Words words) {
    int different = words.values().size();
    return !words.areAllKnown()
        || (different > CATEGORIES && 2L * different > words.size() - words.missing());
  }

  // What is known.

  public Task task() {
    return task;
  }

  public Column target() {
    return target;
  }

  /** The columns that are not used, with the reasons. */
  public SequencedMap<String, String> leftOut() {
    return new LinkedHashMap<>(leftOut);
  }

  /** The rows that can be learned from. */
  public int[] rows() {
    return rows.clone();
  }

  /** What these rows say about columns; of others only the names of classes go into it. */
  public Preparation learned(int[] training) {
    var found = new ArrayList<Feature>();
    for (Column column : features) {
      Optional<Feature> feature = feature(column, training);
      if (feature.isEmpty()) {
        leftOut.put(column.name(), "it is the same in all training rows");
      } else {
        leftOut.remove(column.name());
        found.add(feature.get());
      }
    }
    if (found.isEmpty()) {
      throw new CajalException(
          "all columns of %s are the same in all training rows: nothing can be told from them"
              .formatted(table.source()));
    }
    return new Preparation(found, target(training), filling);
  }

  private Target target(int[] training) {
    if (task == Task.REGRESSION) {
      var moments = Moments.of((Numbers) target, training);
      if (moments.deviation() == 0) {
        throw new CajalException(
            "%s is %s in all training rows: there is nothing to learn"
                .formatted(target.name(), target.text(training[0])));
      }
      return new Target.Quantity(target.name(), moments.mean(), moments.deviation());
    }
    List<String> names = Arrays.stream(rows).mapToObj(target::text).distinct().toList();
    if (names.size() < 2) {
      throw new CajalException(
          String.format(
              Locale.ROOT,
              "%s is \"%s\" in all %,d rows: there is nothing to tell apart",
              target.name(),
              names.getFirst(),
              rows.length));
    }
    if (task == Task.BINARY && names.size() > 2) {
      throw new CajalException(
          String.format(
              Locale.ROOT,
              "%s has %,d classes, and binary tells two apart: leave out --task, or take"
                  + " classification",
              target.name(),
              names.size()));
    }
    return new Target.Classes(target.name(), inOrder(target, names));
  }

  /** Numbers by size, no before yes, words by the alphabet. */
  private static List<String> inOrder(Column column, List<String> names) {
    return names.stream()
        .sorted(
            column instanceof Numbers
                ? Comparator.comparingDouble(Double::parseDouble)
                : Comparator.naturalOrder())
        .toList();
  }

  private Optional<Feature> feature(Column column, int[] training) {
    return switch (column) {
      case Numbers numbers when numbers.areDates() -> Moments.dates(numbers, training, filling);
      case Numbers numbers -> scaled(numbers, training);
      case Words words -> words(words, training);
    };
  }

  private Optional<Feature> scaled(Numbers column, int[] training) {
    var moments = Moments.of(column, training);
    OptionalDouble fill =
        filling.fills() ? OptionalDouble.of(filling.of(column, training)) : OptionalDouble.empty();
    return moments.deviation() == 0
        ? Optional.empty()
        : Optional.of(new Feature.Scaled(column.name(), moments.mean(), moments.deviation(), fill));
  }

  private Optional<Feature> words(Words column, int[] training) {
    List<String> words =
        Arrays.stream(training)
            .filter(row -> !column.isMissing(row))
            .map(column::code)
            .distinct()
            .mapToObj(column.values()::get)
            .sorted(String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder()))
            .toList();
    Optional<String> fill =
        filling.fills() ? Optional.of(Filling.mode(column, training)) : Optional.empty();
    if (words.size() < 2) {
      return Optional.empty();
    }
    if (words.size() == 2) {
      OptionalDouble number =
          fill.map(its -> OptionalDouble.of(its.equals(words.get(1)) ? 1 : 0))
              .orElse(OptionalDouble.empty());
      return Optional.of(
          new Feature.Flag(column.name(), words.getFirst(), words.getLast(), number));
    }
    return Optional.of(
        words.size() <= ONE_OF
            ? new Feature.OneOf(column.name(), words, fill)
            : new Feature.Embedded(column.name(), words, fill));
  }

  /** How many of some rows have each value of a column. */
  public static Map<String, Integer> counts(Column column, int[] rows) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int row : rows) {
      counts.merge(column.text(row), 1, Integer::sum);
    }
    return counts;
  }
}
