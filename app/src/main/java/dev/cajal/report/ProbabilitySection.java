package dev.cajal.report;

import dev.cajal.report.Calibration.Bin;
import dev.cajal.report.Plot.Point;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What the probabilities are worth: whether they rank rows right, and whether they are true. */
final class ProbabilitySection {
  private static final int SMALL_MULTIPLES = 12;
  private static final int WORST = 5;
  private static final int INDENT = 44;
  private static final Axis SHARES = Axis.exactly(0, 1, 5);

  private final Classification result;

  ProbabilitySection(Classification result) {
    this.result = result;
  }

  Markup markup() {
    if (result.isBinary()) {
      return Markup.of(
          "<div class=\"pair\">{}{}</div>\n",
          ranking(Roc.of(result.answers(), 1), Markup.quoted(result.name(1))),
          calibration());
    }
    List<Roc> all =
        IntStream.range(0, result.classes().size())
            .mapToObj(its -> Roc.of(result.answers(), its))
            .toList();
    if (all.size() <= SMALL_MULTIPLES) {
      return Markup.of(
          "{}<div class=\"pair\">{}{}</div>\n", multiples(all), calibration(), coverage());
    }
    return Markup.of(
        "<div class=\"pair\">{}{}</div>\n{}",
        ranking(Roc.mean(all), Markup.of("a class, on average,")),
        calibration(),
        worst(all));
  }

  private Markup ranking(Roc roc, Markup subject) {
    if (roc.points().isEmpty()) {
      return Figure.paragraph("All test rows are of one class, so there is no ROC curve.");
    }
    Plot plot = curve(roc, "ROC curve").across("false-positive rate").square();
    plot.add("<text class=\"big\" x=\"96%\" y=\"92%\">AUC {}</text>", Numbers.ratio(roc.area()));
    Markup claim =
        Markup.of(
            "{} of {} are found at 5% false alarms", Numbers.share(roc.foundAt(0.05)), subject);
    return Figure.of("", claim, "True-positive rate, as the threshold falls", plot.markup());
  }

  private static Plot curve(Roc roc, String title) {
    List<Roc.Point> drawn = roc.drawn();
    Plot plot =
        new Plot(title, "The area under it is " + Numbers.ratio(roc.area()), SHARES, SHARES)
            .indented(INDENT)
            .grid();
    plot.add("<line class=\"chance\" x1=\"0\" y1=\"100%\" x2=\"100%\" y2=\"0\"/>");
    plot.line(
        "accent", drawn.stream().map(each -> new Point(each.wrongly(), each.found())).toList());
    return plot.reading(
        new Readout(
            List.of("found", "wrongly"), drawn.stream().map(ProbabilitySection::stop).toList()));
  }

  private static Readout.Stop stop(Roc.Point its) {
    String caption =
        Double.isFinite(its.threshold()) ? "threshold " + Numbers.brief(its.threshold(), 3) : "";
    return new Readout.Stop(
        its.wrongly(),
        caption,
        List.of(
            new Readout.Value(1 - its.found(), Numbers.percent(its.found())),
            new Readout.Value(Double.NaN, Numbers.percent(its.wrongly()))));
  }

  private Markup multiples(List<Roc> all) {
    Markup each =
        Markup.each(
            IntStream.range(0, all.size()).boxed().toList(),
            its -> multiple(result.name(its), all.get(its)));
    Roc mean = Roc.mean(all);
    return Figure.of(
        "",
        Markup.of("ROC curves: mean AUC {}", Numbers.ratio(mean.area())),
        "Each class against all others: true-positive rate over false-positive rate",
        Markup.of("<div class=\"multiples\">{}</div>\n", each));
  }

  private static Markup multiple(String name, Roc roc) {
    Axis ends = Axis.exactly(0, 1, 1);
    Plot plot =
        new Plot(
                "ROC curve of " + name,
                "The area under it is " + Numbers.ratio(roc.area()),
                ends,
                ends)
            .square()
            .grid();
    plot.add("<line class=\"chance\" x1=\"0\" y1=\"100%\" x2=\"100%\" y2=\"0\"/>");
    plot.line(
        "accent",
        Thinning.evenly(roc.drawn(), 120).stream()
            .map(point -> new Point(point.wrongly(), point.found()))
            .toList());
    plot.add(
        "<text class=\"big\" x=\"96%\" y=\"90%\">{}</text>",
        Double.isNaN(roc.area()) ? "no such rows" : Numbers.ratio(roc.area()));
    return Markup.of("<div><h4>{}</h4>{}</div>\n", Markup.name(name), plot.markup());
  }

  private Markup worst(List<Roc> all) {
    Table table = Table.of("class", ">ROC AUC");
    List<Integer> worst =
        IntStream.range(0, all.size())
            .boxed()
            .filter(its -> !Double.isNaN(all.get(its).area()))
            .sorted(Comparator.comparingDouble((Integer its) -> all.get(its).area()))
            .limit(WORST)
            .toList();
    for (int its : worst) {
      table = table.row(Markup.name(result.name(its)), Numbers.ratio(all.get(its).area()));
    }
    return Markup.all(Figure.heading("Hardest to tell from all others"), table.markup());
  }

  private Markup calibration() {
    Calibration its = Calibration.of(result);
    String of = result.isBinary() ? "“" + result.name(1) + "”" : "the predicted class";
    Plot plot =
        new Plot(
                "Reliability diagram",
                "Expected calibration error " + Numbers.ratio(its.error()),
                SHARES,
                SHARES)
            .across("probability that was said")
            .square()
            .indented(INDENT)
            .grid();
    plot.add("<line class=\"chance\" x1=\"0\" y1=\"100%\" x2=\"100%\" y2=\"0\"/>");
    its.bins().stream().filter(bin -> bin.rows() > 0).forEach(bin -> draw(plot, bin));
    plot.line("accent", points(its));
    plot.reading(
        new Readout(
            List.of("true for", "said"),
            its.bins().stream().filter(bin -> bin.rows() > 0).map(bin -> stop(bin)).toList()));
    Markup claim = Markup.of("Probabilities are off by {} points on average", points(its.error()));
    return Figure.of(
        "",
        claim,
        "How often it was %s, with the range that chance allows; below, rows in each bin. Expected"
                .formatted(of)
            + " calibration error "
            + Numbers.ratio(its.error()),
        Markup.all(plot.markup(), counts(its)));
  }

  private Markup coverage() {
    Coverage its = Coverage.of(result);
    List<Coverage.Point> drawn = Thinning.of(its.points(), List.of(Coverage.Point::right));
    double least = drawn.stream().mapToDouble(Coverage.Point::right).min().orElse(0);
    Axis y = Axis.around(Math.min(least, 0.98), 1, 4);
    Plot plot =
        new Plot(
                "Share of the surest rows that are right",
                "All rows: " + Numbers.percent(its.rightAt(1)),
                SHARES,
                y)
            .across("share of rows decided")
            .square()
            .indented(INDENT)
            .grid()
            .line("accent", drawn.stream().map(at -> new Point(at.decided(), at.right())).toList());
    plot.reading(
        new Readout(List.of("right", "decided"), drawn.stream().map(at -> stop(at, y)).toList()));
    String claim = "The surest 80%% are right in %s".formatted(Numbers.percent(its.rightAt(0.8)));
    return Figure.of(
        claim,
        "Share right, if the rows that it is least sure of are left to others",
        plot.markup());
  }

  private static Readout.Stop stop(Coverage.Point at, Axis y) {
    return new Readout.Stop(
        at.decided(),
        "from " + Numbers.percent(at.sureness()) + " on",
        List.of(
            new Readout.Value(1 - y.part(at.right()), Numbers.percent(at.right())),
            new Readout.Value(Double.NaN, Numbers.percent(at.decided()))));
  }

  private static List<Point> points(Calibration its) {
    return its.bins().stream()
        .filter(bin -> bin.rows() > 0)
        .map(bin -> new Point(bin.said(), bin.share()))
        .toList();
  }

  private static String points(double part) {
    return Numbers.brief(100 * part, 2);
  }

  private static void draw(Plot plot, Bin bin) {
    Interval range = Interval.of(bin.right(), bin.rows());
    String x = plot.x(bin.said());
    plot.add(
        "<line class=\"range\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>",
        x,
        plot.y(range.low()),
        x,
        plot.y(range.high()));
    plot.dot("accent", 3.5, new Point(bin.said(), bin.share()));
  }

  private static Readout.Stop stop(Bin bin) {
    return new Readout.Stop(
        bin.said(),
        Numbers.counted(bin.rows(), "row"),
        List.of(
            new Readout.Value(1 - bin.share(), Numbers.percent(bin.share())),
            new Readout.Value(Double.NaN, Numbers.percent(bin.said()))));
  }

  private static Markup counts(Calibration its) {
    long most = its.bins().stream().mapToLong(Bin::rows).max().orElse(0);
    Axis x = new Axis(false, 0, 1, List.of());
    Axis y =
        new Axis(
            false,
            0,
            Math.max(1.0, (double) most),
            List.of(new Axis.Tick((double) most, Numbers.count(most))));
    Plot plot =
        new Plot("Rows in each bin", "At most " + Numbers.count(most), x, y)
            .high(44)
            .indented(INDENT)
            .grid();
    for (int k = 0; k < its.bins().size(); k++) {
      double rows = (double) its.bins().get(k).rows();
      plot.add(
          "<rect class=\"fill\" x=\"{}\" y=\"{}\" width=\"9.4%\" height=\"{}\"/>",
          Plot.percent(k / 10.0 + 0.003), plot.y(rows), Plot.percent(y.part(rows)));
    }
    return plot.markup();
  }
}
