package dev.cajal.compile.schedule;

import static java.util.Objects.requireNonNull;

import dev.cajal.tensor.DType;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Kernels in order, and where every number lies: what is left of an expression before a processor
 * runs it.
 *
 * <p>The arrays of a run are numbered: first one arena for each dtype, in which what is in between
 * shares memory by lifetime; then what is given from outside; then the outputs.
 *
 * @param steps the kernels
 * @param places where each node is that is kept in memory
 * @param arenas how many numbers each dtype's arena has
 * @param given the leaves that come from outside, in the order of their slots
 * @param outputs what is asked for, in the order of their slots; some may be the same
 */
public record Schedule(
    List<Step> steps,
    Map<Node, Place> places,
    Map<DType, Integer> arenas,
    List<Node> given,
    List<Node> outputs) {

  /**
   * Schedules an expression with numbers for sizes.
   *
   * @param outputs what is asked for
   * @param updates what leaves become at the end
   * @param placeholders where the numbers of leaves lie that are not row by row
   */
  public static Schedule of(
      List<Tensor> outputs, Map<Tensor, Tensor> updates, Map<Tensor, View> placeholders) {
    var wanted = new LinkedHashSet<>(outputs);
    wanted.addAll(updates.values());
    var leaves = new LinkedHashMap<Tensor, View>();
    updates.keySet().forEach(leaf -> leaves.put(leaf, View.whole(Lowering.sizes(leaf))));
    leaves.putAll(placeholders);
    Lowering.Lowered lowered = Lowering.of(wanted, leaves);
    var fusion = Fusion.of(lowered.nodes(), lowered.values().values());
    var leafNodes = new HashMap<Tensor, Node>();
    for (Node node : lowered.nodes()) {
      if (node.task() instanceof Task.Given(var leaf)) {
        leafNodes.put(leaf, node);
      }
    }
    var changes = new LinkedHashMap<Node, Node>();
    updates.forEach((leaf, value) ->
        changes.put(requireNonNull(leafNodes.get(leaf)), lowered.values().get(value)));
    var steps = new ArrayList<Step>();
    var changed = Set.copyOf(changes.values());
    fusion.groups().forEach(group -> steps.addAll(steps(group, fusion, changed)));
    var results = outputs.stream().map(lowered.values()::get).toList();
    var order = Order.of(steps, changes, results);
    return Memory.arrange(order, lowered.nodes(), results);
  }

  /**
   * The kernels of a group: the copies that it needs, and its own.
   *
   * @param changes what leaves become
   */
  private static List<Step> steps(Group group, Fusion fusion, Set<Node> changes) {
    Node first = group.nodes.getFirst();
    var steps = new ArrayList<Step>();
    if (first.task() instanceof Task.Call(var op)) {
      boolean isScan = op instanceof Op.Scan;
      List<Node> results = isScan ? group.nodes.subList(1, group.nodes.size()) : group.nodes;
      boolean hasEpilogue = group.epilogue != null && !group.epilogue.nodes.isEmpty();
      Optional<Loop> loop = Optional.empty();
      if (hasEpilogue) {
        int row = first.layout().sizes().getLast();
        loop = build(requireNonNull(group.epilogue), fusion, row, steps);
      }
      if (loop.isPresent() && loop.get().nest().inner().size() == 1) {
        steps.add(Step.Called.of(first, loop.get(), over(group, loop.get(), changes)));
        return steps;
      }
      if (first.elements() > 0 || isScan) {
        steps.add(new Step.Called(first, results));
      }
      loop.ifPresent(its -> steps.add(new Step.Looped(its)));
    } else if (group.elements > 0) {
      build(group, fusion, 0, steps).ifPresent(loop -> steps.add(new Step.Looped(loop)));
    }
    return steps;
  }

  /** What can be written over a product that nobody needs but its epilogue. */
  private static Optional<Node> over(Group product, Loop loop, Set<Node> changes) {
    Node result = product.nodes.getFirst();
    return loop.writes().stream()
        .filter(node ->
            product.isReadByEpilogueAlone
                && node.dtype() == result.dtype()
                && node.elements() == result.elements()
                && !changes.contains(node)
                && loop.canOverwrite(result, node))
        .findFirst();
  }

  /** The loop of a group; what it can't read through a view is copied before. */
  private static Optional<Loop> build(Group group, Fusion fusion, int row, List<Step> copies) {
    var replaced = new HashMap<Operand, Operand>();
    while (true) {
      try {
        return Optional.of(LoopBuilder.build(group, fusion, replaced, row));
      } catch (LoopBuilder.Crossing crossing) {
        Group copy = fusion.copy(crossing.operand());
        copies.add(new Step.Looped(LoopBuilder.build(copy, fusion, Map.of(), 0)));
        replaced.put(crossing.operand(), Operand.of(copy.nodes.getFirst()));
      }
    }
  }
}
