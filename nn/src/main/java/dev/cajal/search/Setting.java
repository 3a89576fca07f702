package dev.cajal.search;

import dev.cajal.json.Choice;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * A value for each dimension of a space: {@code rate=0.003162 batch=32 activation=relu}.
 *
 * <pre>{@code
 * new Adam(setting.number("rate"))
 * Activation.of(setting.text("activation"))
 * }</pre>
 *
 * @param values as texts, by the dimensions' names, in the order of the space
 */
public record Setting(SequencedMap<String, String> values) {

  public Setting {
    values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
  }

  /** Whether it has a value for this: not where a condition does not hold. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  public String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("setting: " + new Choice<>("name", values).unknown(name));
    }
    return value;
  }

  public double number(String name) {
    try {
      return Double.parseDouble(text(name));
    } catch (NumberFormatException e) {
      throw isNot("a number", name);
    }
  }

  public int integer(String name) {
    try {
      return Integer.parseInt(text(name));
    } catch (NumberFormatException e) {
      throw isNot("an integer", name);
    }
  }

  private IllegalArgumentException isNot(String what, String name) {
    return new IllegalArgumentException(
        "setting: %s is \"%s\", which is not %s".formatted(name, text(name), what));
  }

  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }
}
