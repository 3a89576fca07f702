package dev.cajal.report;

import dev.cajal.report.Plot.Point;
import dev.cajal.train.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The losses and metrics of each epoch. */
final class LearningSection {
  /** From this ratio on, small losses can't be told apart on an even scale. */
  private static final double WIDE = 30;

  private static final int MOST_METRICS = 6;

  private record Line(String name, String kind, ToDoubleFunction<Event.Epoch> value) {}

  private final Training training;
  private final List<Event.Epoch> epochs;

  LearningSection(Training training) {
    this.training = training;
    this.epochs = training.epochs();
  }

  Markup markup() {
    if (epochs.isEmpty()) {
      return Figure.paragraph("No epoch was finished, so there are no curves.");
    }
    List<String> metrics =
        epochs.stream().flatMap(epoch -> epoch.metrics().keySet().stream()).distinct().toList();
    Markup others = Markup.each(metrics.stream().limit(MOST_METRICS).toList(), this::metric);
    String kind = metrics.size() > 1 ? "pair" : "";
    return Markup.all(loss(), Markup.of("<div class=\"{}\">{}</div>\n", kind, others), gap());
  }

  private Markup loss() {
    boolean isValidated = epochs.stream().anyMatch(epoch -> epoch.validation().isPresent());
    var lines = new ArrayList<Line>();
    lines.add(new Line("training", isValidated ? "quiet" : "accent", Event.Epoch::loss));
    if (isValidated) {
      lines.add(new Line("validation", "accent", epoch -> epoch.validation().orElse(Double.NaN)));
    }
    Axis axis = axis(lines);
    String claim =
        training
            .bestEpoch()
            .filter(_ -> epochs.size() > 1)
            .map(epoch ->
                "The best of %s is epoch %s"
                    .formatted(
                        Numbers.counted(epochs.getLast().number(), "epoch"),
                        Numbers.count(epoch.number())))
            .orElse("The loss of " + Numbers.counted(epochs.size(), "epoch"));
    String measure =
        "Mean %s of each epoch%s"
            .formatted(training.loss(), axis.isLog() ? "; equal steps are equal ratios" : "");
    return Figure.of(claim, measure, plot(training.loss(), lines, axis, 260));
  }

  private Markup metric(String name) {
    var line = new Line(name, "accent", epoch -> epoch.metrics().getOrDefault(name, Double.NaN));
    if (epochs.stream().mapToDouble(line.value).noneMatch(Double::isFinite)) {
      return Markup.of("<p>{} is no number in any epoch.</p>\n", Markup.quoted(name));
    }
    Optional<Double> best = training.bestEpoch().map(line.value::applyAsDouble);
    Markup claim =
        Markup.of(
            "{}{}",
            Markup.name(name),
            best.map(it -> " is " + Numbers.brief(it) + " at the best epoch").orElse(""));
    return Figure.of(
        "", claim, "On the validation rows", plot(name, List.of(line), axis(List.of(line)), 170));
  }

  private Axis axis(List<Line> lines) {
    double[] values =
        lines.stream()
            .flatMapToDouble(line -> epochs.stream().mapToDouble(line.value))
            .filter(Double::isFinite)
            .toArray();
    double least = DoubleStream.of(values).min().orElse(0);
    double most = DoubleStream.of(values).max().orElse(1);
    if (least > 0 && most / least > WIDE) {
      return Axis.logarithmic(least, most);
    }
    return Axis.around(least > 0 && least < 0.4 * most ? 0 : least, most, 5);
  }

  private Plot.Point at(Event.Epoch epoch, Line line) {
    return new Point(epoch.number(), line.value.applyAsDouble(epoch));
  }

  private Markup plot(String title, List<Line> lines, Axis y, int height) {
    Axis x = Axis.whole(epochs.getFirst().number(), epochs.getLast().number(), 6);
    List<Event.Epoch> shown = Thinning.of(epochs, lines.stream().map(Line::value).toList());
    Plot plot =
        new Plot(title + " of each epoch", description(lines), x, y)
            .high(height)
            .across("epoch")
            .grid();
    training.bestEpoch().ifPresent(best -> mark(plot, x, best));
    for (Line line : lines) {
      plot.line(line.kind, shown.stream().map(epoch -> at(epoch, line)).toList());
      double last =
          epochs.reversed().stream()
              .mapToDouble(line.value)
              .filter(Double::isFinite)
              .findFirst()
              .orElse(Double.NaN);
      boolean isAlone = lines.size() == 1;
      plot.label(line.kind, last, isAlone ? Numbers.brief(last, 3) : line.name);
    }
    training
        .bestEpoch()
        .map(best -> at(best, lines.getLast()))
        .filter(point -> Double.isFinite(point.y()) && !(y.isLog() && point.y() <= 0))
        .ifPresent(point -> plot.dot(lines.getLast().kind, 4, point));
    return plot.reading(readout(shown, lines, x, y)).markup();
  }

  private static void mark(Plot plot, Axis x, Event.Epoch best) {
    String at = plot.x(best.number());
    double part = x.part(best.number());
    String anchor = part < 0.15 ? "start" : part > 0.85 ? "end" : "mid";
    plot.add("<line class=\"best\" x1=\"{}\" y1=\"0\" x2=\"{}\" y2=\"100%\"/>", at, at);
    plot.add(
        "<text class=\"{}\" x=\"{}\" y=\"0\" dy=\"-8\">best: epoch {}</text>",
        anchor,
        at,
        Numbers.count(best.number()));
  }

  private Readout readout(List<Event.Epoch> shown, List<Line> lines, Axis x, Axis y) {
    return new Readout(
        lines.stream().map(Line::name).toList(),
        shown.stream()
            .map(epoch ->
                new Readout.Stop(
                    x.part(epoch.number()),
                    "epoch " + Numbers.count(epoch.number()),
                    lines.stream()
                        .map(line -> line.value.applyAsDouble(epoch))
                        .map(value -> new Readout.Value(1 - y.part(value), Numbers.brief(value)))
                        .toList()))
            .toList());
  }

  private String description(List<Line> lines) {
    var text = new StringBuilder();
    for (Line line : lines) {
      text.append(
          "%s: %s after epoch %s, %s after epoch %s. "
              .formatted(
                  line.name,
                  Numbers.brief(line.value.applyAsDouble(epochs.getFirst())),
                  Numbers.count(epochs.getFirst().number()),
                  Numbers.brief(line.value.applyAsDouble(epochs.getLast())),
                  Numbers.count(epochs.getLast().number())));
    }
    return text.toString().strip();
  }

  private Markup gap() {
    String time = Numbers.time(training.seconds());
    String at =
        training
            .bestEpoch()
            .filter(best -> best.validation().isPresent())
            .map(best ->
                "At epoch %s the loss was %s on training and %s on validation rows. "
                    .formatted(
                        Numbers.count(best.number()),
                        Numbers.brief(best.loss()),
                        Numbers.brief(best.validation().orElseThrow())))
            .orElse("");
    return Figure.note(
        at
            + "The training loss of an epoch is the mean over its steps, each taken before that"
            + " step’s"
            + " change. All epochs together took %s.".formatted(time));
  }
}
