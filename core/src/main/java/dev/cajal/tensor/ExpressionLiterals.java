package dev.cajal.tensor;

import dev.cajal.json.At;
import dev.cajal.json.Choice;
import dev.cajal.json.Json;
import dev.cajal.json.JsonArray;
import dev.cajal.json.JsonBoolean;
import dev.cajal.json.JsonObject;
import dev.cajal.json.JsonString;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What needs no context to be written as JSON and read back: sizes, shapes, constants, numbers. */
final class ExpressionLiterals {
  private static final int LONGEST_SIZE = 256;

  private static final Choice<Float> NOT_FINITE =
      new Choice<>(
          "number",
          new TreeMap<>(
              Map.of(
                  "NaN", Float.NaN,
                  "Infinity", Float.POSITIVE_INFINITY,
                  "-Infinity", Float.NEGATIVE_INFINITY)));

  private ExpressionLiterals() {}

  /** A number, or {@code "2*batch*time"}. */
  static Json json(Size size) {
    return size.isNumber()
        ? Json.number(size.number())
        : new JsonString(size.toString().replace('·', '*'));
  }

  static Size size(At at) {
    if (!(at.value() instanceof JsonString(var text))) {
      return ExpressionReader.checked(at, () -> Size.of(at.asLong()));
    }
    if (text.length() > LONGEST_SIZE) {
      throw at.damaged("a size of %d characters is too long".formatted(text.length()));
    }
    Size size = ExpressionReader.checked(at, () -> Size.parse(text));
    // One spelling for each size, so that readers in other languages need not know several.
    if (!json(size).equals(at.value())) {
      throw at.damaged("write this size as " + json(size).write());
    }
    return size;
  }

  static Json json(Shape shape) {
    return JsonArray.of(shape.sizes(), ExpressionLiterals::json);
  }

  static Shape shape(At at) {
    var shape = new Shape(at.list(ExpressionLiterals::size));
    if (shape.rank() > ExpressionFile.MOST_AXES) {
      throw at.damaged(tooManyAxes(shape));
    }
    return shape;
  }

  static String tooManyAxes(Shape shape) {
    return "%d axes are more than %d".formatted(shape.rank(), ExpressionFile.MOST_AXES);
  }

  /** A shape whose sizes are numbers. */
  static Shape numericShape(At at) {
    Shape shape = shape(at);
    if (!shape.isNumeric()) {
      throw at.damaged("the sizes of numbers are numbers, not symbols as in " + shape);
    }
    return shape;
  }

  /** {@code LESS_OR_EQUAL} is lessOrEqual. */
  static String label(Enum<?> constant) {
    String words =
        Arrays.stream(constant.name().split("_"))
            .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());
    return words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
  }

  /** The constant of an enum that a string names. */
  static <E> E constant(At at, Class<E> type) {
    Map<String, E> labels = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      labels.put(label((Enum<?>) constant), constant);
    }
    return new Choice<>(type.getSimpleName().toLowerCase(Locale.ROOT), labels).read(at);
  }

  /** An array with its numbers: every bit of them survives, but for which NaN it is. */
  static Json json(Array array) {
    return JsonObject.empty()
        .with("dtype", label(array.dtype()))
        .with("shape", json(array.shape()))
        .with(
            "values",
            new JsonArray(
                IntStream.range(0, array.length()).mapToObj(i -> number(array, i)).toList()));
  }

  private static Json number(Array array, int position) {
    return switch (array.data()) {
      case float[] f when Float.isFinite(f[position]) -> Json.number(f[position]);
      case double[] d when Double.isFinite(d[position]) -> Json.number(d[position]);
      case int[] i -> Json.number(i[position]);
      case boolean[] b -> new JsonBoolean(b[position]);
      default -> new JsonString(Double.toString(array.at(position)));
    };
  }

  static Array array(At at) {
    at.only("dtype", "shape", "values");
    Shape shape = numericShape(at.get("shape"));
    Size wanted = ExpressionReader.checked(at.get("shape"), shape::elements);
    At values = at.get("values");
    if (values.value() instanceof JsonArray(var items) && !wanted.is(items.size())) {
      throw values.damaged(
          "%d numbers do not fill the shape %s, which takes %s"
              .formatted(items.size(), shape, wanted));
    }
    return Array.wrap(numbers(values, constant(at.get("dtype"), DType.class)), shape);
  }

  private static Object numbers(At values, DType dtype) {
    return switch (dtype) {
      case F32 -> floats(values.list(at -> isWord(at) ? NOT_FINITE.read(at) : at.asFloat()));
      case F64 ->
          values
              .<Double>list(at -> isWord(at) ? NOT_FINITE.read(at).doubleValue() : at.asDouble())
              .stream()
              .mapToDouble(Double::doubleValue)
              .toArray();
      case I32 -> values.<Integer>list(At::asInt).stream().mapToInt(Integer::intValue).toArray();
      case BOOL -> booleans(values.list(At::asBoolean));
    };
  }

  private static boolean isWord(At at) {
    return at.value() instanceof JsonString;
  }

  private static float[] floats(List<Float> values) {
    var floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return floats;
  }

  private static boolean[] booleans(List<Boolean> values) {
    var booleans = new boolean[values.size()];
    for (int i = 0; i < booleans.length; i++) {
      booleans[i] = values.get(i);
    }
    return booleans;
  }
}
