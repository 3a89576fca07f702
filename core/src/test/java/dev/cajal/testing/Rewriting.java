package dev.cajal.testing;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Body;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A graph once more with other dtypes or sizes throughout, in the bodies of its loops as well. */
final class Rewriting {

  /** What becomes of dtypes, of sizes and of the numbers of leaves. */
  interface Change {
    default DType dtype(DType dtype) {
      return dtype;
    }

    default Size size(Size size) {
      return size;
    }

    default Shape shape(Shape shape) {
      return new Shape(shape.sizes().stream().map(this::size).toList());
    }

    Array array(Array value);
  }

  private final Change change;
  private final Map<Tensor, Tensor> renewed = new HashMap<>();
  private final Map<Parameter, Parameter> parameters = new HashMap<>();

  private Rewriting(Change change) {
    this.change = change;
  }

  /** The graph after a change; refused where it no longer fits together. */
  static RandomGraph of(RandomGraph graph, Change change) {
    var rewriting = new Rewriting(change);
    rewriting.rewrite(graph.roots(), Set.of());
    Map<Tensor, Array> values = new LinkedHashMap<>();
    graph
        .bindings()
        .values()
        .forEach((node, value) -> {
          Tensor leaf = rewriting.renewed.get(node);
          if (leaf != null && leaf.op() instanceof Op.Input) {
            values.put(leaf, change.array(value));
          }
        });
    Map<Parameter, Tensor> updates = new LinkedHashMap<>();
    graph
        .updates()
        .forEach((parameter, value) -> updates.put(rewriting.of(parameter), rewriting.of(value)));
    Bindings before = graph.bindings();
    return new RandomGraph(
        graph.outputs().stream().map(rewriting::of).toList(),
        updates,
        new Bindings(values, before.settle(), before.seed(), before.training()));
  }

  private Tensor of(Tensor node) {
    return Objects.requireNonNull(renewed.get(node), node::brief);
  }

  private Parameter of(Parameter parameter) {
    return parameters.computeIfAbsent(
        parameter, before -> Parameter.of(before.name().orElse("p"), change.array(before.array())));
  }

  private void rewrite(List<Tensor> roots, Set<Tensor> known) {
    Graph graph = Graph.of(roots, known::contains);
    Map<Tensor, Set<Tensor>> read = graph.readFromLoops();
    for (Tensor node : graph.nodes()) {
      if (!renewed.containsKey(node)) {
        Op op = op(node.op(), read.getOrDefault(node, Set.of()));
        renewed.put(node, made(op, node.inputs().stream().map(this::of).toList()));
      }
    }
  }

  /** A parameter has a leaf of its own. */
  private static Tensor made(Op op, List<Tensor> in) {
    return op instanceof Op.Param(var parameter) ? parameter.value() : Tensor.of(op, in);
  }

  private Op op(Op op, Set<Tensor> read) {
    return switch (op) {
      case Op.Input(var name, var shape, var dtype) ->
          new Op.Input(name, change.shape(shape), change.dtype(dtype));
      case Op.Param(var parameter) -> new Op.Param(of(parameter));
      case Op.Constant(var value) -> new Op.Constant(change.array(value));
      case Op.Iota(var shape, var axis, var dtype) ->
          new Op.Iota(change.shape(shape), axis, change.dtype(dtype));
      case Op.Random(var distribution, var shape, var dtype, var stream) ->
          new Op.Random(distribution, change.shape(shape), change.dtype(dtype), stream);
      case Op.SizeOf(var size, var dtype) -> new Op.SizeOf(size, change.dtype(dtype));
      case Op.Cast(var dtype) -> new Op.Cast(change.dtype(dtype));
      case Op.Reshape(var shape) -> new Op.Reshape(change.shape(shape));
      case Op.Expand(var shape) -> new Op.Expand(change.shape(shape));
      case Op.Slice(var axis, var start, var step, var size) ->
          new Op.Slice(axis, start, step, change.size(size));
      case Op.Pad(var axis, var start, var step, var size) ->
          new Op.Pad(axis, start, step, change.size(size));
      case Op.ScatterAdd(var axis, var size) -> new Op.ScatterAdd(axis, change.size(size));
      case Op.Assign(var parameter) -> new Op.Assign(of(parameter));
      case Op.Scan(var body) -> new Op.Scan(body(body, read));
      case Op.Each(var inner) -> new Op.Each(of(inner));
      default -> op;
    };
  }

  private Body body(Body body, Set<Tensor> read) {
    Set<Tensor> results = new LinkedHashSet<>(body.next());
    results.addAll(read);
    rewrite(body.placeholders(), Set.of());
    rewrite(new ArrayList<>(results), Set.copyOf(body.placeholders()));
    return new Body(
        change.size(body.steps()),
        body.direction(),
        body.carries().stream().map(this::of).toList(),
        body.sequences().stream().map(this::of).toList(),
        body.captured().stream().map(this::of).toList(),
        body.next().stream().map(this::of).toList());
  }
}
