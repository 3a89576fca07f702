package dev.cajal.compile.schedule;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All groups, and which needs which: none comes to need itself when groups grow and merge. */
final class Groups {
  private final List<@Nullable Group> groups = new ArrayList<>();
  private final Map<Node, Group> groupOf = new HashMap<>();
  private final Map<Node, Integer> order = new HashMap<>();
  private final Map<Node, List<Node>> users = new HashMap<>();

  /** Takes note of a node and of whom it reads. */
  void see(Node node) {
    order.put(node, order.size());
    node.operands()
        .forEach(
            operand -> users.computeIfAbsent(operand.node(), _ -> new ArrayList<>()).add(node));
  }

  List<Group> all() {
    return groups.stream().filter(Objects::nonNull).toList();
  }

  /** Whether a group is still one, and not part of another. */
  boolean has(Group group) {
    return groups.get(group.id) == group;
  }

  /** The group of a node; null if it is given from outside. */
  @Nullable Group of(Node node) {
    return groupOf.get(node);
  }

  Group ofComputed(Node node) {
    return requireNonNull(groupOf.get(node));
  }

  /** The nodes that read a node, in order. */
  List<Node> usersOf(Node node) {
    return users.getOrDefault(node, List.of());
  }

  /** A new group without nodes. */
  Group open(int elements, int row, boolean isColumns) {
    var group = new Group(groups.size(), elements, row, isColumns);
    groups.add(group);
    return group;
  }

  /** Leaves out the groups that have lost all their nodes. */
  void dropEmpty() {
    groups.replaceAll(group -> group == null || group.nodes.isEmpty() ? null : group);
  }

  /** Whether some third group needs the first and is needed by the second. */
  boolean isBetween(Group first, Group second) {
    // What a group needs includes what that needs: without the first there is nothing between.
    if (!second.needs.get(first.id)) {
      return false;
    }
    for (int id = second.needs.nextSetBit(0); id >= 0; id = second.needs.nextSetBit(id + 1)) {
      Group third = groups.get(id);
      if (third != null && third != first && third.needs.get(first.id)) {
        return true;
      }
    }
    return false;
  }

  /** Makes one group of two. */
  Group merge(Group a, Group b) {
    Group into = a.id < b.id ? a : b;
    Group from = into == a ? b : a;
    into.row = Math.max(a.row, b.row);
    into.weight += from.weight;
    from.nodes.forEach(node -> groupOf.put(node, into));
    into.nodes.addAll(from.nodes);
    into.nodes.sort(Comparator.comparingInt(order::get));
    into.perRow.addAll(from.perRow);
    mergeNeeds(into, from);
    return into;
  }

  /** Leaves one group out of the list; another stands for it. */
  void mergeNeeds(Group into, Group from) {
    into.needs.or(from.needs);
    into.needs.clear(into.id);
    into.needs.clear(from.id);
    groups.set(from.id, null);
    for (Group group : groups) {
      if (group != null
          && group != into
          && (group.needs.get(from.id) || group.needs.get(into.id))) {
        group.needs.clear(from.id);
        group.needs.set(into.id);
        group.needs.or(into.needs);
      }
    }
  }

  /** Adds a node to a group, and what it needs. */
  void add(Group group, Node node, boolean isPerRow) {
    group.nodes.add(node);
    group.weight += Fusion.weight(node);
    groupOf.put(node, group);
    if (isPerRow) {
      group.perRow.add(node);
    }
    var more = new BitSet();
    for (Operand operand : node.operands()) {
      Group other = groupOf.get(operand.node());
      if (other != null && other != group) {
        more.set(other.id);
        more.or(other.needs);
      }
    }
    more.andNot(group.needs);
    if (more.isEmpty()) {
      return;
    }
    group.needs.or(more);
    for (Group later : groups) {
      if (later != null && later.needs.get(group.id)) {
        later.needs.or(more);
      }
    }
  }
}
