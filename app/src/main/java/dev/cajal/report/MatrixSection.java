package dev.cajal.report;

import dev.cajal.train.ConfusionMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What was taken for what: a table of few classes, a picture of many. */
final class MatrixSection {
  private static final int FEW = 12;
  private static final int PAIRS = 10;
  private static final int PICTURE = 704;
  private static final int LETTERS = 18;

  private record Pair(int label, int prediction, long count) {}

  private final Classification result;
  private final ConfusionMatrix matrix;
  private final List<Integer> classes;

  MatrixSection(Classification result) {
    this.result = result;
    this.matrix = result.matrix();
    this.classes = IntStream.range(0, result.classes().size()).boxed().toList();
  }

  Markup markup() {
    List<Pair> pairs = pairs();
    Markup claim =
        pairs.isEmpty()
            ? Markup.of("No row was taken for another class")
            : Markup.of(
                "{} of {} mistakes: {} is taken for {}",
                Numbers.count(pairs.getFirst().count),
                Numbers.count(matrix.samples() - result.right()),
                Markup.quoted(result.name(pairs.getFirst().label)),
                Markup.quoted(result.name(pairs.getFirst().prediction)));
    boolean isTable = classes.size() <= FEW;
    return Markup.all(
        Figure.of(
            "",
            claim,
            "Rows are what each was, columns what it was taken for; the stronger a colour, the"
                + " larger a part of the row",
            isTable ? table() : picture()),
        isTable ? Markup.NONE : pairs(pairs));
  }

  private List<Pair> pairs() {
    var all = new ArrayList<Pair>();
    for (int i : classes) {
      for (int j : classes) {
        if (i != j && matrix.count(i, j) > 0) {
          all.add(new Pair(i, j, matrix.count(i, j)));
        }
      }
    }
    all.sort(Comparator.comparingLong((Pair pair) -> -pair.count));
    return all;
  }

  private double share(int label, int prediction) {
    long support = matrix.support(label);
    return support == 0 ? 0 : (double) matrix.count(label, prediction) / support;
  }

  private Markup table() {
    Markup head =
        Markup.each(
            classes,
            j -> Markup.of("<th scope=\"col\"><span>{}</span></th>", Markup.name(result.name(j))));
    int longest =
        classes.stream().mapToInt(j -> result.name(j).length()).max().orElse(0) * classes.size();
    return Markup.of(
        """
        <div class="scroll"><table class="matrix{}"><thead><tr><td></td>{}</tr></thead><tbody>
        {}</tbody></table></div>
        """,
        classes.size() < 5 ? " roomy" : longest > 50 ? " upright" : "",
        head,
        Markup.each(classes, this::row));
  }

  private Markup row(int i) {
    return Markup.of(
        "<tr><th scope=\"row\"><span>{}</span></th>{}</tr>\n",
        Markup.name(result.name(i)),
        Markup.each(classes, j -> cell(i, j)));
  }

  private Markup cell(int i, int j) {
    double share = share(i, j);
    String kind = i == j ? "right" : "wrong";
    return matrix.count(i, j) == 0
        ? Markup.of("<td class=\"none\">{}</td>", i == j ? "0" : "·")
        : Markup.of(
            "<td class=\"{}\" style=\"--part:{}%\">{}<small>{}</small></td>",
            kind,
            String.format(Locale.ROOT, "%.0f", 100 * shade(i, j)),
            Numbers.count(matrix.count(i, j)),
            Numbers.percent(share));
  }

  /** Visible from the smallest share on; few mistakes are told from fewer. */
  private double shade(int i, int j) {
    double share = share(i, j);
    return 0.1 + 0.9 * (i == j ? share : Math.sqrt(share));
  }

  private Markup picture() {
    int n = classes.size();
    int longest =
        classes.stream()
            .mapToInt(i -> brief(result.name(i)).codePointCount(0, brief(result.name(i)).length()))
            .max()
            .orElse(0);
    int margin = (int) (longest * (n > 40 ? 8.5 : 11) * 0.6) + 10;
    int cell = Math.clamp((PICTURE - margin) / n, 9, 24);
    double letter = Math.min(11, cell - 0.5);
    var cells = new StringBuilder();
    for (int i : classes) {
      for (int j : classes) {
        cells.append(square(i, j, cell));
      }
    }
    int size = n * cell;
    return Markup.of(
        """
        <div class="scroll"><svg xmlns="http://www.w3.org/2000/svg" class="cells" role="img" \
        width="{}" height="{}" viewBox="{} {} {} {}" font-size="{}" data-cell="{}" data-n="{}">
        <title>{}</title><desc>{}</desc>
        <rect class="frame" width="{}" height="{}"/>
        {}{}</svg></div>
        """,
        margin + size + 1,
        margin + size + 1,
        -margin,
        -margin,
        margin + size + 1,
        margin + size + 1,
        letter,
        cell,
        n,
        "Confusion matrix of " + n + " classes",
        result.verdict() + " The classes most often confused are in the table after it.",
        size,
        size,
        new Markup(cells.toString()),
        Markup.each(classes, i -> labels(i, cell)));
  }

  private Markup square(int i, int j, int cell) {
    return matrix.count(i, j) == 0
        ? Markup.NONE
        : Markup.of(
            "<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill-opacity=\"{}\""
                + " data-c=\"{}\"/>\n",
            i == j ? "r" : "w",
            j * cell,
            i * cell,
            cell,
            cell,
            String.format(Locale.ROOT, "%.2f", Math.max(0.25, shade(i, j))),
            matrix.count(i, j));
  }

  private Markup labels(int i, int cell) {
    double middle = (i + 0.5) * cell;
    String name = brief(result.name(i));
    return Markup.of(
        """
        <text class="end" x="-6" y="{}" dy=".35em">{}</text>\
        <text transform="translate({} -6) rotate(-90)" dy=".35em">{}</text>
        """,
        middle,
        name,
        middle,
        name);
  }

  private static String brief(String name) {
    int[] letters = name.codePoints().toArray();
    return letters.length <= LETTERS ? name : new String(letters, 0, LETTERS - 1) + "…";
  }

  private Markup pairs(List<Pair> pairs) {
    if (pairs.isEmpty()) {
      return Markup.NONE;
    }
    Table table = Table.of("was", "taken for", ">rows", ">of its rows");
    for (Pair pair : pairs.stream().limit(PAIRS).toList()) {
      table =
          table.row(
              Markup.name(result.name(pair.label)),
              Markup.name(result.name(pair.prediction)),
              Numbers.count(pair.count),
              Numbers.percent(share(pair.label, pair.prediction)));
    }
    return Markup.all(Figure.heading("Most often confused"), table.markup());
  }
}
