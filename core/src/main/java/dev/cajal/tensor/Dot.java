package dev.cajal.tensor;

import dev.cajal.tensor.Diagram.Arrow;
import dev.cajal.tensor.Diagram.Box;
import dev.cajal.tensor.Diagram.Frame;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A diagram in the language of Graphviz. */
final class Dot {
  private static final String FONT = "fontname=\"Helvetica,Arial,sans-serif\"";

  private final StringBuilder out = new StringBuilder();

  private Dot() {}

  static String text(Diagram diagram) {
    var dot = new Dot();
    dot.line("", "digraph expression {");
    dot.line(
        "  ", "graph [bgcolor=transparent, nodesep=0.3, ranksep=0.35, ", FONT, ", fontsize=11];");
    dot.line(
        "  ",
        "node [shape=box, style=filled, height=0.3, margin=\"0.12,0.05\", ",
        FONT,
        ", fontsize=11];");
    dot.line(
        "  ",
        "edge [arrowsize=0.6, color=\"#808080\", fontcolor=\"#808080\", ",
        FONT,
        ", fontsize=11];");
    dot.frame(diagram.frame(), "  ");
    diagram.arrows().forEach(dot::arrow);
    dot.line("", "}");
    return dot.out.toString();
  }

  private void frame(Frame frame, String indent) {
    for (Box box : frame.boxes()) {
      box(box, indent);
    }
    for (Frame inner : frame.frames()) {
      line(indent, "subgraph cluster_", inner.id(), " {");
      line(
          indent,
          "  label=",
          quoted(inner.title()),
          "; labeljust=l; style=\"dashed,rounded\"; color=",
          quoted(Colours.FRAME),
          "; fontcolor=",
          quoted(Colours.FRAME),
          ";");
      frame(inner, indent + "  ");
      line(indent, "}");
    }
  }

  private void box(Box box, String indent) {
    Colours colours = Colours.of(box.kind());
    String shape =
        switch (box.kind()) {
          case INPUT -> "shape=ellipse, margin=\"0.02,0.02\"";
          case PARAMETER -> "shape=hexagon, margin=\"0.0,0.02\"";
          case CONSTANT -> "shape=box";
          case RANDOM -> "shape=parallelogram, margin=\"0.0,0.02\"";
          case OPERATION -> "style=\"filled,rounded\"";
          case OUTPUT -> "style=\"filled,rounded\", penwidth=2";
        };
    line(
        indent,
        box.id(),
        " [label=",
        quoted(box.label(), box.detail()),
        ", ",
        shape,
        ", fillcolor=",
        quoted(colours.fill()),
        ", color=",
        quoted(colours.line()),
        ", fontcolor=",
        quoted(colours.text()),
        "];");
  }

  private void arrow(Arrow arrow) {
    String label = arrow.label().isEmpty() ? "" : "label=" + quoted(arrow.label());
    String back = arrow.back() ? "style=dotted, constraint=false" : "";
    String both = label + (label.isEmpty() || back.isEmpty() ? "" : ", ") + back;
    line("  ", arrow.from(), " -> ", arrow.to(), both.isEmpty() ? "" : " [" + both + "]", ";");
  }

  private void line(String indent, String... parts) {
    out.append(indent);
    for (String part : parts) {
      out.append(part);
    }
    out.append('\n');
  }

  private static String quoted(String... lines) {
    return Arrays.stream(lines).map(Dot::escaped).collect(Collectors.joining("\\n", "\"", "\""));
  }

  private static String escaped(String text) {
    return Colours.visible(text).replace("\\", "\\\\").replace("\"", "\\\"").replace("&", "&amp;");
  }
}
