package dev.cajal.json;

import java.util.Map;

/**
 * Values of which a text names one: an operation, a dtype, a parameter.
 *
 * @param kind what they are, as errors say it
 * @param values the values by their names
 */
public record Choice<T>(String kind, Map<String, T> values) {

  /** The value that is named by the string at a place. */
  public T read(At at) {
    T value = values.get(at.asString());
    if (value == null) {
      throw at.damaged(unknown(at.asString()));
    }
    return value;
  }

  /** What is wrong with a name that none of them has, and the nearest one that there is. */
  public String unknown(String name) {
    return "unknown %s %s; %s"
        .formatted(kind, Names.quoted(name), Names.hint(name, values.keySet()));
  }
}
