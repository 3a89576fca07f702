package dev.cajal.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table. Its rows beyond the first few are folded away, and unfolded without a script; a printed
 * one has them all.
 *
 * @param kind classes of the style sheet, nothing for a common table
 */
record Table(String kind, List<Heading> headings, List<List<Markup>> rows, int shown, String more) {

  /** Above a column. Numbers stand at the right. */
  record Heading(String text, Align align) {}

  enum Align {
    LEFT,
    RIGHT,
    WIDE;

    Markup attribute() {
      return switch (this) {
        case LEFT -> Markup.NONE;
        case RIGHT -> Markup.of(" class=\"n\"");
        case WIDE -> Markup.of(" class=\"wide\"");
      };
    }
  }

  /**
   * Of headings, those of numbers with an {@code >} in front, of what needs room with a {@code ~}.
   */
  static Table of(String... headings) {
    return new Table(
        "", Arrays.stream(headings).map(Table::heading).toList(), List.of(), Integer.MAX_VALUE, "");
  }

  private static Heading heading(String text) {
    return text.startsWith(">")
        ? new Heading(text.substring(1), Align.RIGHT)
        : text.startsWith("~")
            ? new Heading(text.substring(1), Align.WIDE)
            : new Heading(text, Align.LEFT);
  }

  Table kind(String its) {
    return new Table(its, headings, rows, shown, more);
  }

  /** Folded after so many rows; what the others are is said in words, such as {@code columns}. */
  Table folded(int after, String what) {
    return new Table(kind, headings, rows, after, what);
  }

  /** And a row; what is no markup is escaped. */
  Table row(Object... cells) {
    var all = new ArrayList<>(rows);
    all.add(Arrays.stream(cells).map(cell -> Markup.of("{}", cell)).toList());
    return new Table(kind, headings, all, shown, more);
  }

  Markup markup() {
    // A fold of a row or two would save nothing.
    int most = rows.size() - 2 <= shown ? rows.size() : shown;
    var body = new ArrayList<Markup>();
    for (int i = 0; i < rows.size(); i++) {
      Markup rest = i < most ? Markup.NONE : Markup.of(" class=\"rest\"");
      body.add(Markup.of("<tr{}>{}</tr>\n", rest, cells(rows.get(i))));
    }
    String id = "all-" + more.replace(' ', '-');
    return most == rows.size()
        ? Markup.of("<div class=\"scroll\">{}</div>\n", table(body))
        : Markup.of(
            """
            <div class="folded"><input type="checkbox" id="{}"><div class="scroll">{}</div>
            <label for="{}"><span>Show all {} {}</span><span>Show the first {} alone</span></label></div>
            """,
            id,
            table(body),
            id,
            Numbers.count(rows.size()),
            more,
            Numbers.count(most));
  }

  private Markup table(List<Markup> body) {
    boolean hasHeadings = headings.stream().anyMatch(heading -> !heading.text.isEmpty());
    Markup head =
        Markup.each(
            headings,
            heading ->
                Markup.of("<th scope=\"col\"{}>{}</th>", heading.align.attribute(), heading.text));
    return Markup.of(
        "<table class=\"{}\">{}<tbody>\n{}</tbody></table>",
        kind.isEmpty() ? "common" : kind,
        hasHeadings ? Markup.of("<thead><tr>{}</tr></thead>", head) : Markup.NONE,
        Markup.each(body, row -> row));
  }

  private Markup cells(List<Markup> row) {
    return Markup.each(
        IntStream.range(0, row.size()).boxed().toList(),
        i ->
            i == 0
                ? Markup.of("<th scope=\"row\">{}</th>", row.get(i))
                : Markup.of("<td{}>{}</td>", headings.get(i).align.attribute(), row.get(i)));
  }
}
