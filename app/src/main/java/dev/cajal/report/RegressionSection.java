package dev.cajal.report;

import dev.cajal.report.Plot.Point;
import dev.cajal.report.Regression.Case;
import java.util.Arrays;
import java.util.List;

/** How well numbers were predicted. */
final class RegressionSection {
  private static final int MISSES = 10;
  private static final int MOST_DOTS = 2000;
  private static final int CELLS = 48;

  private final Regression result;
  private final List<Case> cases;

  RegressionSection(Regression result) {
    this.result = result;
    this.cases = result.finite();
  }

  /** The figures that matter most, each beside that of a naive guess. */
  Markup figures() {
    if (result.cases().isEmpty()) {
      return Markup.NONE;
    }
    Regression naive = result.naive();
    return Markup.of(
        "<dl class=\"figures\">{}{}{}</dl>\n"
            + "<p class=\"note\">Naive is to say {} of every row, the mean of the training"
            + " rows.{}</p>\n",
        ClassificationSection.figure(
            "mean absolute error",
            Numbers.brief(result.meanError()),
            Numbers.brief(naive.meanError())),
        ClassificationSection.figure(
            "root mean square error",
            Numbers.brief(result.rootMeanSquare()),
            Numbers.brief(naive.rootMeanSquare())),
        ClassificationSection.figure(
            "variance explained, R²",
            Numbers.ratio(result.explained()),
            Numbers.ratio(naive.explained())),
        Numbers.brief(result.usual()),
        bias());
  }

  private String bias() {
    double bias = result.bias();
    return Double.isNaN(bias)
        ? ""
        : " On average the predictions are %s %s."
            .formatted(Numbers.brief(Math.abs(bias), 2), bias < 0 ? "too high" : "too low");
  }

  Markup markup() {
    if (cases.isEmpty()) {
      return Figure.paragraph("There is no test row whose prediction is a number.");
    }
    return Markup.all(
        unfinished(),
        Markup.of("<div class=\"pair\">{}{}</div>\n", scatter(), residuals()),
        misses());
  }

  private Markup unfinished() {
    int lost = result.cases().size() - cases.size();
    return lost == 0
        ? Markup.NONE
        : Markup.of(
            "<p class=\"alarm\">The charts leave out {} whose prediction is no number.</p>\n",
            Numbers.counted(lost, "test row"));
  }

  /** For what is true and what is predicted alike. */
  private Axis axis() {
    double least =
        cases.stream().mapToDouble(it -> Math.min(it.truth(), it.predicted())).min().orElse(0);
    double most =
        cases.stream().mapToDouble(it -> Math.max(it.truth(), it.predicted())).max().orElse(1);
    return Axis.around(least, most, 4);
  }

  private Markup scatter() {
    Axis axis = axis();
    Plot plot =
        new Plot("Predicted over true " + result.target(), result.verdict(), axis, axis)
            .across("true")
            .square()
            .grid();
    if (cases.size() <= MOST_DOTS) {
      String kind = cases.size() > 300 ? "many" : "few";
      cases.forEach(each ->
          plot.dot(kind, kind.equals("many") ? 2 : 3, new Point(each.truth(), each.predicted())));
    } else {
      cells(plot, axis);
    }
    plot.add("<line class=\"chance\" x1=\"0\" y1=\"100%\" x2=\"100%\" y2=\"0\"/>");
    String how =
        cases.size() <= MOST_DOTS
            ? "; a dot for each test row"
            : "; darker where there are more of %s test rows"
                .formatted(Numbers.count(cases.size()));
    return Figure.of(
        "",
        Markup.of("Predicted against true {}", Markup.name(result.target())),
        "On the line they are the same" + how,
        plot.markup());
  }

  private void cells(Plot plot, Axis axis) {
    var counts = new long[CELLS][CELLS];
    for (Case each : cases) {
      counts[cell(axis, each.truth())][cell(axis, each.predicted())]++;
    }
    double most = (double) Arrays.stream(counts).flatMapToLong(Arrays::stream).max().orElse(1);
    String size = Plot.percent(1.0 / CELLS);
    for (int i = 0; i < CELLS; i++) {
      for (int j = 0; j < CELLS; j++) {
        if (counts[i][j] > 0) {
          plot.add(
              "<rect class=\"heat\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\""
                  + " fill-opacity=\"{}\"/>",
              Plot.percent((double) i / CELLS),
              Plot.percent(1 - (j + 1.0) / CELLS),
              size,
              size,
              Math.round(100 * (0.12 + 0.88 * Math.sqrt(counts[i][j] / most))) / 100.0);
        }
      }
    }
  }

  private static int cell(Axis axis, double value) {
    return Math.clamp((int) (axis.part(value) * CELLS), 0, CELLS - 1);
  }

  private Markup residuals() {
    Histogram histogram = Histogram.of(cases.stream().map(Case::residual).toList());
    Axis ticks = Axis.exactly(histogram.low(), histogram.high(), 6);
    Axis y = Axis.counts(histogram.most());
    Plot plot =
        new Plot(
                "Histogram of true minus predicted",
                "Mean %s, from %s to %s"
                    .formatted(
                        Numbers.brief(result.bias()),
                        Numbers.brief(histogram.low()),
                        Numbers.brief(histogram.high())),
                ticks,
                y)
            .across("true minus predicted")
            .square()
            .indented(Plot.room(axis()))
            .grid();
    int bins = histogram.counts().size();
    for (int k = 0; k < bins; k++) {
      long rows = histogram.counts().get(k);
      if (rows > 0) {
        plot.add(
            "<rect class=\"fill\" x=\"{}\" y=\"{}\" width=\"{}\""
                + " height=\"{}\"><title>{}</title></rect>",
            Plot.percent((k + 0.04) / bins),
            plot.y((double) rows),
            Plot.percent(0.92 / bins),
            Plot.percent(y.part((double) rows)),
            Numbers.counted(rows, "row"));
      }
    }
    if (histogram.low() < 0 && histogram.high() > 0) {
      String zero = plot.x(0);
      plot.add("<line class=\"best\" x1=\"{}\" y1=\"0\" x2=\"{}\" y2=\"100%\"/>", zero, zero);
    }
    long low = cases.stream().filter(each -> each.residual() > 0).count();
    return Figure.of(
        "",
        Markup.of("Half are off by less than {}", Numbers.brief(median(), 3)),
        "Test rows by true minus predicted; %s of predictions are too low"
            .formatted(Numbers.share((double) low / cases.size())),
        plot.markup());
  }

  private double median() {
    double[] errors =
        cases.stream().mapToDouble(each -> Math.abs(each.residual())).sorted().toArray();
    int half = errors.length / 2;
    return errors.length % 2 == 1 ? errors[half] : (errors[half - 1] + errors[half]) / 2;
  }

  private Markup misses() {
    Table table = Table.of("row", ">true", ">predicted", ">true − predicted");
    for (Case each : result.misses().stream().limit(MISSES).toList()) {
      table =
          table.row(
              Markup.name(each.row()),
              Numbers.brief(each.truth()),
              Numbers.brief(each.predicted()),
              Numbers.brief(each.residual()));
    }
    return Markup.all(Figure.heading("Furthest off"), table.markup());
  }
}
