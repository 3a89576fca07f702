package dev.cajal.tensor;

import dev.cajal.tensor.Diagram.Arrow;
import dev.cajal.tensor.Diagram.Box;
import dev.cajal.tensor.Diagram.Frame;
import dev.cajal.tensor.Diagram.Kind;
import java.util.Locale;

/** A diagram in the language of Mermaid. */
final class Mermaid {
  /** Characters that mean nothing to Mermaid, to Markdown or to HTML. */
  private static final String PLAIN = " ,.()[]=";

  private final StringBuilder out = new StringBuilder("flowchart TB\n");

  private Mermaid() {}

  static String text(Diagram diagram) {
    var mermaid = new Mermaid();
    mermaid.all(diagram.frame());
    diagram.arrows().forEach(mermaid::arrow);
    mermaid.styles();
    return mermaid.out.toString();
  }

  /** Loops first, so that the layout takes their dotted arrows for those that lead back. */
  private void all(Frame frame) {
    frames(frame, "  ");
    boxes(frame, "  ");
  }

  private void boxes(Frame frame, String indent) {
    frame.boxes().forEach(box -> box(box, indent));
  }

  private void frames(Frame frame, String indent) {
    for (Frame inner : frame.frames()) {
      line(indent, "subgraph ", inner.id(), "[\"", escaped(inner.title()), "\"]");
      boxes(inner, indent + "  ");
      frames(inner, indent + "  ");
      line(indent, "end");
      line(indent, "class ", inner.id(), " loop");
    }
  }

  private void box(Box box, String indent) {
    String text = "\"" + escaped(box.label()) + "<br/>" + escaped(box.detail()) + "\"";
    String shaped =
        switch (box.kind()) {
          case INPUT -> "([" + text + "])";
          case PARAMETER -> "{{" + text + "}}";
          case CONSTANT -> "[" + text + "]";
          case RANDOM -> "[/" + text + "/]";
          case OPERATION, OUTPUT -> "(" + text + ")";
        };
    line(indent, box.id(), shaped, ":::", name(box.kind()));
  }

  private static String name(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private void arrow(Arrow arrow) {
    String label = arrow.label().isEmpty() ? " " : "|\"" + escaped(arrow.label()) + "\"| ";
    line("  ", arrow.from(), arrow.back() ? " -.->" : " -->", label, arrow.to());
  }

  private void styles() {
    for (Kind kind : Kind.values()) {
      Colours colours = Colours.of(kind);
      line(
          "  classDef ",
          name(kind),
          " fill:",
          colours.fill(),
          ",stroke:",
          colours.line(),
          ",color:",
          colours.text(),
          kind == Kind.OUTPUT ? ",stroke-width:3px" : "");
    }
    line(
        "  classDef loop fill:none,stroke:",
        Colours.FRAME,
        ",color:",
        Colours.FRAME,
        ",stroke-dasharray:6 4");
    line("  linkStyle default stroke:", Colours.FRAME);
  }

  private void line(String... parts) {
    for (String part : parts) {
      out.append(part);
    }
    out.append('\n');
  }

  /** A text in which whatever could mean something is written as a character reference. */
  private static String escaped(String text) {
    var escaped = new StringBuilder();
    Colours.visible(text)
        .codePoints()
        .forEach(c -> {
          if (Character.isLetterOrDigit(c) || c > 127 || PLAIN.indexOf(c) >= 0) {
            escaped.appendCodePoint(c);
          } else {
            escaped.append('#').append(c).append(';');
            // Two dollars would begin a formula, and \\n a line, written as references or not.
            escaped.append(c == '$' || c == '\\' ? "#8203;" : "");
          }
        });
    return escaped.toString();
  }
}
