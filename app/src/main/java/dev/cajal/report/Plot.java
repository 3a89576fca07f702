package dev.cajal.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A chart as SVG. Places are parts of its width and height, so that it can be as wide as its reader
 * has room, while letters and lines keep their size. What things look like is said by their kind: a
 * class of the style sheet.
 */
final class Plot {
  private static final double LETTER = 6.7;
  private static final int LINE_HEIGHT = 15;
  private static final double NARROWEST = 220;

  /** A place in a chart. */
  record Point(double x, double y) {}

  private record Label(String kind, double y, String text) {}

  private final String title;
  private final String description;
  private final Axis x;
  private final Axis y;
  private final StringBuilder inside = new StringBuilder();
  private final List<Label> labels = new ArrayList<>();
  private String kind = "wide";
  private int height = 240;
  private int indent;
  private String xTitle = "";
  private Optional<Readout> readout = Optional.empty();

  Plot(String title, String description, Axis x, Axis y) {
    this.title = title;
    this.description = description;
    this.x = x;
    this.y = y;
  }

  /** As high as it is wide; the number is only what labels go by. */
  Plot square() {
    kind = "square";
    height = 320;
    return this;
  }

  Plot high(int pixels) {
    height = pixels;
    return this;
  }

  /** At least so far from the left, as another chart is. */
  Plot indented(int pixels) {
    indent = pixels;
    return this;
  }

  Plot across(String its) {
    xTitle = its;
    return this;
  }

  /** What is shown of the places a reader points at. */
  Plot reading(Readout its) {
    readout = Optional.of(its);
    return this;
  }

  Plot add(String template, Object... parts) {
    inside.append(Markup.of(template, parts).text()).append('\n');
    return this;
  }

  String x(double value) {
    return percent(x.part(value));
  }

  String y(double value) {
    return percent(1 - y.part(value));
  }

  static String percent(double part) {
    String text = String.format(Locale.ROOT, "%.2f", 100 * part);
    return text.replaceAll("\\.?0+$", "") + "%";
  }

  Plot grid() {
    for (Axis.Tick tick : y.ticks()) {
      String at = y(tick.value());
      add("<line class=\"grid\" x1=\"0\" y1=\"{}\" x2=\"100%\" y2=\"{}\"/>", at, at);
      add("<text class=\"end\" x=\"-8\" y=\"{}\" dy=\".35em\">{}</text>", at, tick.label());
    }
    add("<svg y=\"100%\" overflow=\"visible\"><line class=\"axis\" x1=\"0\" x2=\"100%\"/>");
    int every = every();
    for (int i = 0; i < x.ticks().size(); i += every) {
      Axis.Tick tick = x.ticks().get(i);
      String at = x(tick.value());
      add("<line class=\"tick\" x1=\"{}\" x2=\"{}\" y2=\"4\"/>", at, at);
      add("<text class=\"mid\" x=\"{}\" y=\"19\">{}</text>", at, tick.label());
    }
    return add("</svg>");
  }

  /** Of how many labels one is shown, so that they have room on a phone. */
  private int every() {
    List<Axis.Tick> ticks = x.ticks();
    if (ticks.size() < 3) {
      return 1;
    }
    double step = x.part(ticks.getLast().value()) - x.part(ticks.get(ticks.size() - 2).value());
    double widest = widest(ticks.stream().map(Axis.Tick::label).toList());
    return Math.clamp((int) Math.ceil((widest + 8) / (step * NARROWEST)), 1, ticks.size());
  }

  /** A line through points; one that is no number is a gap, and one between two gaps a dot. */
  Plot line(String its, List<Point> points) {
    var path = new StringBuilder();
    for (int i = 0; i < points.size(); i++) {
      if (!isDrawn(points, i)) {
        continue;
      }
      boolean begins = !isDrawn(points, i - 1);
      if (begins && !isDrawn(points, i + 1)) {
        dot(its, 3.5, points.get(i));
        continue;
      }
      Point point = points.get(i);
      path.append(begins ? 'M' : 'L')
          .append(coordinate(x.part(point.x())))
          .append(' ')
          .append(coordinate(1 - y.part(point.y())));
    }
    if (path.isEmpty()) {
      return this;
    }
    return add(
        """
        <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" width="100%" height="100%" \
        overflow="visible"><path class="line {}" d="{}"/></svg>\
        """,
        its, path);
  }

  private boolean isDrawn(List<Point> points, int i) {
    return i >= 0
        && i < points.size()
        && Double.isFinite(points.get(i).y())
        && (!y.isLog() || points.get(i).y() > 0);
  }

  private static String coordinate(double part) {
    double place = Math.clamp(1000 * part, -1000, 2000);
    return String.format(Locale.ROOT, "%.1f", place).replace(".0", "");
  }

  Plot dot(String its, double radius, Point at) {
    return add(
        "<circle class=\"dot {}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
        its,
        x(at.x()),
        y(at.y()),
        radius);
  }

  /** A word at the right edge, beside what it names; those too near one another move apart. */
  Plot label(String its, double at, String text) {
    if (Double.isFinite(at) && !(y.isLog() && at <= 0)) {
      labels.add(new Label(its, Math.clamp(1 - y.part(at), 0, 1) * height, text));
    }
    return this;
  }

  private void drawLabels() {
    labels.sort(Comparator.comparingDouble(Label::y));
    var places = new double[labels.size()];
    for (int i = 0; i < places.length; i++) {
      double from = i == 0 ? 0 : places[i - 1] + LINE_HEIGHT;
      places[i] = Math.max(labels.get(i).y(), from);
    }
    for (int i = places.length - 1; i >= 0; i--) {
      double to = i == places.length - 1 ? height : places[i + 1] - LINE_HEIGHT;
      places[i] = Math.min(places[i], to);
    }
    for (int i = 0; i < places.length; i++) {
      Label label = labels.get(i);
      add(
          "<text class=\"label {}\" x=\"100%\" y=\"{}\" dx=\"8\" dy=\".35em\">{}</text>",
          label.kind(), percent(places[i] / height), label.text());
    }
  }

  /** The chart in its box, which leaves room for what stands beside it. */
  Markup markup() {
    int left = Math.max(indent, room(y));
    int right =
        Math.max(Math.max(14, overhang()), widest(labels.stream().map(Label::text).toList()) + 12);
    drawLabels();
    Markup across =
        xTitle.isEmpty()
            ? Markup.NONE
            : Markup.of(
                "<text class=\"end\" x=\"100%\" y=\"100%\" dy=\"37\">{} →</text>\n", xTitle);
    return Markup.of(
        """
        <div class="plot {}" style="--left:{}px;--right:{}px;--height:{}px">
        <svg xmlns="http://www.w3.org/2000/svg" role="img"{}>
        <title>{}</title><desc>{}</desc>
        {}{}</svg></div>
        """,
        kind,
        left,
        right,
        height,
        readout.map(Readout::attribute).orElse(Markup.NONE),
        title,
        description,
        new Markup(inside.toString()),
        across);
  }

  /** How far the last label of the axis below goes beyond it. */
  private int overhang() {
    return x.ticks().isEmpty() || x.part(x.ticks().getLast().value()) < 0.9
        ? 0
        : width(x.ticks().getLast().label()) / 2;
  }

  /** What the labels of an axis need at the left. */
  static int room(Axis axis) {
    return widest(axis.ticks().stream().map(Axis.Tick::label).toList()) + 12;
  }

  private static int widest(List<String> some) {
    return some.stream().mapToInt(Plot::width).max().orElse(0);
  }

  /** In pixels, nearly. */
  private static int width(String text) {
    return (int) Math.ceil(text.codePointCount(0, text.length()) * LETTER);
  }
}
