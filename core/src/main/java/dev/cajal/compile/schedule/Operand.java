package dev.cajal.compile.schedule;

import dev.cajal.tensor.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a node reads: the numbers of another one, seen through movement.
 *
 * @param node whose numbers
 * @param view where each element lies among them
 * @param path the movements that made the view, from the node on
 */
public record Operand(Node node, View view, List<Op> path) {
  static Operand of(Node node) {
    return new Operand(node, node.layout(), List.of());
  }

  /**
   * The same after one more movement, if strides can express it. Movements that undo each other
   * leave no trace, so that what is the same in many ways is not taken for many things.
   */
  Optional<Operand> moved(Op movement) {
    if (!path.isEmpty()) {
      Operand before = of(node).followed(path.subList(0, path.size() - 1));
      Optional<List<Op>> both = Movements.joined(before.view.sizes(), path.getLast(), movement);
      if (both.isPresent()) {
        return before.along(both.get());
      }
    }
    return view.moved(movement)
        .map(moved -> {
          var longer = new ArrayList<>(path);
          longer.add(movement);
          return new Operand(node, moved, longer);
        });
  }

  /** After movements of which none can be joined, and which strides can express. */
  private Operand followed(List<Op> movements) {
    View moved = view;
    for (Op movement : movements) {
      moved = moved.moved(movement).orElseThrow();
    }
    return new Operand(node, moved, movements);
  }

  /** The same after some movements, if strides can express it. */
  Optional<Operand> along(List<Op> movements) {
    Optional<Operand> moved = Optional.of(this);
    for (Op movement : movements) {
      moved = moved.flatMap(operand -> operand.moved(movement));
    }
    return moved;
  }

  /** Whether element i of the view is element i of the node, row by row. */
  boolean isLinear() {
    return view.isContiguous()
        && view.offset() == node.layout().offset()
        && view.elements() == node.elements()
        && node.layout().isContiguous();
  }
}
