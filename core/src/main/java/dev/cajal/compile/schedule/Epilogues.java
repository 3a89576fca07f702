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
  /** A factor that is so many times larger than the product is summed up. */
  private static final int RATIO = 8;

  private final Groups groups;
  private final Set<Node> stored;
  private final Set<Node> wanted;

  private Epilogues(Groups groups, Set<Node> stored, Set<Node> wanted) {
    this.groups = groups;
    this.stored = stored;
    this.wanted = wanted;
  }

  /**
   * Attaches what it can.
   *
   * @param stored the nodes that are in memory
   * @param wanted those of them that are asked for
   */
  static void attach(Groups groups, Set<Node> stored, Set<Node> wanted) {
    new Epilogues(groups, stored, wanted).attach();
  }

  private void attach() {
    Map<Node, Set<Group>> readers = readers();
    for (Group product : groups.all()) {
      if (product.isLoop() || !isProduct(product) || sumsUpTooMuch(product)) {
        continue;
      }
      Node result = product.nodes.getFirst();
      Set<Group> all = readers.getOrDefault(result, Set.of());
      for (Group group : all) {
        boolean isFree = group.isLoop() && groups.has(group);
        if (isFree && follows(product, group)) {
          product.epilogue = group;
          product.isReadByEpilogueAlone = all.size() == 1 && !wanted.contains(result);
          groups.mergeNeeds(product, group);
          break;
        }
      }
    }
  }

  /** The groups that read a node, in their order. */
  private Map<Node, Set<Group>> readers() {
    Map<Node, Set<Group>> readers = new HashMap<>();
    for (Group group : groups.all()) {
      for (Operand operand : group.reads(stored)) {
        readers.computeIfAbsent(operand.node(), _ -> new LinkedHashSet<>()).add(group);
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

  /**
   * Whether a product sums up what should never be there as a whole, such as the scores of a long
   * sequence: then a band adds up a block of them at a time, and what follows has to wait.
   */
  private static boolean sumsUpTooMuch(Group product) {
    return product.nodes.getFirst().operands().stream()
        .map(Operand::node)
        .filter(factor -> !factor.isLeaf())
        .anyMatch(factor ->
            factor.elements() > Bands.TOO_MANY && factor.elements() / RATIO >= product.elements);
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
    return group.reads(stored).stream()
        .allMatch(operand -> operand.node() != result || operand.isLinear());
  }
}
