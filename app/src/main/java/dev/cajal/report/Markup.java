package dev.cajal.report;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Text of a page, in which whatever is not known to be markup has been escaped.
 *
 * @param text well-formed, also as XML
 */
record Markup(String text) {
  static final Markup NONE = new Markup("");

  private static final int LEFT_TO_RIGHT_OVERRIDE = 0x202d;
  private static final int RIGHT_TO_LEFT_OVERRIDE = 0x202e;

  /**
   * A template with a {@code {}} for each part. Parts that are markup stand as they are; all others
   * are escaped.
   */
  static Markup of(String template, Object... parts) {
    var text = new StringBuilder();
    int from = 0;
    for (Object part : parts) {
      int hole = template.indexOf("{}", from);
      if (hole < 0) {
        throw new IllegalArgumentException(parts.length + " parts for " + template);
      }
      text.append(template, from, hole).append(part instanceof Markup m ? m.text : escaped(part));
      from = hole + 2;
    }
    if (template.indexOf("{}", from) >= 0) {
      throw new IllegalArgumentException("only " + parts.length + " parts for " + template);
    }
    return new Markup(text.append(template, from, template.length()).toString());
  }

  static Markup all(Markup... some) {
    return each(List.of(some), Function.identity());
  }

  static <T> Markup each(List<T> some, Function<T, Markup> one) {
    return new Markup(some.stream().map(it -> one.apply(it).text).collect(Collectors.joining()));
  }

  /** A name that users gave: whatever its direction, what is around it stays in place. */
  static Markup name(String its) {
    boolean isShort = its.codePointCount(0, its.length()) <= 22;
    return of(
        isShort ? "<bdi class=\"short\">{}</bdi>" : "<bdi>{}</bdi>",
        its.isBlank() ? "(blank)" : its);
  }

  /** The same in a sentence. */
  static Markup quoted(String its) {
    return of("“<bdi>{}</bdi>”", its);
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  private static String escaped(Object part) {
    return part.toString()
        .codePoints()
        .mapToObj(c ->
            switch (c) {
              case '<' -> "&lt;";
              case '>' -> "&gt;";
              case '&' -> "&amp;";
              case '"' -> "&quot;";
              case '\'' -> "&#39;";
              case '\n', '\t' -> Character.toString(c);
              default -> isText(c) ? Character.toString(c) : "\uFFFD";
            })
        .collect(Collectors.joining());
  }

  /** Control characters and halves of pairs are in no XML, and overrides make a name a lie. */
  private static boolean isText(int c) {
    return c >= ' '
        && !(c >= 0x7f && c < 0xa0)
        && c != LEFT_TO_RIGHT_OVERRIDE
        && c != RIGHT_TO_LEFT_OVERRIDE
        && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
        && (c & 0xfffe) != 0xfffe;
  }

  @Override
  public String toString() {
    return text;
  }
}
