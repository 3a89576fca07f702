package dev.cajal.compile.schedule;

import dev.cajal.tensor.Op;
import dev.cajal.tensor.Size;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Two movements as fewer, or in the order that all paths have. */
final class Movements {
  private Movements() {}

  /**
   * What is the same as two movements one after the other, if it is shorter or has another order:
   * flips come before transposes, and slices in the order of their axes.
   *
   * @param sizes the shape before both
   */
  static Optional<List<Op>> joined(List<Integer> sizes, Op first, Op second) {
    return switch (second) {
      case Op.Reshape(var shape) when first instanceof Op.Reshape -> {
        boolean isNothing = View.whole(shape.numbers()).sizes().equals(sizes);
        yield Optional.of(isNothing ? List.of() : List.of(second));
      }
      case Op.Expand _ when first instanceof Op.Expand -> Optional.of(List.of(second));
      case Op.Transpose(var order) when first instanceof Op.Transpose(var before) ->
          Optional.of(transposed(order.stream().map(before::get).toList()));
      case Op.Flip(var axes) when first instanceof Op.Flip(var before) ->
          Optional.of(flipped(before, axes));
      case Op.Flip(var axes) when first instanceof Op.Transpose(var order) ->
          Optional.of(List.of(new Op.Flip(axes.stream().map(order::get).sorted().toList()), first));
      case Op.Slice slice when first instanceof Op.Slice before -> sliced(before, slice);
      default -> Optional.empty();
    };
  }

  private static List<Op> transposed(List<Integer> order) {
    boolean isNothing = order.equals(order.stream().sorted().toList());
    return isNothing ? List.of() : List.of(new Op.Transpose(order));
  }

  private static List<Op> flipped(List<Integer> before, List<Integer> axes) {
    var once = new TreeSet<>(before);
    for (Integer axis : axes) {
      if (!once.remove(axis)) {
        once.add(axis);
      }
    }
    return once.isEmpty() ? List.of() : List.of(new Op.Flip(List.copyOf(once)));
  }

  private static Optional<List<Op>> sliced(Op.Slice before, Op.Slice slice) {
    if (slice.axis() == before.axis()) {
      long start = before.start().number() + slice.start().number() * before.step();
      long step = before.step() * slice.step();
      return Optional.of(List.of(new Op.Slice(slice.axis(), Size.of(start), step, slice.size())));
    }
    return slice.axis() < before.axis() ? Optional.of(List.of(slice, before)) : Optional.empty();
  }
}
