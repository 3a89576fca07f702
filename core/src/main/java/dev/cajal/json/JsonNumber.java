package dev.cajal.json;

/**
 * A JSON number, kept as the text that it was written as, so that no digit is lost before its
 * reader says what it wants: {@link At#asInt} and its like.
 */
public record JsonNumber(String text) implements Json {

  public JsonNumber {
    if (end(text, 0) != text.length()) {
      throw new IllegalArgumentException("not a JSON number: \"" + text + "\"");
    }
  }

  /**
   * Where the number that begins at {@code start} ends; or, if none does, the place where a digit
   * is missing, its bits inverted (and so negative).
   */
  static int end(String text, int start) {
    int first = isAt(text, start, '-') ? start + 1 : start;
    int at = isAt(text, first, '0') ? first + 1 : digits(text, first);
    if (at >= 0 && isAt(text, at, '.')) {
      at = digits(text, at + 1);
    }
    if (at >= 0 && (isAt(text, at, 'e') || isAt(text, at, 'E'))) {
      boolean signed = isAt(text, at + 1, '+') || isAt(text, at + 1, '-');
      at = digits(text, signed ? at + 2 : at + 1);
    }
    return at;
  }

  /** The end of one digit or more, or the inverted place where there is none. */
  private static int digits(String text, int start) {
    int at = start;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at > start ? at : ~start;
  }

  private static boolean isAt(String text, int index, char wanted) {
    return index < text.length() && text.charAt(index) == wanted;
  }
}
