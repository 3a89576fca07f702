package dev.cajal.testing;

import dev.cajal.autodiff.Gradient;
import dev.cajal.engine.reference.Reference;
import dev.cajal.json.At;
import dev.cajal.json.Json;
import dev.cajal.json.JsonString;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A case that other software computed: the files in {@code resources/golden}, whose schema and
 * origin are described in {@code golden/make_golden.py}.
 */
public final class Golden {
  private final At fields;
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private final Bindings bindings;

  private Golden(At fields) {
    this.fields = fields;
    Bindings given = Bindings.none();
    for (var input : fields.get("inputs").map(Golden::array).entrySet()) {
      Array numbers = input.getValue();
      boolean mask = input.getKey().equals("mask");
      Array value = mask ? numbers.as(DType.BOOL, numbers.shape()) : numbers;
      Tensor leaf = Tensor.input(input.getKey(), value.dtype(), value.shape().sizes().toArray());
      inputs.put(input.getKey(), leaf);
      given = given.with(leaf, value);
    }
    this.bindings = given;
  }

  /** All cases of a file. */
  public static List<Golden> cases(String file) {
    try (InputStream stream = Golden.class.getResourceAsStream("/golden/" + file)) {
      byte[] bytes = Objects.requireNonNull(stream, file).readAllBytes();
      At top = At.top(Json.parse(new String(bytes, StandardCharsets.UTF_8)));
      return top.get("cases").list(Golden::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String name() {
    return fields.get("name").asString();
  }

  public At options() {
    return fields.get("options");
  }

  /** The input of a name. */
  public Tensor input(String name) {
    return Objects.requireNonNull(inputs.get(name), name);
  }

  public boolean hasInput(String name) {
    return inputs.containsKey(name);
  }

  public Bindings bindings() {
    return bindings;
  }

  /** The numbers of a group such as {@code outputs}, by name. */
  public Map<String, Array> group(String group) {
    return fields.get(group).map(Golden::array);
  }

  /** The numbers of a name in a group. */
  public Array numbers(String group, String name) {
    return array(fields.get(group).get(name));
  }

  /** The numbers of one output. */
  public Array output(String name) {
    return array(fields.get("outputs").get(name));
  }

  /** Asserts that y is the output of a name; the tolerance is relative to its largest number. */
  public void assertOutput(String name, Tensor y, double tolerance) {
    Numbers.assertClose(name, Reference.evaluate(y, bindings), output(name), tolerance);
  }

  /**
   * Asserts that y is the output of that name, and that the gradients of {@code sum(y ⊙ c)} are
   * those given: all of them.
   */
  public void assertSame(Tensor y, double tolerance) {
    assertOutput("y", y, tolerance);
    Map<String, Array> expected = group("gradients");
    List<Tensor> xs = expected.keySet().stream().map(this::input).toList();
    List<Tensor> gradients = Gradient.of(y.times(input("c")).sum(), xs);
    var evaluation = Reference.run(gradients, bindings);
    int i = 0;
    for (var gradient : expected.entrySet()) {
      Numbers.assertClose(
          "gradient to " + gradient.getKey(),
          evaluation.value(gradients.get(i++)),
          gradient.getValue(),
          tolerance);
    }
  }

  private static Array array(At at) {
    int[] shape = at.get("shape").list(At::asInt).stream().mapToInt(Integer::intValue).toArray();
    double[] values =
        at.get("values").list(Golden::number).stream().mapToDouble(Double::doubleValue).toArray();
    return Array.wrap(values, Shape.of(shape));
  }

  /** The nearest double, also of what JSON has no number for. */
  private static double number(At at) {
    return at.value() instanceof JsonString(var text) ? Double.parseDouble(text) : at.asDouble();
  }

  @Override
  public String toString() {
    return name();
  }
}
