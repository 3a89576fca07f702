package dev.cajal.json;

import dev.cajal.DamagedFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A place in a JSON text and the value there: what a reader of some schema walks along.
 *
 * <p>Whatever is not as the reader expects it is a {@link DamagedFileException} that names the
 * place: {@code at nodes[3].axis: expected an integer, found "two"}.
 *
 * <pre>{@code
 * Node node(At at) {
 *   at.only("op", "inputs", "axis");
 *   return new Node(
 *       at.get("op").asString(),
 *       at.get("inputs").list(At::asInt),
 *       at.find("axis").map(At::asInt).orElse(0));
 * }
 * }</pre>
 */
public final class At {

  private final Path path;
  private final Json value;

  private At(Path path, Json value) {
    this.path = path;
    this.value = value;
  }

  /** The top of a text. */
  public static At top(Json value) {
    return new At(new Path.Top(), value);
  }

  /** The value here, as it is. */
  public Json value() {
    return value;
  }

  /** The member of that name of the object here. */
  public At get(String name) {
    return find(name)
        .orElseThrow(() ->
            damaged(
                "%s is missing; there is %s"
                    .formatted(Names.quoted(name), Names.list(members().keySet()))));
  }

  /** The member of that name of the object here, if it has one. */
  public Optional<At> find(String name) {
    return Optional.ofNullable(members().get(name)).map(member -> member(name, member));
  }

  /** This, if the object here has no members but those. */
  public At only(String... names) {
    var known = List.of(names);
    for (String name : members().keySet()) {
      if (!known.contains(name)) {
        throw damaged("unknown name " + Names.quoted(name) + "; " + Names.hint(name, known));
      }
    }
    return this;
  }

  /** What the reader makes of each item of the array here. */
  public <T> List<T> list(Function<? super At, ? extends T> reader) {
    if (!(value instanceof JsonArray(var items))) {
      throw expected("an array");
    }
    List<T> read = new ArrayList<>(items.size());
    for (Json item : items) {
      read.add(reader.apply(new At(new Path.Item(path, read.size()), item)));
    }
    return Collections.unmodifiableList(read);
  }

  /** What the reader makes of each member of the object here, by name and in the text's order. */
  public <T> Map<String, T> map(Function<? super At, ? extends T> reader) {
    Map<String, T> read = new LinkedHashMap<>();
    members().forEach((name, member) -> read.put(name, reader.apply(member(name, member))));
    return Collections.unmodifiableMap(read);
  }

  public String asString() {
    if (value instanceof JsonString(var text)) {
      return text;
    }
    throw expected("a string");
  }

  public boolean asBoolean() {
    if (value instanceof JsonBoolean(var truth)) {
      return truth;
    }
    throw expected("true or false");
  }

  /** The integer here; 1.0 and 1e3 are none. */
  public int asInt() {
    return integer(32, Integer::parseInt);
  }

  /** The integer here; 1.0 and 1e3 are none. */
  public long asLong() {
    return integer(64, Long::parseLong);
  }

  /** The float nearest to the number here, if it is in the range of floats. */
  public float asFloat() {
    float number = Float.parseFloat(number());
    if (Float.isInfinite(number)) {
      throw expected("a number that a float can hold");
    }
    return number;
  }

  /** The double nearest to the number here, if it is in the range of doubles. */
  public double asDouble() {
    double number = Double.parseDouble(number());
    if (Double.isInfinite(number)) {
      throw expected("a number that a double can hold");
    }
    return number;
  }

  /** The path to here, such as {@code nodes[3].axis}. */
  @Override
  public String toString() {
    return path.text();
  }

  /** The error that the reader gives for a value that has the right type and yet is wrong. */
  public DamagedFileException damaged(String what) {
    return new DamagedFileException("at " + path.text(), what);
  }

  private DamagedFileException expected(String what) {
    return damaged(Found.insteadOf(what, value));
  }

  private At member(String name, Json member) {
    return new At(new Path.Member(path, name), member);
  }

  private Map<String, Json> members() {
    if (value instanceof JsonObject(var members)) {
      return members;
    }
    throw expected("an object");
  }

  private String number() {
    if (value instanceof JsonNumber(var text)) {
      return text;
    }
    throw expected("a number");
  }

  private <T> T integer(int bits, Function<String, T> parse) {
    if (!(value instanceof JsonNumber(var text)) || !isInteger(text)) {
      throw expected("an integer");
    }
    try {
      return parse.apply(text);
    } catch (NumberFormatException _) {
      throw expected("an integer of " + bits + " bits");
    }
  }

  private static boolean isInteger(String number) {
    return number.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E');
  }
}
