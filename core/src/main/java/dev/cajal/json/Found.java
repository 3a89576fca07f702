package dev.cajal.json;

/** Says in an error what was found where something else was expected. */
final class Found {

  private static final int LONGEST = 40;

  private Found() {}

  /** {@code expected an integer, found "two"}. */
  static String insteadOf(String expected, Json found) {
    return "expected " + expected + ", found " + of(found);
  }

  /** {@code expected a value, found ']'}. */
  static String insteadOf(String expected, String text, int position) {
    return "expected " + expected + ", found " + at(text, position);
  }

  /** The value on at most one short line. */
  static String of(Json value) {
    return switch (value) {
      case JsonObject _ -> "an object";
      case JsonArray _ -> "an array";
      case JsonString(var text) -> new JsonString(shortened(text)).write();
      case JsonNumber(var text) -> shortened(text);
      case JsonBoolean _, JsonNull _ -> value.write();
    };
  }

  private static String shortened(String text) {
    int end = text.offsetByCodePoints(0, Math.min(LONGEST, text.codePointCount(0, text.length())));
    return end == text.length() ? text : text.substring(0, end) + "…";
  }

  private static String at(String text, int position) {
    if (position >= text.length()) {
      return "the end of the text";
    }
    int end = position;
    while (end < text.length() && end < position + LONGEST && isWord(text.charAt(end))) {
      end++;
    }
    return end > position + 1 ? text.substring(position, end) : of(text.codePointAt(position));
  }

  private static String of(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.SPACE_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          "U+%04X".formatted(point);
      case Character.FORMAT ->
          "U+%04X".formatted(point) + (point == 0xFEFF ? ", a byte order mark" : "");
      default -> "'" + Character.toString(point) + "'";
    };
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
