package dev.cajal.compile;

import static java.util.Objects.requireNonNull;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Body;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An expression for one set of sizes: every symbol is a number, {@code training()} is true or
 * false, marks are gone, and what they assign is listed beside the outputs.
 *
 * @param outputs the outputs, one for each that was asked for
 * @param updates what parameters become at the end of a run
 */
public record Specialise(List<Tensor> outputs, Map<Parameter, Tensor> updates) {

  /**
   * Binds the sizes of outputs and of updates.
   *
   * @throws IllegalArgumentException where a symbol is left open or a size does not fit
   */
  public static Specialise of(
      List<Tensor> outputs,
      Map<Parameter, Tensor> updates,
      Map<String, Long> sizes,
      boolean training) {
    var all = new LinkedHashSet<>(outputs);
    all.addAll(updates.values());
    var next = new LinkedHashMap<>(updates);
    Graph.of(all)
        .assignments()
        .forEach((parameter, value) -> {
          Tensor other = next.put(parameter, value);
          if (other != null && !other.equals(value)) {
            throw new IllegalArgumentException(
                "parameter %s is updated, and assigned to in what is computed"
                    .formatted(parameter));
          }
        });
    all.addAll(next.values());
    var walk = new Walk(sizes, training, new HashMap<>(), new HashMap<>());
    Graph graph = Graph.of(all);
    graph.nodes().forEach(node -> walk.visit(node, graph));
    var bound = new LinkedHashMap<Parameter, Tensor>();
    next.forEach((parameter, value) -> bound.put(parameter, walk.bound(value)));
    return new Specialise(outputs.stream().map(walk::bound).toList(), bound);
  }

  /** The nodes seen so far, each with its successor; and the same for the bodies of loops. */
  private record Walk(
      Map<String, Long> sizes,
      boolean training,
      Map<Tensor, Tensor> bound,
      Map<Tensor, Map<Tensor, Tensor>> inside) {

    Tensor bound(Tensor node) {
      return requireNonNull(bound.get(node));
    }

    void visit(Tensor node, Graph graph) {
      node.checkWith(sizes);
      List<Tensor> in = node.inputs().stream().map(this::bound).toList();
      Tensor made =
          switch (node.op()) {
            case Op.StopGradient _, Op.Assign _ -> in.getFirst();
            case Op.Training _ -> Tensor.constant(Array.scalar(DType.BOOL, training ? 1 : 0));
            case Op.Scan(var body) -> scan(node, body, in, graph);
            case Op.Each(var inner) ->
                Tensor.of(
                    new Op.Each(
                        requireNonNull(
                            requireNonNull(inside.get(node.inputs().getFirst())).get(inner))),
                    in);
            default -> rebuilt(node, bound(node.op()), in);
          };
      bound.put(node, node.name().map(made::named).orElse(made));
    }

    private static Tensor rebuilt(Tensor node, Op op, List<Tensor> in) {
      return op.equals(node.op()) ? node.withInputs(in) : Tensor.of(op, in);
    }

    private Tensor scan(Tensor loop, Body body, List<Tensor> in, Graph graph) {
      var within = new Walk(sizes, training, new HashMap<>(), new HashMap<>());
      body.placeholders()
          .forEach(placeholder ->
              within.bound.put(placeholder, Tensor.of(bound(placeholder.op()), List.of())));
      var results = new LinkedHashSet<>(body.next());
      results.addAll(graph.readFromLoops().getOrDefault(loop, Set.of()));
      Graph step = Graph.of(results, body.placeholders()::contains);
      for (Tensor node : step.nodes()) {
        if (!within.bound.containsKey(node)) {
          within.visit(node, step);
        }
      }
      inside.put(loop, within.bound);
      return Tensor.of(
          new Op.Scan(
              new Body(
                  body.steps().bind(sizes),
                  body.direction(),
                  within.all(body.carries()),
                  within.all(body.sequences()),
                  within.all(body.captured()),
                  within.all(body.next()))),
          in);
    }

    private List<Tensor> all(List<Tensor> nodes) {
      return nodes.stream().map(this::bound).toList();
    }

    /** The operation with numbers for sizes. */
    private Op bound(Op op) {
      return switch (op) {
        case Op.Input(var name, var shape, var dtype) -> new Op.Input(name, bound(shape), dtype);
        case Op.Iota(var shape, var axis, var dtype) -> new Op.Iota(bound(shape), axis, dtype);
        case Op.Random(var distribution, var shape, var dtype, var stream) ->
            new Op.Random(distribution, bound(shape), dtype, stream);
        case Op.SizeOf(var size, var dtype) -> new Op.SizeOf(bound(size), dtype);
        case Op.Reshape(var shape) -> new Op.Reshape(bound(shape));
        case Op.Expand(var shape) -> new Op.Expand(bound(shape));
        case Op.Slice(var axis, var start, var step, var size) ->
            new Op.Slice(axis, bound(start), step, bound(size));
        case Op.Pad(var axis, var start, var step, var size) ->
            new Op.Pad(axis, bound(start), step, bound(size));
        case Op.ScatterAdd(var axis, var size) -> new Op.ScatterAdd(axis, bound(size));
        case Op.ConvTranspose(var window, var groups, var spatial) ->
            new Op.ConvTranspose(window, groups, spatial.stream().map(this::bound).toList());
        case Op.Param _,
            Op.Constant _,
            Op.Training _,
            Op.Map1 _,
            Op.Map2 _,
            Op.Compare _,
            Op.Select _,
            Op.Cast _,
            Op.Sum _,
            Op.Max _,
            Op.ArgMax _,
            Op.Transpose _,
            Op.Concat _,
            Op.Flip _,
            Op.Gather _,
            Op.MatMul _,
            Op.Conv _,
            Op.ConvKernel _,
            Op.ArgMaxPool _,
            Op.Scan _,
            Op.Last _,
            Op.Each _,
            Op.StopGradient _,
            Op.Assign _ ->
            op;
      };
    }

    private Shape bound(Shape shape) {
      Shape bound = shape.bind(sizes);
      bound.sizes().forEach(Walk::requireNumber);
      return bound;
    }

    private Size bound(Size size) {
      Size bound = size.bind(sizes);
      requireNumber(bound);
      return bound;
    }

    private static void requireNumber(Size size) {
      if (!size.isNumber()) {
        throw new IllegalArgumentException(
            "no number is given for %s: bind it with size(name, number)".formatted(size));
      }
    }
  }
}
