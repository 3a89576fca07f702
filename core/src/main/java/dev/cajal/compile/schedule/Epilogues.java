package dev.cajal.compile.schedule;

import dev.cajal.tensor.DType;
import dev.cajal.tensor.Op;

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
    for (Group product : groups.all()) {
      if (product.isLoop() || !isProduct(product)) {
        continue;
      }
      for (Group group : groups.all()) {
        if (group.isLoop() && group.needs.get(product.id) && follows(product, group)) {
          product.epilogue = group;
          groups.mergeNeeds(product, group);
          break;
        }
      }
    }
  }

  private static boolean isProduct(Group group) {
    return group.nodes.getFirst().task() instanceof Task.Call(Op.MatMul _)
        && group.nodes.getFirst().dtype() == DType.F32
        && group.elements > 0;
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
