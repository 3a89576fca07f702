package dev.cajal.compile;

import dev.cajal.tensor.Op;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What nodes of a loop's body are for all steps at once: the same operations with the steps as a
 * new axis 0. So the products of a sequence with a weight become one product.
 */
final class Lift {
  private final Size steps;

  /** What is known outside: with the steps as axis 0, or the same in every step. */
  private final Map<Tensor, Lifted> known = new HashMap<>();

  /** A tensor outside the loop; {@code perStep} if its axis 0 is the steps. */
  private record Lifted(Tensor tensor, boolean perStep) {}

  Lift(Size steps) {
    this.steps = steps;
  }

  /** Says what a placeholder is outside: a sequence, if {@code perStep}. */
  void put(Tensor placeholder, Tensor outside, boolean perStep) {
    known.put(placeholder, new Lifted(outside, perStep));
  }

  /** The node for all steps, if it can be written without a loop. */
  Optional<Tensor> of(Tensor node) {
    return lifted(node).map(this::spread);
  }

  private Optional<Lifted> lifted(Tensor node) {
    Lifted found = known.get(node);
    if (found != null) {
      return Optional.of(found);
    }
    if (node.op() instanceof Op.Input) {
      return Optional.empty();
    }
    var inputs = new ArrayList<Lifted>();
    for (Tensor input : node.inputs()) {
      Optional<Lifted> its = lifted(input);
      if (its.isEmpty()) {
        return Optional.empty();
      }
      inputs.add(its.get());
    }
    boolean steady = inputs.stream().noneMatch(Lifted::perStep);
    Optional<Lifted> made =
        steady
            ? Optional.of(
                new Lifted(node.withInputs(inputs.stream().map(Lifted::tensor).toList()), false))
            : made(node, inputs).map(tensor -> new Lifted(tensor, true));
    made.ifPresent(its -> known.put(node, its));
    return made;
  }

  /** A tensor with the steps as axis 0, repeated along it if it is the same in each. */
  private Tensor spread(Lifted x) {
    return x.perStep ? x.tensor : x.tensor.expand(x.tensor.shape().insert(0, steps));
  }

  private Optional<Tensor> made(Tensor y, List<Lifted> in) {
    return switch (y.op()) {
      case Op.Map1 _, Op.Map2 _, Op.Compare _, Op.Select _, Op.Cast _ ->
          Optional.of(Tensor.of(y.op(), in.stream().map(this::spread).toList()));
      case Op.Sum(var axes) -> some(new Op.Sum(later(axes)), in);
      case Op.Max(var axes) -> some(new Op.Max(later(axes)), in);
      case Op.ArgMax(var axis) -> some(new Op.ArgMax(axis + 1), in);
      case Op.Reshape(var shape) -> some(new Op.Reshape(shape.insert(0, steps)), in);
      case Op.Transpose(var order) -> {
        var longer = new ArrayList<>(List.of(0));
        longer.addAll(later(order));
        yield some(new Op.Transpose(longer), in);
      }
      case Op.Expand(var shape) -> Optional.of(expanded(in.getFirst().tensor, shape));
      case Op.Slice(var axis, var start, var step, var size) ->
          some(new Op.Slice(axis + 1, start, step, size), in);
      case Op.Pad(var axis, var start, var step, var size) ->
          some(new Op.Pad(axis + 1, start, step, size), in);
      case Op.Concat(var axis) ->
          Optional.of(Tensor.of(new Op.Concat(axis + 1), in.stream().map(this::spread).toList()));
      case Op.Flip(var axes) -> some(new Op.Flip(later(axes)), in);
      case Op.Gather(var axis) when axis == 0 && !in.getFirst().perStep ->
          Optional.of(in.getFirst().tensor.gather(0, in.getLast().tensor));
      case Op.MatMul _ -> Optional.of(product(y, in.getFirst(), in.getLast()));
      default -> Optional.empty();
    };
  }

  private Optional<Tensor> some(Op op, List<Lifted> in) {
    return Optional.of(Tensor.of(op, spread(in.getFirst())));
  }

  private static List<Integer> later(List<Integer> axes) {
    return axes.stream().map(axis -> axis + 1).toList();
  }

  /** Axes that the expansion adds come after the steps. */
  private Tensor expanded(Tensor x, Shape shape) {
    int added = shape.rank() - (x.rank() - 1);
    Shape aligned = x.shape();
    for (int axis = 0; axis < added; axis++) {
      aligned = aligned.insert(1, Size.ONE);
    }
    return x.reshape(aligned).expand(shape.insert(0, steps));
  }

  /** Rows of all steps under each other where the right side is the same in every step. */
  private Tensor product(Tensor y, Lifted a, Lifted b) {
    if (b.perStep || y.rank() != 2) {
      return Tensor.of(new Op.MatMul(), spread(a), spread(b));
    }
    Size rows = steps.times(y.size(0));
    Tensor flat = a.tensor.reshape(Shape.of(rows, a.tensor.size(-1)));
    return flat.matmul(b.tensor).reshape(y.shape().insert(0, steps));
  }
}
