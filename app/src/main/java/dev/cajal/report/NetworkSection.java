package dev.cajal.report;

import dev.cajal.nn.Summary;
import dev.cajal.tensor.Shape;

/** The layers of the network. */
final class NetworkSection {
  private final Summary summary;

  NetworkSection(Summary summary) {
    this.summary = summary;
  }

  Markup markup() {
    Table table = Table.of("layer", "type", "output", ">parameters", ">share").folded(40, "layers");
    for (Summary.Row row : summary.rows()) {
      table =
          table.row(
              row.path().isEmpty() ? "(the network)" : row.path(),
              row.type(),
              row.output().map(Shape::toString).orElse(""),
              row.parameters() == 0 ? "–" : Numbers.count(row.parameters()),
              row.parameters() == 0
                  ? ""
                  : Numbers.percent((double) row.parameters() / summary.parameters()));
    }
    String learned = Numbers.counted(summary.parameters() - summary.assigned(), "number");
    String running =
        summary.assigned() == 0
            ? ""
            : " and keeps %s as running statistics".formatted(Numbers.count(summary.assigned()));
    return Markup.all(
        Figure.paragraph(
            "It learns %s%s. One sample takes %s operations."
                .formatted(learned, running, operations())),
        table.markup());
  }

  private String operations() {
    double flops = summary.flops();
    return flops >= 1e9
        ? Numbers.brief(flops / 1e9, 3) + " billion"
        : flops >= 1e6 ? Numbers.brief(flops / 1e6, 3) + " million" : Numbers.brief(flops, 3);
  }
}
