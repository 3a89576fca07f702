package dev.cajal.nn;

import static java.util.stream.Collectors.joining;

import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The model's expression, and which part of it is whose. */
final class Tracing {
  private final Layer model;
  private final Graph graph;
  private final List<Operation> operations;
  private final Map<String, Shape> shapes = new HashMap<>();

  Tracing(Layer model, Tensor input) {
    this.model = model;
    this.graph = Graph.of(model.apply(input));
    this.operations = Operation.allOf(graph);
    follow("", model, input);
  }

  /** Notes what the layers of a sequence give. */
  private Tensor follow(String path, Layer layer, Tensor x) {
    if (!(layer instanceof Sequential(var layers))) {
      Tensor y = layer.apply(x);
      shapes.put(path, y.shape());
      return y;
    }
    Tensor y = x;
    for (int i = 0; i < layers.size(); i++) {
      y = follow((path.isEmpty() ? "" : path + ".") + "layers." + i, layers.get(i), y);
    }
    return y;
  }

  Summary summary() {
    Map<String, Layer> layers = new LinkedHashMap<>();
    Map<String, List<Parameter>> owned = new HashMap<>();
    Set<String> wholes = new HashSet<>();
    Set<Parameter> all = new LinkedHashSet<>();
    Parts.of(model)
        .forEach((path, part) -> {
          String owner = owner(layers, path);
          if (part instanceof Parameter parameter && all.add(parameter)) {
            owned.computeIfAbsent(owner, _ -> new ArrayList<>()).add(parameter);
          } else if (part instanceof Layer layer && !isSetting(path, layer)) {
            if (!path.isEmpty()) {
              wholes.add(owner);
            }
            layers.put(path, layer);
          }
        });
    requireKnown(all);
    var rows = new ArrayList<Summary.Row>();
    layers.forEach((path, layer) -> {
      List<Parameter> its = owned.getOrDefault(path, List.of());
      if (!wholes.contains(path) || !its.isEmpty()) {
        rows.add(row(path, layer, its));
      }
    });
    double flops = operations.stream().mapToDouble(Operation::flops).sum();
    return new Summary(rows, count(all), count(graph.assignments().keySet()), flops);
  }

  /** Refuses a model that has more parameters than it shows. */
  private void requireKnown(Set<Parameter> known) {
    List<Parameter> strangers =
        graph.parameters().stream().filter(parameter -> !known.contains(parameter)).toList();
    if (!strangers.isEmpty()) {
      throw new IllegalArgumentException(
          "summary: the model uses parameters that are not among its components: %s; make them components of a record"
              .formatted(strangers.stream().map(Parameter::toString).collect(joining(", "))));
    }
  }

  /** The innermost of the layers found so far in which a path lies. */
  private static String owner(Map<String, Layer> layers, String path) {
    String owner = path;
    do {
      int dot = owner.lastIndexOf('.');
      owner = dot < 0 ? "" : owner.substring(0, dot);
    } while (!owner.isEmpty() && !layers.containsKey(owner));
    return owner;
  }

  /** Whether it is how a layer works, as an activation is, and not one of several. */
  private static boolean isSetting(String path, Layer layer) {
    String last = path.substring(path.lastIndexOf('.') + 1);
    return layer instanceof Enum<?> && !last.chars().allMatch(Character::isDigit);
  }

  private Summary.Row row(String path, Layer layer, List<Parameter> parameters) {
    Class<?> type = layer.getClass();
    String name =
        layer instanceof Enum<?> constant
            ? constant.toString()
            : type.isHidden() ? "function" : type.getSimpleName();
    Optional<Shape> output = Optional.ofNullable(shapes.get(path)).or(() -> output(parameters));
    return new Summary.Row(path, name, output, count(parameters), flopsWith(parameters));
  }

  /** What first depends on all parameters of a layer is what it gives. */
  private Optional<Shape> output(List<Parameter> parameters) {
    if (parameters.isEmpty()) {
      return Optional.empty();
    }
    Set<Tensor> all = new HashSet<>();
    operations.forEach(operation -> all.add(operation.node()));
    for (Parameter parameter : parameters) {
      all.retainAll(dependents(parameter));
    }
    return operations.stream()
        .filter(operation -> all.contains(operation.node()) && !operation.isMovement())
        .findFirst()
        .map(operation -> operation.node().shape());
  }

  /** What depends on a parameter, itself not included. */
  private Set<Tensor> dependents(Parameter parameter) {
    Set<Tensor> dependents = new HashSet<>(List.of(parameter.value()));
    for (Operation operation : operations) {
      if (operation.inputs().stream().anyMatch(dependents::contains)) {
        dependents.add(operation.node());
      }
    }
    dependents.remove(parameter.value());
    return dependents;
  }

  /** Of the operations that read a parameter, as it is or moved. */
  private double flopsWith(List<Parameter> parameters) {
    Set<Tensor> moved = new HashSet<>();
    parameters.forEach(parameter -> moved.add(parameter.value()));
    double flops = 0;
    for (Operation operation : operations) {
      boolean reads = operation.inputs().stream().anyMatch(moved::contains);
      if (reads && operation.isMovement()) {
        moved.add(operation.node());
      } else if (reads) {
        flops += operation.flops();
      }
    }
    return flops;
  }

  private static long count(Collection<Parameter> parameters) {
    return parameters.stream().mapToLong(parameter -> parameter.shape().elements().number()).sum();
  }
}
