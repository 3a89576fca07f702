package dev.cajal.tensor;

import dev.cajal.json.At;
import dev.cajal.json.Json;
import dev.cajal.json.JsonArray;
import dev.cajal.json.JsonObject;
import dev.cajal.json.JsonString;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Expressions as JSON: all nodes below some named outputs, so that a network can be kept without
 * the classes that built it. The numbers of parameters are not in it, only their names; what the
 * text looks like is in {@code docs/expression-format.md}.
 *
 * <pre>{@code
 * String text = ExpressionFile.write(Map.of("loss", loss));
 * Tensor again = ExpressionFile.read(text, Map.of("w", w, "b", b)).get("loss");
 * }</pre>
 *
 * <p>The same expression gives the same text, and what is read computes the same bits. A text from
 * somewhere else can do no harm: it is checked as an expression is that is written in code, and
 * refused with a {@link dev.cajal.DamagedFileException} that names the place.
 */
public final class ExpressionFile {
  static final String FORMAT = "cajal-expression";
  static final int VERSION = 1;

  /** So that a small file cannot ask for shapes without end: a gather may double the axes. */
  static final int MOST_AXES = 64;

  private ExpressionFile() {}

  /**
   * The outputs and everything that they are computed from, a node a line.
   *
   * @throws IllegalArgumentException if a parameter has no name, or two have the same
   */
  public static String write(Map<String, Tensor> outputs) {
    return json(outputs).members().entrySet().stream()
        .map(member -> new JsonString(member.getKey()).write() + ": " + lines(member.getValue()))
        .collect(Collectors.joining(",\n  ", "{\n  ", "\n}\n"));
  }

  private static String lines(Json value) {
    return value instanceof JsonArray(var items) && !items.isEmpty()
        ? items.stream().map(Json::write).collect(Collectors.joining(",\n    ", "[\n    ", "\n  ]"))
        : value.write();
  }

  /** The same as a value, to put into a larger text. */
  public static JsonObject json(Map<String, Tensor> outputs) {
    Map<String, Tensor> sorted = new TreeMap<>(outputs);
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    var writer = new ExpressionWriter(parameters, List.copyOf(sorted.values()));
    JsonArray nodes = writer.nodes();
    Map<String, Json> numbers = new TreeMap<>();
    sorted.forEach((name, output) -> numbers.put(name, writer.number(output)));
    return JsonObject.empty()
        .with("format", FORMAT)
        .with("version", Json.number(VERSION))
        .with("parameters", JsonArray.of(parameters.entrySet(), ExpressionFile::parameter))
        .with("nodes", nodes)
        .with("outputs", new JsonObject(numbers));
  }

  private static JsonObject parameter(Map.Entry<String, Parameter> named) {
    return JsonObject.empty()
        .with("name", named.getKey())
        .with("shape", ExpressionLiterals.json(named.getValue().shape()))
        .with("dtype", ExpressionLiterals.label(named.getValue().dtype()));
  }

  /** The outputs that a text holds, over these parameters by name. */
  public static Map<String, Tensor> read(String text, Map<String, Parameter> parameters) {
    return read(text, ParameterSource.of(parameters));
  }

  /** The outputs that a text holds, over the parameters that the source has. */
  public static Map<String, Tensor> read(String text, ParameterSource source) {
    return read(At.top(Json.parse(text)), source);
  }

  /** The outputs of an expression that is part of a larger text. */
  public static Map<String, Tensor> read(At at, ParameterSource source) {
    if (!at.get("format").asString().equals(FORMAT)) {
      throw at.get("format").damaged("expected \"" + FORMAT + "\": this is another kind of file");
    }
    if (at.get("version").asLong() != VERSION) {
      throw at.get("version").damaged("only version " + VERSION + " can be read here");
    }
    at.only("format", "version", "parameters", "nodes", "outputs");
    var reader = new ExpressionReader(parameters(at.get("parameters"), source));
    reader.nodes(at.get("nodes"));
    return at.get("outputs").map(reader::tensor);
  }

  private static Map<String, Parameter> parameters(At at, ParameterSource source) {
    Map<String, Parameter> parameters = new HashMap<>();
    at.list(entry -> {
      entry.only("name", "shape", "dtype");
      String name = entry.get("name").asString();
      Parameter parameter = parameter(entry, name, source);
      if (parameters.put(name, parameter) != null) {
        throw entry.get("name").damaged("an earlier parameter has this name already");
      }
      return parameter;
    });
    return parameters;
  }

  private static Parameter parameter(At at, String name, ParameterSource source) {
    Shape shape = ExpressionLiterals.numericShape(at.get("shape"));
    DType dtype = ExpressionLiterals.constant(at.get("dtype"), DType.class);
    Parameter found = ExpressionReader.checked(at, () -> source.parameter(name, shape, dtype));
    if (!found.shape().equals(shape) || found.dtype() != dtype) {
      throw at.damaged(
          "the expression is over a parameter %s %s, the one given is %s %s"
              .formatted(shape, dtype, found.shape(), found.dtype()));
    }
    return found;
  }
}
