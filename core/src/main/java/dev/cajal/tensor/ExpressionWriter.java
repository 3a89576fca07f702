package dev.cajal.tensor;

import static java.util.Objects.requireNonNull;

import dev.cajal.json.Json;
import dev.cajal.json.JsonArray;
import dev.cajal.json.JsonObject;
import dev.cajal.json.JsonString;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes one numbering of nodes as JSON: those of an expression, or those of the body of one of its
 * loops. Of an operation it writes the components of its record, whatever they are.
 */
final class ExpressionWriter {
  /** All parameters met so far, in all numberings. */
  private final Map<String, Parameter> parameters;

  private final Map<Object, Tensor> nodes = new LinkedHashMap<>();
  private final Map<Object, Integer> numbers = new HashMap<>();
  private final Map<Tensor, ExpressionWriter> bodies = new HashMap<>();

  ExpressionWriter(Map<String, Parameter> parameters, List<Tensor> roots) {
    this.parameters = parameters;
    Graph graph = Graph.of(roots);
    Map<Object, Tensor> kept = new HashMap<>();
    graph.nodes().forEach(node -> kept.putIfAbsent(key(node), node));
    for (Object key : order(graph)) {
      numbers.put(key, nodes.size());
      nodes.put(key, requireNonNull(kept.get(key)));
    }
    Map<Tensor, Set<Tensor>> read = graph.readFromLoops();
    for (Tensor node : nodes.values()) {
      if (node.op() instanceof Op.Scan(var body)) {
        var inside = new ArrayList<>(body.placeholders());
        inside.addAll(body.next());
        inside.addAll(read.getOrDefault(node, Set.of()));
        bodies.put(node, new ExpressionWriter(parameters, inside));
      }
    }
  }

  /** All leaves of a parameter are one node. */
  private static Object key(Tensor node) {
    return node.op() instanceof Op.Param(var parameter) ? parameter : node;
  }

  /**
   * Parameters in the order of their first use, then the other nodes as they were made: an order
   * that does not depend on when the parameters were made, so that it is the same after reading.
   */
  private static Set<Object> order(Graph graph) {
    Set<Object> order = new LinkedHashSet<>();
    graph.nodes().forEach(node -> addParameters(node.inputs(), order));
    addParameters(graph.outputs(), order);
    for (Tensor node : graph.nodes()) {
      order.add(key(node));
    }
    return order;
  }

  private static void addParameters(List<Tensor> some, Set<Object> order) {
    some.stream()
        .filter(node -> node.op() instanceof Op.Param)
        .forEach(node -> order.add(key(node)));
  }

  JsonArray nodes() {
    return JsonArray.of(nodes.values(), this::node);
  }

  Json number(Tensor node) {
    return Json.number(requireNonNull(numbers.get(key(node))));
  }

  private JsonObject node(Tensor node) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("op", new JsonString(node.op().label()));
    if (!node.inputs().isEmpty()) {
      members.put("inputs", JsonArray.of(node.inputs(), this::number));
    }
    givenName(node).ifPresent(name -> members.put("named", new JsonString(name)));
    // Tensors inside the operation of a loop are nodes of the loop's body.
    ExpressionWriter scope =
        switch (node.op()) {
          case Op.Scan _ -> bodies.get(node);
          case Op.Each _ -> bodies.get(node.inputs().getFirst());
          default -> this;
        };
    requireNonNull(scope).components((Record) node.op(), members);
    return new JsonObject(members);
  }

  /** The name of a node if it is not the one that its input or parameter has anyway. */
  private static Optional<String> givenName(Tensor node) {
    return switch (node.op()) {
      case Op.Input(var own, _, _) -> node.name().filter(name -> !name.equals(own));
      case Op.Param(var parameter) ->
          node.name().filter(name -> !parameter.name().equals(Optional.of(name)));
      default -> node.name();
    };
  }

  private void components(Record value, Map<String, Json> members) {
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      try {
        members.put(component.getName(), json(component.getAccessor().invoke(value)));
      } catch (ReflectiveOperationException broken) {
        throw new LinkageError(component.toString(), broken);
      }
    }
  }

  private Json json(Object value) {
    return switch (value) {
      case Integer number -> Json.number(number);
      case Long number -> Json.number(number);
      case String text -> new JsonString(text);
      case Enum<?> constant -> new JsonString(ExpressionLiterals.label(constant));
      case Size size -> ExpressionLiterals.json(size);
      case Shape shape -> ExpressionLiterals.json(shape);
      case Array array -> ExpressionLiterals.json(array);
      case Parameter parameter -> new JsonString(name(parameter));
      case Tensor node -> number(node);
      case List<?> list -> JsonArray.of(list, this::json);
      case Record composed -> {
        Map<String, Json> members = new LinkedHashMap<>();
        if (composed instanceof Body) {
          members.put("nodes", nodes());
        }
        components(composed, members);
        yield new JsonObject(members);
      }
      default -> throw new AssertionError("no way to write " + value.getClass());
    };
  }

  private String name(Parameter parameter) {
    String name =
        parameter
            .name()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "a parameter %s has no name by which a file could refer to it: give it one with rename"
                        .formatted(parameter.shape())));
    Parameter before = parameters.putIfAbsent(name, parameter);
    if (before != null && before != parameter) {
      throw new IllegalArgumentException(
          "two parameters are named \"%s\", one %s and one %s: rename one of them"
              .formatted(name, before.shape(), parameter.shape()));
    }
    return name;
  }
}
