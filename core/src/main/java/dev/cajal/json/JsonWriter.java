package dev.cajal.json;

import java.util.List;
import java.util.Map;

/** Writes JSON values, on one line or for human readers. */
final class JsonWriter {

  private static final int WIDTH = 100;

  private final StringBuilder out = new StringBuilder();

  static String compact(Json value) {
    var writer = new JsonWriter();
    writer.line(value, 0);
    return writer.out.toString();
  }

  static String pretty(Json value) {
    var writer = new JsonWriter();
    writer.block(value, 0);
    return writer.out.toString();
  }

  private void line(Json value, int depth) {
    switch (value) {
      case JsonObject(var members) -> {
        String separator = "";
        enter('{', depth);
        for (var member : members.entrySet()) {
          out.append(separator);
          name(member);
          line(member.getValue(), depth + 1);
          separator = ",";
        }
        out.append('}');
      }
      case JsonArray(var items) -> {
        String separator = "";
        enter('[', depth);
        for (Json item : items) {
          out.append(separator);
          line(item, depth + 1);
          separator = ",";
        }
        out.append(']');
      }
      case JsonString(var text) -> string(text);
      case JsonNumber(var text) -> out.append(text);
      case JsonBoolean(var truth) -> out.append(truth);
      case JsonNull() -> out.append("null");
    }
  }

  private void block(Json value, int depth) {
    switch (value) {
      case JsonObject(var members) when !members.isEmpty() -> {
        String separator = newLine(depth + 1);
        enter('{', depth);
        for (var member : members.entrySet()) {
          out.append(separator);
          name(member);
          out.append(' ');
          block(member.getValue(), depth + 1);
          separator = "," + newLine(depth + 1);
        }
        out.append(newLine(depth)).append('}');
      }
      case JsonArray(var items) when !items.isEmpty() -> {
        enter('[', depth);
        if (items.stream().allMatch(JsonWriter::isScalar)) {
          scalars(items.stream().map(Json::write).toList(), depth);
        } else {
          String separator = newLine(depth + 1);
          for (Json item : items) {
            out.append(separator);
            block(item, depth + 1);
            separator = "," + newLine(depth + 1);
          }
          out.append(newLine(depth));
        }
        out.append(']');
      }
      default -> line(value, depth);
    }
  }

  private static boolean isScalar(Json value) {
    return switch (value) {
      case JsonObject(var members) -> members.isEmpty();
      case JsonArray(var items) -> items.isEmpty();
      case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ -> true;
    };
  }

  /** What is in an array of scalars: on the line it began on, or else as many to a line as fit. */
  private void scalars(List<String> texts, int depth) {
    long length = texts.stream().mapToLong(text -> text.length() + 2).sum();
    if (column() + length <= WIDTH) {
      out.append(String.join(", ", texts));
      return;
    }
    String separator = newLine(depth + 1);
    for (String text : texts) {
      boolean fits = column() + text.length() + 2 <= WIDTH;
      out.append(separator.isEmpty() ? "," + (fits ? " " : newLine(depth + 1)) : separator);
      out.append(text);
      separator = "";
    }
    out.append(newLine(depth));
  }

  private int column() {
    return out.length() - (out.lastIndexOf("\n") + 1);
  }

  private static String newLine(int depth) {
    return "\n" + "  ".repeat(depth);
  }

  private void enter(char bracket, int depth) {
    if (depth >= Json.MAX_DEPTH) {
      throw new IllegalArgumentException("the value is nested deeper than " + Json.MAX_DEPTH);
    }
    out.append(bracket);
  }

  private void name(Map.Entry<String, Json> member) {
    string(member.getKey());
    out.append(':');
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append("\\u%04x".formatted((int) c));
          } else if (Character.isSurrogate(c)) {
            out.append(pair(text, i++));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static String pair(String text, int index) {
    int point = text.codePointAt(index);
    if (!Character.isSupplementaryCodePoint(point)) {
      throw new IllegalArgumentException(
          "half a surrogate pair at index %d of a string, U+%04X".formatted(index, point));
    }
    return Character.toString(point);
  }
}
