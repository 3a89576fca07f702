package dev.cajal.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A JSON object; its members keep the order in which they were written. */
public record JsonObject(Map<String, Json> members) implements Json {

  private static final JsonObject EMPTY = new JsonObject(Map.of());

  public JsonObject {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** The object without members, to begin a chain of {@link #with}. */
  public static JsonObject empty() {
    return EMPTY;
  }

  /** This object with one more member, the last; for many, make the map first. */
  public JsonObject with(String name, Json value) {
    Map<String, Json> extended = new LinkedHashMap<>(members);
    if (extended.putIfAbsent(name, value) != null) {
      throw new IllegalArgumentException("the object has a member \"" + name + "\" already");
    }
    return new JsonObject(extended);
  }

  public JsonObject with(String name, String value) {
    return with(name, new JsonString(value));
  }
}
