package dev.cajal.search;

import java.util.Locale;
import java.util.stream.Collectors;

/** The text of a picture. What things look like is said by their kind: a class of its style. */
final class Svg {
  private final StringBuilder out = new StringBuilder();

  Svg(int width, int height, String title, String style) {
    out.append(
        String.format(
            Locale.ROOT,
            """
            <svg xmlns="http://www.w3.org/2000/svg" class="search" viewBox="0 0 %d %d" width="%d" \
            height="%d" role="img">
            <title>%s</title>
            <style>
            %s</style>
            <rect class="paper" width="%d" height="%d"/>
            """,
            width,
            height,
            width,
            height,
            escaped(title),
            style,
            width,
            height));
  }

  /** What follows has its places from here on. */
  void begin(double x, double y) {
    out.append("<g transform=\"translate(%s %s)\">\n".formatted(number(x), number(y)));
  }

  void end() {
    out.append("</g>\n");
  }

  void line(String kind, double x1, double y1, double x2, double y2) {
    out.append(
        "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
            .formatted(kind, number(x1), number(y1), number(x2), number(y2)));
  }

  void text(String kind, double x, double y, String content) {
    out.append(
        "<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>\n"
            .formatted(kind, number(x), number(y), escaped(content)));
  }

  /**
   * A circle.
   *
   * @param said when a reader points at it
   */
  void circle(String kind, double x, double y, double radius, String said) {
    out.append(
        "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\">%s</circle>\n"
            .formatted(kind, number(x), number(y), number(radius), title(said)));
  }

  void cross(String kind, double x, double y, String said) {
    out.append(
        "<path class=\"%s\" d=\"M%s %sl6 6m0 -6l-6 6\">%s</path>\n"
            .formatted(kind, number(x - 3), number(y - 3), title(said)));
  }

  private static String title(String said) {
    return "<title>" + escaped(said) + "</title>";
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }

  private static String escaped(String text) {
    return text.codePoints()
        .mapToObj(c ->
            switch (c) {
              case '<' -> "&lt;";
              case '>' -> "&gt;";
              case '&' -> "&amp;";
              // Other control characters are in no XML.
              default -> c < ' ' ? " " : Character.toString(c);
            })
        .collect(Collectors.joining());
  }

  @Override
  public String toString() {
    return out + "</svg>\n";
  }
}
