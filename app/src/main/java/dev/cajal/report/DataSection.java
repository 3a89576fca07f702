package dev.cajal.report;

import dev.cajal.report.Data.ClassCount;
import dev.cajal.report.Data.Column;
import dev.cajal.report.Data.Dropped;
import java.util.Locale;
import java.util.stream.Collectors;

/** What was learned from. */
final class DataSection {
  private static final int SHOWN = 20;

  private final Data data;

  DataSection(Data data) {
    this.data = data;
  }

  Markup markup() {
    return Markup.all(facts(), split(), classes(), columns());
  }

  private Markup facts() {
    if (data.columns().isEmpty()) {
      return Markup.of(
          "<p>{} has {}. {}</p>\n",
          Markup.name(data.file()),
          Numbers.counted(data.rows(), "row"),
          dropped());
    }
    long features =
        data.columns().stream().filter(each -> each.role() == Data.Role.FEATURE).count();
    return Markup.of(
        "<p>{} has {} and {}, of which {} used as {}. {}</p>\n",
        Markup.name(data.file()),
        Numbers.counted(data.rows(), "row"),
        Numbers.counted(data.columns().size(), "column"),
        Numbers.count(features) + (features == 1 ? " is" : " are"),
        features == 1 ? "a feature" : "features",
        dropped());
  }

  private Markup dropped() {
    return data.dropped().isEmpty()
        ? Markup.of("No row was left out.")
        : new Markup(
            data.dropped().stream().map(DataSection::dropped).collect(Collectors.joining(" ")));
  }

  private static String dropped(Dropped its) {
    return Markup.of(
            "{} left out: {}.",
            Numbers.counted(its.rows(), "row") + (its.rows() == 1 ? " was" : " were"),
            Markup.name(its.why()))
        .text();
  }

  private Markup split() {
    Data.Split its = data.split();
    if (its.all() == 0) {
      return Markup.NONE;
    }
    return Markup.of(
        "<div class=\"split\" role=\"img\" aria-label=\"{} to learn from, {} for validation, {} to"
            + " test with\">{}{}{}</div>\n"
            + "<p class=\"note\">Divided {}. Training rows are learned from{}.</p>\n",
        Numbers.count(its.training()),
        Numbers.count(its.validation()),
        Numbers.count(its.test()),
        part("training", its.training()),
        part("validation", its.validation()),
        part("test", its.test()),
        its.how(),
        (its.validation() == 0 ? "" : ", validation rows choose the epoch")
            + (its.test() == 0 ? "" : ", and test rows do neither"));
  }

  private Markup part(String name, long rows) {
    return rows == 0
        ? Markup.NONE
        : Markup.of(
            "<span style=\"flex:{} 1 0\" class=\"{}\"><b>{}</b> {} <i>{}</i></span>",
            rows,
            name,
            Numbers.count(rows),
            name,
            Numbers.percent((double) rows / data.split().all()));
  }

  private Markup classes() {
    if (data.classes().isEmpty()) {
      return Markup.NONE;
    }
    long most = data.classes().stream().mapToLong(ClassCount::all).max().orElse(1);
    long all = data.classes().stream().mapToLong(ClassCount::all).sum();
    Table table =
        Table.of("class", "~rows", ">", ">share", ">training", ">validation", ">test")
            .kind("common bars")
            .folded(12, "classes");
    for (ClassCount each : data.classes()) {
      table =
          table.row(
              Markup.name(each.name()),
              bar(each.all(), most),
              Numbers.count(each.all()),
              all == 0 ? "" : Numbers.percent((double) each.all() / all),
              Numbers.count(each.training()),
              Numbers.count(each.validation()),
              Numbers.count(each.test()));
    }
    return Markup.all(
        Figure.heading(
            Numbers.counted(data.classes().size(), "class").replace("classs", "classes")),
        table.markup());
  }

  static Markup bar(long some, long most) {
    return Markup.of(
        """
        <svg xmlns="http://www.w3.org/2000/svg" class="bar" aria-hidden="true">\
        <rect class="fill" x="0" y="3" width="{}" height="12"/></svg>\
        """,
        Plot.percent(most == 0 ? 0 : (double) some / most));
  }

  private Markup columns() {
    if (data.columns().isEmpty()) {
      return Markup.NONE;
    }
    Table table =
        Table.of("column", "role", "type", "became", ">missing", "statistics")
            .folded(SHOWN, "columns");
    for (Column each : data.columns()) {
      table =
          table.row(
              Markup.name(each.name()),
              role(each),
              each.type(),
              each.encoding(),
              missing(each),
              each.statistics());
    }
    return Markup.all(Figure.heading("Columns"), table.markup());
  }

  private static Markup role(Column its) {
    String name = its.role().name().toLowerCase(Locale.ROOT);
    return its.role() == Data.Role.TARGET ? Markup.of("<b>{}</b>", name) : Markup.of("{}", name);
  }

  private Markup missing(Column its) {
    return its.missing() == 0
        ? Markup.of("<span class=\"quiet\">–</span>")
        : data.rows() == 0
            ? Markup.of("{}", Numbers.count(its.missing()))
            : Markup.of(
                "{} <span class=\"quiet\">{}</span>",
                Numbers.count(its.missing()),
                Numbers.percent((double) its.missing() / data.rows()));
  }
}
