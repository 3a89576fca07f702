package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Node;
import dev.cajal.compile.schedule.Operand;
import dev.cajal.compile.schedule.View;
import java.util.List;

/** Where the matrices of one operand of a product lie: one for each index along the batch axes. */
final class Matrices {
  final Node node;
  final Spot spot;
  final int[] offsets;
  final int row;
  final int column;

  Matrices(Operand operand, Frame frame) {
    View view = operand.view();
    int rank = view.sizes().size();
    node = operand.node();
    spot = frame.spot(node);
    row = view.strides().get(rank - 2);
    column = view.strides().get(rank - 1);
    offsets = offsets(view);
  }

  /** Where the matrix of each batch index begins. */
  private static int[] offsets(View view) {
    int axes = view.sizes().size() - 2;
    List<Integer> sizes = view.sizes().subList(0, axes);
    var offsets = new int[View.product(sizes)];
    for (int i = 0; i < offsets.length; i++) {
      int left = i;
      offsets[i] = view.offset();
      for (int axis = axes - 1; axis >= 0; axis--) {
        offsets[i] += left % sizes.get(axis) * view.strides().get(axis);
        left /= sizes.get(axis);
      }
    }
    return offsets;
  }
}
