package dev.cajal.testing;

import dev.cajal.engine.reference.Reference;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Engines with one mistake at one node, of the kinds that compilers make. */
enum BrokenEngine {
  /** A reduction, a flip or a concatenation is along another axis of the same size. */
  WRONG_AXIS,
  /** The last term of each sum is left out. */
  LOST_TERM,
  /** The operands are exchanged. */
  SWAPPED,
  /** The last element is never written. */
  UNWRITTEN_TAIL,
  /** The last element is that of its neighbour. */
  REPEATED_TAIL,
  /** The elements are those of one place further. */
  SHIFTED,
  /** The value is that of its input, as if another kernel's buffer had been read. */
  STALE;

  /** The engine that makes this mistake at a node, if it can be made there. */
  Optional<Engine> at(Tensor broken) {
    return instead(broken)
        .map(wrong ->
            new PlainEngine((node, in, exact, context) ->
                node.equals(broken) ? wrong.of(in, exact, context) : exact));
  }

  private interface Wrong {
    double[] of(List<Array> in, double[] exact, Bindings context);
  }

  private Optional<Wrong> instead(Tensor node) {
    return switch (this) {
      case WRONG_AXIS -> otherAxis(node.op()).flatMap(op -> other(op, node));
      case SWAPPED ->
          node.inputs().size() < 2 ? Optional.empty() : other(node.op(), node, swapped(node));
      case LOST_TERM -> lostTerm(node);
      case UNWRITTEN_TAIL -> Optional.of((_, exact, _) -> tail(exact, 0));
      case REPEATED_TAIL ->
          Optional.of(
              (_, exact, _) -> exact.length < 2 ? exact : tail(exact, exact[exact.length - 2]));
      case SHIFTED -> Optional.of((_, exact, _) -> shifted(exact));
      case STALE ->
          node.inputs().stream()
              .filter(x -> x.shape().equals(node.shape()) && x.dtype() == node.dtype())
              .findFirst()
              .map(x -> (in, _, _) -> in.get(node.inputs().indexOf(x)).toDoubles());
    };
  }

  private static double[] tail(double[] exact, double last) {
    double[] wrong = exact.clone();
    if (wrong.length > 0) {
      wrong[wrong.length - 1] = last;
    }
    return wrong;
  }

  private static double[] shifted(double[] exact) {
    double[] wrong = exact.clone();
    for (int i = 0; i + 1 < wrong.length; i++) {
      wrong[i] = exact[i + 1];
    }
    return wrong;
  }

  private static List<Tensor> swapped(Tensor node) {
    var inputs = new ArrayList<>(node.inputs());
    inputs.add(inputs.remove(inputs.size() - 2));
    return inputs;
  }

  private static Optional<Op> otherAxis(Op op) {
    return switch (op) {
      case Op.Sum(var axes) -> Optional.of(new Op.Sum(moved(axes)));
      case Op.Max(var axes) -> Optional.of(new Op.Max(moved(axes)));
      case Op.ArgMax(var axis) -> Optional.of(new Op.ArgMax(axis == 0 ? 1 : axis - 1));
      case Op.Flip(var axes) -> Optional.of(new Op.Flip(moved(axes)));
      case Op.Concat(var axis) -> Optional.of(new Op.Concat(axis == 0 ? 1 : axis - 1));
      case Op.Iota(var shape, var axis, var dtype) ->
          Optional.of(new Op.Iota(shape, axis == 0 ? 1 : axis - 1, dtype));
      default -> Optional.empty();
    };
  }

  private static List<Integer> moved(List<Integer> axes) {
    return axes.size() != 1 ? axes : List.of(axes.getFirst() == 0 ? 1 : axes.getFirst() - 1);
  }

  private static Optional<Wrong> other(Op op, Tensor node) {
    return other(op, node, node.inputs());
  }

  /** Another node over the same inputs, if it has the same shape and dtype. */
  private static Optional<Wrong> other(Op op, Tensor node, List<Tensor> order) {
    try {
      Tensor wrong = Tensor.of(op, order);
      boolean alike = wrong.shape().equals(node.shape()) && wrong.dtype() == node.dtype();
      boolean same = op.equals(node.op()) && order.equals(node.inputs());
      return alike && !same
          ? Optional.of((in, _, context) -> evaluated(op, order, node.inputs(), in, context))
          : Optional.empty();
    } catch (IllegalArgumentException refused) {
      return Optional.empty();
    }
  }

  private static double[] evaluated(
      Op op, List<Tensor> order, List<Tensor> inputs, List<Array> in, Bindings context) {
    Bindings bindings = context;
    var leaves = new ArrayList<Tensor>();
    for (Tensor each : order) {
      int at = inputs.indexOf(each);
      Tensor leaf = Tensor.input("x" + leaves.size(), each.dtype(), each.shape().sizes().toArray());
      bindings = bindings.with(leaf, in.get(at));
      leaves.add(leaf);
    }
    return Reference.evaluate(Tensor.of(op, leaves), bindings).toDoubles();
  }

  private static Optional<Wrong> lostTerm(Tensor node) {
    return switch (node.op()) {
      case Op.Sum(var axes) when !axes.isEmpty() -> Optional.of(without(node, axes.getLast()));
      case Op.Max(var axes) when !axes.isEmpty() -> Optional.of(without(node, axes.getLast()));
      case Op.MatMul _ -> Optional.of(without(node, node.inputs().getFirst().rank() - 1));
      default -> Optional.empty();
    };
  }

  /** As if the last slice of the first input along an axis were 0. */
  private static Wrong without(Tensor node, int axis) {
    return (in, exact, context) -> {
      Array x = in.getFirst();
      double[] values = x.toDoubles();
      Shape shape = x.shape();
      int size = (int) shape.size(axis).number();
      int after = (int) shape.part(axis + 1, shape.rank()).elements().number();
      for (int i = 0; i < values.length; i++) {
        values[i] = i / after % size == size - 1 ? 0 : values[i];
      }
      var cut = new ArrayList<>(in);
      cut.set(0, PlainEngine.stored(x.dtype(), shape, values));
      return evaluated(node.op(), node.inputs(), node.inputs(), cut, context);
    };
  }
}
