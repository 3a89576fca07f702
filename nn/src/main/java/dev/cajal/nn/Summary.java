package dev.cajal.nn;

import dev.cajal.tensor.DType;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A model layer by layer: what each gives, how many parameters it has, and how much it computes.
 *
 * <pre>{@code System.out.println(Summary.of(model, 28, 28, 1));}</pre>
 *
 * @param rows the layers that have no layers inside
 * @param parameters how many numbers the model has
 * @param assigned how many of them no gradient changes: running statistics
 * @param flops floating-point operations for one sample, of products twice one each
 */
public record Summary(List<Row> rows, long parameters, long assigned, double flops) {

  /**
   * A layer.
   *
   * @param output its shape, where that can be told: of layers with parameters, and of those in a
   *     {@link Sequential}
   */
  public record Row(
      String path, String type, Optional<Shape> output, long parameters, double flops) {}

  /** Of a model whose input is of these sizes for each sample. */
  public static Summary of(Layer model, Object... sample) {
    return of(model, DType.F32, sample);
  }

  /** Of a model whose input is of another dtype, such as the i32 of tokens. */
  public static Summary of(Layer model, DType dtype, Object... sample) {
    var sizes = new Object[sample.length + 1];
    sizes[0] = "batch";
    System.arraycopy(sample, 0, sizes, 1, sample.length);
    return new Tracing(model, Tensor.input("x", dtype, sizes)).summary();
  }

  /** The model's expression, and which part of it is whose. */
  private static final class Tracing {
    private final Layer model;
    private final Graph graph;
    private final Map<String, Shape> shapes = new HashMap<>();

    Tracing(Layer model, Tensor input) {
      this.model = model;
      this.graph = Graph.of(model.apply(input));
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
      var rows = new ArrayList<Row>();
      layers.forEach((path, layer) -> {
        List<Parameter> its = owned.getOrDefault(path, List.of());
        if (!wholes.contains(path) || !its.isEmpty()) {
          rows.add(row(path, layer, its));
        }
      });
      double flops = graph.nodes().stream().mapToDouble(Tracing::flops).sum();
      return new Summary(rows, count(all), count(assigned()), flops);
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

    private Row row(String path, Layer layer, List<Parameter> parameters) {
      Class<?> type = layer.getClass();
      String name =
          layer instanceof Enum<?> constant
              ? constant.toString()
              : type.isHidden() ? "function" : type.getSimpleName();
      Optional<Shape> output = Optional.ofNullable(shapes.get(path)).or(() -> output(parameters));
      return new Row(path, name, output, count(parameters), flopsWith(parameters));
    }

    /** What first depends on all parameters of a layer is what it gives. */
    private Optional<Shape> output(List<Parameter> parameters) {
      if (parameters.isEmpty()) {
        return Optional.empty();
      }
      Set<Tensor> dependents = new HashSet<>(graph.nodes());
      for (Parameter parameter : parameters) {
        dependents.retainAll(graph.dependents(List.of(parameter.value())));
      }
      parameters.forEach(parameter -> dependents.remove(parameter.value()));
      return graph.nodes().stream()
          .filter(node -> dependents.contains(node) && !isMovement(node))
          .findFirst()
          .map(Tensor::shape);
    }

    /** Of the operations that read a parameter, as it is or moved. */
    private double flopsWith(List<Parameter> parameters) {
      Set<Tensor> moved = new HashSet<>();
      parameters.forEach(parameter -> moved.add(parameter.value()));
      double flops = 0;
      for (Tensor node : graph.nodes()) {
        boolean reads = node.inputs().stream().anyMatch(moved::contains);
        if (reads && isMovement(node)) {
          moved.add(node);
        } else if (reads) {
          flops += flops(node);
        }
      }
      return flops;
    }

    private Set<Parameter> assigned() {
      Set<Parameter> assigned = new HashSet<>();
      for (Tensor node : graph.nodes()) {
        if (node.op() instanceof Op.Assign(var parameter)) {
          assigned.add(parameter);
        }
      }
      return assigned;
    }

    private static long count(Collection<Parameter> parameters) {
      return parameters.stream()
          .mapToLong(parameter -> parameter.shape().elements().number())
          .sum();
    }

    private static boolean isMovement(Tensor node) {
      return switch (node.op()) {
        case Op.Reshape _, Op.Transpose _, Op.Expand _, Op.Slice _, Op.Flip _ -> true;
        default -> false;
      };
    }

    /** For one sample. */
    private static double flops(Tensor node) {
      double elements = elements(node);
      return switch (node.op()) {
        case Op.MatMul _ -> 2 * elements * elements(node.inputs().getFirst().shape().size(-1));
        case Op.Conv _ -> {
          Shape kernel = node.inputs().getLast().shape();
          yield 2 * elements * elements(kernel) / elements(kernel.size(-1));
        }
        case Op.ConvTranspose _ -> {
          Shape kernel = node.inputs().getLast().shape();
          double inputs = elements(node.inputs().getFirst());
          yield 2 * inputs * elements(kernel) / elements(kernel.size(-1));
        }
        case Op.Map1 _, Op.Map2 _, Op.Compare _, Op.Select _ -> elements;
        case Op.Sum _, Op.Max _ -> elements(node.inputs().getFirst());
        default -> 0;
      };
    }

    private static double elements(Tensor node) {
      return elements(node.shape());
    }

    private static double elements(Shape shape) {
      return shape.sizes().stream().mapToDouble(Tracing::elements).reduce(1, (a, b) -> a * b);
    }

    /** Symbols count once: one sample, one step of time. */
    private static double elements(Size size) {
      return size.factor();
    }
  }

  @Override
  public String toString() {
    var table = new ArrayList<String[]>();
    table.add(new String[] {"layer", "type", "output", "parameters", "Mflop"});
    for (Row row : rows) {
      table.add(
          new String[] {
            row.path.isEmpty() ? "(the model)" : row.path,
            row.type,
            row.output.map(Shape::toString).orElse(""),
            row.parameters == 0 ? "" : text("%,d", row.parameters),
            row.flops == 0 ? "" : text("%,.3f", row.flops / 1e6)
          });
    }
    table.add(new String[] {"all", "", "", text("%,d", parameters), text("%,.3f", flops / 1e6)});
    var width = new int[5];
    for (String[] row : table) {
      for (int i = 0; i < width.length; i++) {
        width[i] = Math.max(width[i], row[i].length());
      }
    }
    var lines = new ArrayList<String>();
    for (String[] row : table) {
      var line = new StringBuilder();
      for (int i = 0; i < width.length; i++) {
        String blanks = " ".repeat(width[i] - row[i].length());
        line.append(i == 0 ? "" : "  ").append(i < 3 ? row[i] + blanks : blanks + row[i]);
      }
      lines.add(line.toString().stripTrailing());
    }
    int whole = lines.stream().mapToInt(String::length).max().orElse(0);
    lines.add(1, "─".repeat(whole));
    lines.add(lines.size() - 1, "─".repeat(whole));
    if (assigned > 0) {
      lines.add(text("%,d of the parameters are running statistics", assigned));
    }
    return String.join("\n", lines);
  }

  private static String text(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }
}
