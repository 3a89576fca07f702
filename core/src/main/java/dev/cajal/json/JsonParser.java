package dev.cajal.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one JSON text by recursive descent. */
final class JsonParser {

  private final JsonScanner text;
  private int depth;

  JsonParser(String text) {
    this.text = new JsonScanner(text);
  }

  Json document() {
    Json value = value();
    if (text.next() != JsonScanner.END) {
      throw text.expected("the end of the text");
    }
    return value;
  }

  private Json value() {
    return switch (text.next()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> new JsonString(text.string());
      case 't' -> text.word("true", new JsonBoolean(true));
      case 'f' -> text.word("false", new JsonBoolean(false));
      case 'n' -> text.word("null", new JsonNull());
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> text.number();
      default -> throw text.expected("a value");
    };
  }

  private JsonObject object() {
    enter('{');
    Map<String, Json> members = new LinkedHashMap<>();
    if (!text.accept('}')) {
      do {
        if (text.next() != '"') {
          throw text.expected("a name in double quotes");
        }
        int start = text.position();
        String name = text.string();
        if (!text.accept(':')) {
          throw text.expected("':'");
        }
        if (members.put(name, value()) != null) {
          throw text.damaged(start, "the object has this name already: " + Names.quoted(name));
        }
      } while (text.accept(','));
      if (!text.accept('}')) {
        throw text.expected("',' or '}'");
      }
    }
    depth--;
    return new JsonObject(members);
  }

  private JsonArray array() {
    enter('[');
    List<Json> items = new ArrayList<>();
    if (!text.accept(']')) {
      do {
        items.add(value());
      } while (text.accept(','));
      if (!text.accept(']')) {
        throw text.expected("',' or ']'");
      }
    }
    depth--;
    return new JsonArray(items);
  }

  private void enter(char bracket) {
    if (++depth > Json.MAX_DEPTH) {
      throw text.damaged(text.position(), "nested deeper than " + Json.MAX_DEPTH);
    }
    text.accept(bracket);
  }
}
