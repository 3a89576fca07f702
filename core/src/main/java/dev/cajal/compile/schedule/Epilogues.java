package dev.cajal.compile.schedule;

import dev.cajal.tensor.DType;
import dev.cajal.tensor.Op;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Attaches to matrix products what follows them element by element: it is done for each part of the
 * result while that is in the cache.
 */
final class Epilogues {
  private final Groups groups;

  private Epilogues(Groups groups) {
    this.groups = groups;
  }

  static void attach(Groups groups) {
    new Epilogues(groups).attach();
  }

  private void attach() {
    Map<Node, Set<Group>> readers = readers();
    for (Group product : groups.all()) {
      if (product.isLoop() || !isProduct(product)) {
        continue;
      }
      for (Group group : readers.getOrDefault(product.nodes.getFirst(), Set.of())) {
        boolean isFree = groups.has(group);
        if (isFree && follows(product, group)) {
          product.epilogue = group;
          groups.mergeNeeds(product, group);
          break;
        }
      }
    }
  }

  /** The loops that read a node, in their order. */
  private Map<Node, Set<Group>> readers() {
    Map<Node, Set<Group>> readers = new HashMap<>();
    for (Group group : groups.all()) {
      if (group.isLoop()) {
        for (Node node : group.nodes) {
          node.operands()
              .forEach(operand ->
                  readers.computeIfAbsent(operand.node(), _ -> new LinkedHashSet<>()).add(group));
        }
      }
    }
    return readers;
  }

  private static boolean isProduct(Group group) {
    Node node = group.nodes.getFirst();
    boolean hasRegions =
        node.task() instanceof Task.Call(var op)
            && switch (op) {
              case Op.MatMul _ -> true;
              case Op.Conv(var window, _) -> window.rank() <= 2;
              case Op.ConvTranspose(var window, _, _) -> window.rank() <= 2;
              case Op.ConvKernel(var window, _) -> window.rank() <= 2;
              default -> false;
            };
    return hasRegions
        && node.dtype() == DType.F32
        && group.elements > 0
        && node.operands().stream().allMatch(operand -> operand.view().elements() > 0);
  }

  private boolean follows(Group product, Group group) {
    Node result = product.nodes.getFirst();
    if (group.isColumns
        || group.row > 0
        || group.hasReductions()
        || group.elements != product.elements
        || groups.isBetween(product, group)) {
      return false;
    }
    boolean reads = false;
    for (Node node : group.nodes) {
      for (Operand operand : node.operands()) {
        if (operand.node() == result) {
          if (!operand.isLinear()) {
            return false;
          }
          reads = true;
        }
      }
    }
    return reads;
  }
}
