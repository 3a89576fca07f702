package dev.cajal.report;

/** A chart with what it shows above it, and what has to be known to read it. */
final class Figure {
  private Figure() {}

  static Markup of(String claim, String measure, Markup chart) {
    return of("", Markup.of("{}", claim), measure, chart);
  }

  static Markup of(String kind, Markup claim, String measure, Markup chart) {
    return Markup.of(
        """
        <figure class="{}"><figcaption><b>{}</b> <span>{}</span></figcaption>
        {}</figure>
        """,
        kind,
        claim,
        measure,
        chart);
  }

  static Markup section(String id, String heading, Markup content) {
    return content.isEmpty()
        ? content
        : Markup.of(
            "<section id=\"{}\" aria-labelledby=\"{}-h\"><h2 id=\"{}-h\">{}</h2>\n{}</section>\n",
            id,
            id,
            id,
            heading,
            content);
  }

  static Markup heading(String text) {
    return Markup.of("<h3>{}</h3>\n", text);
  }

  static Markup paragraph(String text) {
    return Markup.of("<p>{}</p>\n", text);
  }

  static Markup note(String text) {
    return Markup.of("<p class=\"note\">{}</p>\n", text);
  }
}
