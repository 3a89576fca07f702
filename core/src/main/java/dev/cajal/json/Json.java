package dev.cajal.json;

import dev.cajal.DamagedFileException;

/**
 * A JSON value, immutable: an object, an array, a string, a number, a boolean or null.
 *
 * <p>Read typed values from it with {@link At}.
 */
public sealed interface Json
    permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {

  /** How deep arrays and objects may be nested, in reading and in writing. */
  int MAX_DEPTH = 512;

  /**
   * The value that a text is, by RFC 8259 to the letter, and without duplicate names.
   *
   * @throws DamagedFileException with line and column, what was expected and what was found
   */
  static Json parse(String text) {
    return new JsonParser(text).document();
  }

  static JsonNumber number(long value) {
    return new JsonNumber(Long.toString(value));
  }

  /** The shortest decimal that {@link At#asFloat} reads back as the same bits. */
  static JsonNumber number(float value) {
    if (!Float.isFinite(value)) {
      throw notFinite(Float.toString(value));
    }
    return new JsonNumber(Float.toString(value));
  }

  /** The shortest decimal that {@link At#asDouble} reads back as the same bits. */
  static JsonNumber number(double value) {
    if (!Double.isFinite(value)) {
      throw notFinite(Double.toString(value));
    }
    return new JsonNumber(Double.toString(value));
  }

  private static IllegalArgumentException notFinite(String value) {
    return new IllegalArgumentException(
        "JSON has no number %s: write null or the string \"%s\" in its place"
            .formatted(value, value));
  }

  /** The value on one line without a space. */
  default String write() {
    return JsonWriter.compact(this);
  }

  /**
   * The value for human readers: two spaces a level; arrays of scalars fill lines of up to 100
   * columns.
   */
  default String pretty() {
    return JsonWriter.pretty(this);
  }
}
