package dev.cajal.tensor;

import dev.cajal.json.At;
import dev.cajal.json.Choice;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads one numbering of nodes that {@link ExpressionWriter} has written: those of an expression,
 * or those of the body of one of its loops.
 */
final class ExpressionReader {
  private static final Choice<Class<?>> OPS = new Choice<>("op", operations());

  private final Map<String, Parameter> parameters;
  private final List<Tensor> nodes = new ArrayList<>();
  private final Map<Tensor, ExpressionReader> bodies = new HashMap<>();

  /** How values of a type are read; enums, lists and other records are read by their structure. */
  private final Map<Type, Function<At, ?>> readers =
      Map.ofEntries(
          Map.entry(int.class, At::asInt),
          Map.entry(Integer.class, At::asInt),
          Map.entry(long.class, At::asLong),
          Map.entry(String.class, At::asString),
          Map.entry(Size.class, ExpressionLiterals::size),
          Map.entry(Shape.class, ExpressionLiterals::shape),
          Map.entry(Array.class, ExpressionLiterals::array),
          Map.entry(Parameter.class, this::parameter),
          Map.entry(Tensor.class, this::tensor),
          Map.entry(Body.class, this::body));

  ExpressionReader(Map<String, Parameter> parameters) {
    this.parameters = parameters;
  }

  private static Map<String, Class<?>> operations() {
    Map<String, Class<?>> operations = new LinkedHashMap<>();
    for (Class<?> type : Op.class.getPermittedSubclasses()) {
      String name = type.getSimpleName();
      operations.put(Character.toLowerCase(name.charAt(0)) + name.substring(1), type);
    }
    return operations;
  }

  /** Reads further nodes, each over the ones before it. */
  void nodes(At at) {
    at.list(node -> nodes.add(node(node)));
  }

  /** The node that the number here stands for. */
  Tensor tensor(At at) {
    int number = at.asInt();
    if (number < 0 || number >= nodes.size()) {
      String range = nodes.isEmpty() ? "none comes before" : "nodes are 0 to " + (nodes.size() - 1);
      throw at.damaged("there is no node %d: %s".formatted(number, range));
    }
    return nodes.get(number);
  }

  private Tensor node(At at) {
    Class<?> type = OPS.read(at.get("op"));
    List<Tensor> inputs =
        at.find("inputs").map(list -> list.<Tensor>list(this::tensor)).orElse(List.of());
    ExpressionReader scope = scope(at, type, inputs);
    Op op = (Op) scope.composed(at, type, "op", "inputs", "named");
    Tensor node =
        checked(
            at,
            () ->
                op instanceof Op.Param(var parameter) && inputs.isEmpty()
                    ? parameter.value()
                    : Tensor.of(op, inputs));
    if (node.rank() > ExpressionFile.MOST_AXES) {
      throw at.damaged(ExpressionLiterals.tooManyAxes(node.shape()));
    }
    if (op instanceof Op.Scan) {
      bodies.put(node, scope);
    }
    return at.find("named").map(name -> node.named(name.asString())).orElse(node);
  }

  /** Where the tensors inside an operation are found: of a loop, in its body. */
  private ExpressionReader scope(At at, Class<?> type, List<Tensor> inputs) {
    if (type == Op.Scan.class) {
      return new ExpressionReader(parameters);
    }
    if (type != Op.Each.class) {
      return this;
    }
    ExpressionReader body = inputs.size() == 1 ? bodies.get(inputs.getFirst()) : null;
    if (body == null) {
      throw at.damaged("each: its one input is a scan");
    }
    return body;
  }

  private Body body(At at) {
    nodes(at.get("nodes"));
    return (Body) composed(at, Body.class, "nodes");
  }

  private Parameter parameter(At at) {
    return new Choice<>("parameter", parameters).read(at);
  }

  /** A record from the members of the object here, which may have the others besides. */
  private Object composed(At at, Class<?> type, String... others) {
    RecordComponent[] components = type.getRecordComponents();
    Stream<String> names = Arrays.stream(components).map(RecordComponent::getName);
    at.only(Stream.concat(Arrays.stream(others), names).toArray(String[]::new));
    var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    var values = new ArrayList<Object>();
    for (RecordComponent component : components) {
      values.add(value(at.get(component.getName()), component.getGenericType()));
    }
    try {
      return type.getDeclaredConstructor(types).newInstance(values.toArray());
    } catch (InvocationTargetException refused) {
      return checked(
          at,
          () -> {
            throw (RuntimeException) refused.getCause();
          });
    } catch (ReflectiveOperationException broken) {
      throw new LinkageError(type.toString(), broken);
    }
  }

  private Object value(At at, Type type) {
    Function<At, ?> reader = readers.get(type);
    if (reader != null) {
      return reader.apply(at);
    }
    return switch (type) {
      case ParameterizedType list -> at.list(item -> value(item, list.getActualTypeArguments()[0]));
      case Class<?> known when known.isEnum() -> ExpressionLiterals.constant(at, known);
      case Class<?> known when known.isRecord() -> composed(at, known);
      default -> throw new AssertionError("no way to read " + type);
    };
  }

  /** The value, whose making may find that what stands here does not fit. */
  static <T> T checked(At at, Supplier<T> value) {
    try {
      return value.get();
    } catch (ArithmeticException _) {
      throw at.damaged("the sizes are too large: their product is no 64-bit number");
    } catch (IllegalArgumentException | IndexOutOfBoundsException refused) {
      throw at.damaged(String.valueOf(refused.getMessage()));
    }
  }
}
