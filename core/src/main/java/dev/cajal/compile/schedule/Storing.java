package dev.cajal.compile.schedule;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides which nodes are stored: what other groups read, unless it is so cheap that they compute
 * it themselves from what is stored anyway.
 */
final class Storing {
  /** What is computed again rather than stored takes no more operations than this. */
  private static final int CHEAP = 4;

  private final Groups groups;
  private final Set<Node> wanted;
  private final Set<Node> stored = new HashSet<>();

  private Storing(Groups groups, Collection<Node> wanted) {
    this.groups = groups;
    this.wanted = Set.copyOf(wanted);
  }

  /**
   * The nodes that are stored; groups lose those that nobody needs from them any more.
   *
   * @param nodes all nodes in order
   * @param wanted those that must be stored because they are asked for
   */
  static Set<Node> decide(Groups groups, List<Node> nodes, Collection<Node> wanted) {
    var storing = new Storing(groups, wanted);
    storing.storeWhatOthersRead(nodes);
    nodes.forEach(storing::repeatIfCheap);
    return storing.stored;
  }

  private void storeWhatOthersRead(List<Node> nodes) {
    for (Node node : nodes) {
      Group group = groups.of(node);
      if (group == null) {
        continue;
      }
      boolean isRead = groups.usersOf(node).stream().anyMatch(user -> groups.of(user) != group);
      if (!group.isLoop() || isRead || wanted.contains(node)) {
        stored.add(node);
      }
    }
  }

  private void repeatIfCheap(Node node) {
    if (!isWorthRepeating(node)) {
      return;
    }
    stored.remove(node);
    Group group = groups.ofComputed(node);
    if (groups.usersOf(node).stream().noneMatch(user -> groups.of(user) == group)) {
      group.nodes.remove(node);
      dropUnused(group);
    }
  }

  /** Removes nodes that only a removed one has used. */
  private void dropUnused(Group group) {
    for (Node node : List.copyOf(group.nodes).reversed()) {
      boolean isUsed =
          stored.contains(node) || groups.usersOf(node).stream().anyMatch(group.nodes::contains);
      if (!isUsed) {
        group.nodes.remove(node);
      }
    }
  }

  private boolean isWorthRepeating(Node node) {
    if (!stored.contains(node) || wanted.contains(node) || !(node.task() instanceof Task.Map)) {
      return false;
    }
    Group group = groups.ofComputed(node);
    for (Node user : groups.usersOf(node)) {
      if (groups.of(user) == group) {
        continue;
      }
      if (!user.isLoop()) {
        return false;
      }
      for (Operand operand : user.operands()) {
        if (operand.node() == node && cost(operand) > CHEAP) {
          return false;
        }
      }
    }
    return true;
  }

  /** How many operations a reader needs to compute what it reads from what is stored. */
  private int cost(Operand read) {
    Node node = read.node();
    if (!(node.task() instanceof Task.Map) || Fusion.weight(node) > 1) {
      return CHEAP + 1;
    }
    int cost = 1;
    for (Operand operand : node.operands()) {
      Operand seen = operand.along(read.path()).orElse(null);
      if (seen == null) {
        return CHEAP + 1;
      }
      boolean atHand = seen.node().isLeaf() || stored.contains(seen.node());
      cost += atHand ? 0 : cost(seen);
      if (cost > CHEAP) {
        return cost;
      }
    }
    return cost;
  }
}
