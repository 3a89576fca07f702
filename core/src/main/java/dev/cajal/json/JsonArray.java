package dev.cajal.json;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** A JSON array. */
public record JsonArray(List<Json> items) implements Json {

  public JsonArray {
    items = List.copyOf(items);
  }

  public static JsonArray of(Json... items) {
    return new JsonArray(List.of(items));
  }

  /** One item for each value: {@code of(names, JsonString::new)}. */
  public static <T> JsonArray of(Collection<T> values, Function<? super T, ? extends Json> item) {
    return new JsonArray(values.stream().<Json>map(item).toList());
  }
}
