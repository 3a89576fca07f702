package dev.cajal.workbench;

import dev.cajal.CajalException;
import dev.cajal.data.model.TableModel;
import dev.cajal.data.model.TableNetwork;
import dev.cajal.data.prepare.Feature;
import dev.cajal.data.prepare.Preparation;
import dev.cajal.data.prepare.Preparing;
import dev.cajal.data.prepare.Split;
import dev.cajal.data.prepare.Target;
import dev.cajal.data.prepare.Task;
import dev.cajal.data.table.Column;
import dev.cajal.data.table.Numbers;
import dev.cajal.data.table.Spill;
import dev.cajal.data.table.Table;
import dev.cajal.nn.Layer;
import dev.cajal.nn.SavedModel;
import dev.cajal.report.Data;
import dev.cajal.report.Importance;
import dev.cajal.tensor.Array;
import dev.cajal.train.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The rows of a table, ready to be learned from. */
public final class TableMaterial implements Material {
  /** Cells of a row that are shown where a row is named. */
  private static final int SHOWN = 6;

  private final Table table;
  private final Preparing preparing;
  private final Split split;
  private final String divided;
  private final Preparation preparation;
  private final Samples training;
  private final Samples validation;
  private final Samples test;

  private TableMaterial(Table table, TableWishes wishes) {
    this.table = table;
    String target = target(table, wishes.target());
    var unused = new ArrayList<>(wishes.dropped());
    wishes.group().ifPresent(unused::add);
    if (unused.contains(target)) {
      throw new CajalException("%s is what is to be told, and can't be left out".formatted(target));
    }
    this.preparing = Preparing.of(table.without(unused), target, wishes.task(), wishes.filling());
    int[] rows = preparing.rows();
    var parts = Split.Parts.usual(rows.length);
    if (rows.length < 5) {
      throw new CajalException(
          "%s has %d rows to learn from: there must be some to learn from, some to stop by and some to test with"
              .formatted(table.source(), rows.length));
    }
    if (wishes.group().isPresent()) {
      Column group = table.column(wishes.group().get());
      this.split = Split.grouped(rows, group, parts, wishes.seed());
      this.divided = "at random, rows of one %s together".formatted(group.name());
    } else if (wishes.time().isPresent()) {
      this.split = Split.byTime(rows, times(table.column(wishes.time().get())), parts);
      this.divided = "by %s: what is tested with comes last".formatted(wishes.time().get());
    } else if (preparing.task().isOfClasses()) {
      this.split = Split.stratified(rows, preparing.target(), parts, wishes.seed());
      this.divided = "at random, each class in the same proportion";
    } else {
      this.split = Split.random(rows, parts, wishes.seed());
      this.divided = "at random";
    }
    if (split.validation().length == 0 || split.test().length == 0) {
      throw new CajalException(
          "%s has too few rows of each class for some to stop by and some to test with: %d rows, %d classes (a quantity is told with --task regression)"
              .formatted(
                  table.source(), rows.length, Preparing.counts(preparing.target(), rows).size()));
    }
    this.preparation = preparing.learned(split.training());
    var spill = Spill.in(wishes.folder());
    try {
      this.training = preparation.samples(table, split.training(), spill);
      this.validation = preparation.samples(table, split.validation(), spill);
      this.test = preparation.samples(table, split.test(), spill);
    } finally {
      spill.close();
    }
  }

  /** Prepares a table as it was asked. */
  public static TableMaterial of(Table table, TableWishes wishes) {
    return new TableMaterial(table, wishes);
  }

  /** A column by name, by number, or the last. */
  private static String target(Table table, String asked) {
    if (table.find(asked).isPresent()) {
      return asked;
    }
    List<String> names = table.names();
    if (asked.equals("last")) {
      return names.getLast();
    }
    if (asked.matches("\\d{1,6}")) {
      int number = Integer.parseInt(asked);
      if (number < 1 || number > names.size()) {
        throw new CajalException(
            "there is no column %d: %s has %d".formatted(number, table.source(), names.size()));
      }
      return names.get(number - 1);
    }
    return table.column(asked).name();
  }

  private static Numbers times(Column column) {
    if (column instanceof Numbers numbers && column.missing() == 0) {
      return numbers;
    }
    throw new CajalException(
        "%s can't order the rows: it has %s"
            .formatted(column.name(), column.missing() > 0 ? "gaps" : column.kind()));
  }

  @Override
  public String title() {
    return "%s from %s".formatted(preparation.target().column(), table.source());
  }

  @Override
  public List<String> notes() {
    var notes = new ArrayList<String>();
    preparing
        .leftOut()
        .forEach((column, why) -> notes.add("%s is not used: %s".formatted(column, why)));
    int left = table.rows() - preparing.rows().length;
    if (left > 0) {
      notes.add(String.format(Locale.ROOT, "%,d rows are left out: a value is missing", left));
    }
    return notes;
  }

  @Override
  public Samples training() {
    return training;
  }

  @Override
  public Samples validation() {
    return validation;
  }

  @Override
  public Samples test() {
    return test;
  }

  @Override
  public Target target() {
    return preparation.target();
  }

  public Task task() {
    return preparation.target().task();
  }

  @Override
  public Plan plan(Wishes wishes) {
    return Plan.ofTable(wishes, training.size(), preparation.width());
  }

  @Override
  public Layer network(Plan plan) {
    return TableNetwork.of(
        preparation, new TableNetwork.Layout(plan.hidden(), plan.activation(), plan.dropout()));
  }

  @Override
  public Object[] inputShape() {
    return new Object[] {preparation.width()};
  }

  @Override
  public SavedModel described(SavedModel network) {
    return new TableModel(network, preparation).saved();
  }

  @Override
  public String shown(int row) {
    int position = split.test()[row];
    return "row %d: %s"
        .formatted(
            position + 1,
            preparation.features().stream()
                .limit(SHOWN)
                .map(feature -> shown(table.column(feature.column()), position))
                .collect(Collectors.joining(", ")));
  }

  /** Numbers with as many digits as tell them apart. */
  private static String shown(Column column, int position) {
    return column instanceof Numbers numbers && !numbers.areDates() && !column.isMissing(position)
        ? Statistics.number(numbers.at(position))
        : column.text(position);
  }

  @Override
  public Optional<Importance> importance(UnaryOperator<Array> predict) {
    return new Permutations(preparation, test, predict).importance();
  }

  @Override
  public Data data() {
    int left = table.rows() - preparing.rows().length;
    return new Data(
        table.source(),
        table.rows(),
        table.columns().stream().map(this::described).toList(),
        left == 0 ? List.of() : List.of(new Data.Dropped(left, "a value is missing")),
        new Data.Split(training.size(), validation.size(), test.size(), divided),
        classes());
  }

  private List<Data.ClassCount> classes() {
    if (!(preparation.target() instanceof Target.Classes(_, var names))) {
      return List.of();
    }
    Map<String, Integer> a = Preparing.counts(preparing.target(), split.training());
    Map<String, Integer> b = Preparing.counts(preparing.target(), split.validation());
    Map<String, Integer> c = Preparing.counts(preparing.target(), split.test());
    return names.stream()
        .map(name ->
            new Data.ClassCount(
                name, a.getOrDefault(name, 0), b.getOrDefault(name, 0), c.getOrDefault(name, 0)))
        .toList();
  }

  private Data.Column described(Column column) {
    Optional<Feature> feature =
        preparation.features().stream()
            .filter(its -> its.column().equals(column.name()))
            .findFirst();
    boolean isTarget = preparation.target().column().equals(column.name());
    Data.Role role =
        isTarget ? Data.Role.TARGET : feature.isPresent() ? Data.Role.FEATURE : Data.Role.UNUSED;
    String encoding =
        isTarget
            ? preparation.target().kind()
            : feature.map(Feature::how).orElse(preparing.leftOut().getOrDefault(column.name(), ""));
    return new Data.Column(
        column.name(),
        role,
        column.kind(),
        encoding,
        column.missing(),
        Statistics.of(column, split.training()));
  }
}
