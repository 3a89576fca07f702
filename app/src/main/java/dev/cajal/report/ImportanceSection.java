package dev.cajal.report;

import dev.cajal.report.Importance.Feature;
import java.util.List;

/** A bar for each of the most important features. */
final class ImportanceSection {
  private static final int SHOWN = 20;

  private final Importance importance;

  ImportanceSection(Importance importance) {
    this.importance = importance;
  }

  Markup markup() {
    List<Feature> ranked = importance.ranked();
    if (ranked.isEmpty()) {
      return Figure.paragraph("There are no features to shuffle.");
    }
    List<Feature> shown = ranked.stream().limit(SHOWN).toList();
    double least =
        shown.stream().mapToDouble(each -> low(each)).filter(Double::isFinite).min().orElse(0);
    double most =
        shown.stream().mapToDouble(each -> high(each)).filter(Double::isFinite).max().orElse(0);
    double low = Math.min(0, least);
    double high = Math.max(0, most);
    Axis axis = new Axis(false, low, high > low ? high : low + 1, List.of());
    Table table = Table.of("", "~", ">", ">").kind("bars");
    for (Feature each : shown) {
      table =
          table.row(
              Markup.name(each.name()),
              bar(each, axis),
              number(each.drop(), most),
              Double.isNaN(each.deviation()) ? "" : "± " + number(each.deviation(), most));
    }
    String shuffles =
        "Fall in %s when a feature’s values are shuffled: mean and standard deviation of %s"
            .formatted(importance.measure(), Numbers.counted(importance.repeats(), "shuffle"));
    return Markup.all(
        Figure.of("", claim(ranked), shuffles, table.markup()), rest(ranked), caution());
  }

  /** All with as many digits as the largest needs. */
  private static String number(double its, double most) {
    int decimals = most > 0 ? 2 - (int) Math.floor(Math.log10(most)) : 3;
    return decimals > 6 ? Numbers.brief(its, 3) : Numbers.fixed(its, Math.max(0, decimals));
  }

  private static double low(Feature each) {
    return each.drop() - Math.max(0, each.deviation());
  }

  private static double high(Feature each) {
    return each.drop() + Math.max(0, each.deviation());
  }

  private static Markup claim(List<Feature> ranked) {
    Feature first = ranked.getFirst();
    return first.drop() > first.deviation()
        ? Markup.of("It relies most on {}", Markup.quoted(first.name()))
        : Markup.of("No feature clearly matters by itself");
  }

  private static Markup bar(Feature each, Axis axis) {
    if (!Double.isFinite(each.drop())) {
      return Markup.NONE;
    }
    double zero = axis.part(0);
    double to = axis.part(each.drop());
    String start = Plot.percent(Math.min(zero, to));
    String width = Plot.percent(Math.abs(to - zero));
    String at = Plot.percent(zero);
    Markup whisker =
        each.deviation() > 0
            ? Markup.of(
                "<line class=\"whisker\" x1=\"{}\" y1=\"9\" x2=\"{}\" y2=\"9\"/>",
                Plot.percent(axis.part(low(each))),
                Plot.percent(axis.part(high(each))))
            : Markup.NONE;
    return Markup.of(
        """
        <svg xmlns="http://www.w3.org/2000/svg" class="bar" aria-hidden="true">\
        <rect class="{}" x="{}" y="3" width="{}" height="12"/>\
        <line class="zero" x1="{}" y1="0" x2="{}" y2="18"/>{}</svg>\
        """,
        each.drop() < 0 ? "negative" : "fill",
        start,
        width,
        at,
        at,
        whisker);
  }

  private static Markup rest(List<Feature> ranked) {
    if (ranked.size() <= SHOWN) {
      return Markup.NONE;
    }
    Feature next = ranked.get(SHOWN);
    return Figure.paragraph(
        "%s more are not shown: a fall of %s at most."
            .formatted(
                Numbers.counted(ranked.size() - SHOWN, "feature"),
                number(next.drop(), ranked.getFirst().drop())));
  }

  private static Markup caution() {
    return Figure.note(
        "Of features that say nearly the same, each looks unimportant, since the other stays. A"
            + " fall of about zero, or less, means that the feature is not needed.");
  }
}
