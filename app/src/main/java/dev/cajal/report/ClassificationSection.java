package dev.cajal.report;

import dev.cajal.train.ConfusionMatrix;
import java.util.List;
import java.util.stream.IntStream;

/** How well classes were predicted. */
final class ClassificationSection {
  private static final int MISTAKES = 10;
  private static final int SHOWN = 20;

  private final Classification result;
  private final ConfusionMatrix matrix;

  ClassificationSection(Classification result) {
    this.result = result;
    this.matrix = result.matrix();
  }

  /** The figures that matter most, each beside that of a naive guess. */
  Markup figures() {
    if (matrix.samples() == 0) {
      return Markup.NONE;
    }
    ConfusionMatrix naive = result.naive();
    return Markup.of(
        "<dl class=\"figures\">{}{}{}{}</dl>\n"
            + "<p class=\"note\">Naive is to say {} of every row, as most training rows are; its"
            + " log-loss is that of the classes’ shares. Of other rows from the same source, {} can"
            + " be expected to be right, 19 times out of 20.</p>\n",
        figure("accuracy", Numbers.percent(matrix.accuracy()), Numbers.percent(naive.accuracy())),
        figure("macro F1", Numbers.ratio(matrix.macroF1()), Numbers.ratio(naive.macroF1())),
        figure("log-loss", Numbers.ratio(result.logLoss()), Numbers.ratio(result.naiveLogLoss())),
        figure("ROC AUC", Numbers.ratio(area()), "0.500"),
        Markup.quoted(result.name(result.usual())),
        Interval.of(result.right(), matrix.samples()));
  }

  static Markup figure(String name, String its, String naive) {
    return Markup.of(
        "<div><dt>{}</dt><dd>{}</dd><dd class=\"naive\">naive {}</dd></div>\n", name, its, naive);
  }

  private double area() {
    return result.isBinary()
        ? Roc.of(result.answers(), 1).area()
        : Roc.mean(
                IntStream.range(0, result.classes().size())
                    .mapToObj(its -> Roc.of(result.answers(), its))
                    .toList())
            .area();
  }

  Markup markup() {
    if (matrix.samples() == 0) {
      return Figure.paragraph(result.verdict());
    }
    return Markup.all(
        new MatrixSection(result).markup(),
        classes(),
        new ProbabilitySection(result).markup(),
        mistakes());
  }

  private Markup classes() {
    Table table =
        Table.of("class", ">precision", ">recall", ">F1", ">test rows").folded(SHOWN, "results");
    for (int its = 0; its < result.classes().size(); its++) {
      boolean isThere = matrix.support(its) > 0;
      table =
          table.row(
              Markup.name(result.name(its)),
              isPredicted(its) ? Numbers.ratio(matrix.precision(its)) : "never said",
              isThere ? Numbers.ratio(matrix.recall(its)) : "–",
              isThere ? Numbers.ratio(matrix.f1(its)) : "–",
              Numbers.count(matrix.support(its)));
    }
    table =
        table.row(
            Markup.of("<i>mean of classes</i>"),
            Numbers.ratio(matrix.macroPrecision()),
            Numbers.ratio(matrix.macroRecall()),
            Numbers.ratio(matrix.macroF1()),
            Numbers.count(matrix.samples()));
    return Markup.all(Figure.heading("Each class"), table.kind("common summed").markup());
  }

  private boolean isPredicted(int its) {
    return IntStream.range(0, result.classes().size()).anyMatch(i -> matrix.count(i, its) > 0);
  }

  private Markup mistakes() {
    List<Integer> wrong = result.mistakes();
    if (wrong.isEmpty()) {
      return Markup.all(
          Figure.heading("Mistakes"), Figure.paragraph("There are none among the test rows."));
    }
    Answers answers = result.answers();
    Table table = Table.of("row", "was", "taken for", ">probability", ">of the true class");
    for (int i : wrong.stream().limit(MISTAKES).toList()) {
      table =
          table.row(
              Markup.name(answers.row(i)),
              Markup.name(result.name(answers.label(i))),
              Markup.name(result.name(answers.prediction(i))),
              Numbers.percent(result.sureness(i)),
              Numbers.percent(answers.probability(i, answers.label(i))));
    }
    String heading =
        wrong.size() > MISTAKES ? "The surest mistakes" : "All mistakes, the surest first";
    return Markup.all(Figure.heading(heading), table.markup());
  }
}
