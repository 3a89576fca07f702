package dev.cajal.compile.schedule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The rows of matrices side by side, and which steps can follow them: who reads, for some rows,
 * nothing of what others have written for other rows.
 *
 * @param batches how many matrices there are
 * @param rows how many rows each has
 * @param areCut whether a step may get to see only some rows of a matrix at a time
 */
record Rows(int batches, int rows, boolean areCut) {
  /**
   * How a step can follow the rows, if at all.
   *
   * @param written what the steps before have written row by row
   */
  Optional<Band.Role> role(Step step, Collection<Node> written) {
    return switch (step) {
      case Step.Looped(var loop) ->
          follows(loop, written) ? Optional.of(ofRows()) : Optional.empty();
      case Step.Called(var node, _, _, _) when Bands.isRandom(node) ->
          node.elements() % units() == 0 ? Optional.of(ofRows()) : Optional.empty();
      case Step.Called called -> role(called, written);
      case Step.Commit _, Step.Banded _ -> Optional.empty();
    };
  }

  /** A step with the rows that these are, if it is a loop that can as well have others. */
  Step fitting(Step step) {
    if (!(step instanceof Step.Looped(var loop)) || loop.rows() % units() == 0) {
      return step;
    }
    int elements = loop.rows() * View.product(loop.nest().inner());
    return elements % units() == 0
        ? loop.inRowsOf(elements / units()).<Step>map(Step.Looped::new).orElse(step)
        : step;
  }

  private Band.Role ofRows() {
    return areCut ? Band.Role.BY_ROW : Band.Role.WHOLE;
  }

  /** What is not divided further: a row, or all rows of a matrix. */
  private int units() {
    return areCut ? batches * rows : batches;
  }

  // Products.

  private Optional<Band.Role> role(Step.Called step, Collection<Node> written) {
    if (!Bands.isProduct(step.node())) {
      return Optional.empty();
    }
    Operand a = step.node().operands().getFirst();
    Operand b = step.node().operands().getLast();
    List<Integer> sizes = a.view().sizes();
    int m = sizes.get(sizes.size() - 2);
    int k = sizes.getLast();
    if (View.product(sizes.subList(0, sizes.size() - 2)) != batches) {
      return Optional.empty();
    }
    if (!areCut) {
      boolean isAligned =
          isWithin(a, written, 0)
              && isWithin(b, written, 0)
              && step.epilogue().stream().allMatch(loop -> follows(loop, written));
      return isAligned ? Optional.of(Band.Role.WHOLE) : Optional.empty();
    }
    boolean isByRow =
        m == rows
            && !written.contains(b.node())
            && isWithin(a, written, 1)
            && step.epilogue().stream().allMatch(loop -> follows(loop, written));
    if (isByRow) {
      return Optional.of(Band.Role.BY_ROW);
    }
    boolean isSum = k == rows && step.epilogue().isEmpty();
    return isSum && isWithin(transposed(a), written, 1) && isWithin(b, written, 1)
        ? Optional.of(Band.Role.SUMMED)
        : Optional.empty();
  }

  private static Operand transposed(Operand operand) {
    View view = operand.view();
    var sizes = new ArrayList<>(view.sizes());
    var strides = new ArrayList<>(view.strides());
    int last = sizes.size() - 1;
    Collections.swap(sizes, last - 1, last);
    Collections.swap(strides, last - 1, last);
    return new Operand(operand.node(), new View(view.offset(), sizes, strides), List.of());
  }

  /** Whether matrices lie within their unit; the first axis of each is that of the rows, or not. */
  private boolean isWithin(Operand operand, Collection<Node> written, int rowAxes) {
    if (!written.contains(operand.node())) {
      return true;
    }
    View view = operand.view();
    int outer = view.sizes().size() - 2 + rowAxes;
    return isWithin(
        operand.node(),
        view.offset(),
        view.sizes().subList(0, outer),
        view.strides().subList(0, outer),
        view.sizes().subList(outer, view.sizes().size()),
        view.strides().subList(outer, view.sizes().size()));
  }

  // Loops.

  /** Whether a loop reads of what was written, and writes, for some of its rows only theirs. */
  private boolean follows(Loop loop, Collection<Node> written) {
    if (loop.rows() % units() != 0) {
      return false;
    }
    Nest nest = loop.nest();
    var outer = new ArrayList<Integer>();
    outer.add(loop.rows() / Math.max(1, View.product(nest.outer())));
    outer.addAll(nest.outer());
    var inner = new ArrayList<>(nest.middle());
    inner.addAll(nest.inner());
    for (Nest.Instruction instruction : nest.code()) {
      boolean isAligned =
          switch (instruction) {
            case Nest.Load(var memory, _, var strides, _) ->
                !written.contains(loop.memories().get(memory).node())
                    || isWithin(loop.memories().get(memory), outer, inner, strides);
            case Nest.Store(var memory, _, _, var strides, _) ->
                isWithin(loop.memories().get(memory), outer, inner, strides);
            case Nest.Literal _, Nest.Index _, Nest.Map _, Nest.Reduce _ -> true;
          };
      if (!isAligned) {
        return false;
      }
    }
    return true;
  }

  private boolean isWithin(
      Loop.Memory memory, List<Integer> outer, List<Integer> inner, List<Integer> strides) {
    return isWithin(
        memory.node(),
        memory.offset(),
        outer,
        strides.subList(0, outer.size()),
        inner,
        strides.subList(outer.size(), strides.size()));
  }

  /**
   * Whether each unit of the outer axes stays within that unit's share of a node.
   *
   * @param offset where the first element is
   */
  private boolean isWithin(
      Node node,
      int offset,
      List<Integer> outer,
      List<Integer> outerStrides,
      List<Integer> inner,
      List<Integer> innerStrides) {
    if (node.elements() % units() != 0) {
      return false;
    }
    int share = node.elements() / units();
    long low = offset;
    long high = offset;
    for (int axis = 0; axis < inner.size(); axis++) {
      long reach = (long) (inner.get(axis) - 1) * innerStrides.get(axis);
      low += Math.min(0, reach);
      high += Math.max(0, reach);
    }
    // From the innermost axis on: first those within a unit, then those that count the units.
    int within = View.product(outer) / units();
    long step = share;
    for (int axis = outer.size() - 1; axis >= 0; axis--) {
      int size = outer.get(axis);
      long stride = outerStrides.get(axis);
      int part = within % size == 0 ? size : size % within == 0 ? within : 0;
      if (part == 0) {
        return false;
      }
      within /= part;
      long reach = (part - 1) * stride;
      low += Math.min(0, reach);
      high += Math.max(0, reach);
      int units = size / part;
      if (units > 1) {
        if (stride * part != step) {
          return false;
        }
        step *= units;
      }
    }
    return low >= 0 && high < share;
  }
}
