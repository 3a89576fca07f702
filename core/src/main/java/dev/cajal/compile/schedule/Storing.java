package dev.cajal.compile.schedule;

import static java.util.stream.Collectors.toSet;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which nodes are stored: what other groups read, unless it is so cheap that they compute
 * it themselves from what is stored anyway, or they alone need it: then what it is made of is read
 * instead.
 */
final class Storing {
  /** What is computed again rather than stored takes no more operations than this. */
  private static final int CHEAP = 4;

  /** What is so many times smaller costs nothing to read. */
  private static final int SMALL = 16;

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
    nodes.reversed().forEach(storing::leaveToItsReader);
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
    if (isWorthRepeating(node)) {
      leaveToReaders(node);
    }
  }

  /** Has the readers of a node compute it. */
  private void leaveToReaders(Node node) {
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

  /** Leaves to another group what it alone needs, if that reads no more from memory then. */
  private void leaveToItsReader(Node node) {
    if (!stored.contains(node) || wanted.contains(node) || !(node.task() instanceof Task.Map)) {
      return;
    }
    Group home = groups.ofComputed(node);
    Group reader = onlyReader(node, home);
    if (reader == null || home.perRow.contains(node)) {
      return;
    }
    // As the reader sees it, by way of what it computes itself.
    Set<Operand> reads = reader.reads(stored);
    var making = new Making(Fusion.HEAVIEST - reader.weight);
    for (Operand operand : reads) {
      if (operand.node() == node && !making.canMake(operand)) {
        return;
      }
    }
    Set<Node> sources = making.sources;
    reads.forEach(operand -> sources.remove(operand.node()));
    sources.removeIf(source -> source.elements() < node.elements() / SMALL);
    Set<Node> made = making.made();
    long twice = made.stream().filter(its -> its != node && isNeeded(its, home, made)).count();
    if (sources.size() <= 1 && twice <= CHEAP) {
      reader.weight += making.weight;
      leaveToReaders(node);
    }
  }

  /** How a reader can make a node of stored ones itself, by maps alone. */
  private final class Making {
    private final int most;
    private final Set<Node> sources = new HashSet<>();
    private final Set<Operand> done = new HashSet<>();
    private int weight;

    /**
     * Nothing is made yet.
     *
     * @param most how heavy what is made may be: a node counts for each way in which it is seen
     */
    Making(int most) {
      this.most = most;
    }

    /** Whether what is read can be made, together with what was asked for before. */
    boolean canMake(Operand read) {
      Node node = read.node();
      if (!(node.task() instanceof Task.Map)) {
        return false;
      }
      if (!done.add(read)) {
        return true;
      }
      weight += Fusion.weight(node);
      if (weight > most) {
        return false;
      }
      for (Operand operand : node.operands()) {
        Operand its = operand.along(read.path()).orElse(null);
        if (its == null) {
          return false;
        }
        if (stored.contains(its.node()) || its.node().task() instanceof Task.Given) {
          sources.add(its.node());
        } else if (!its.node().isLeaf() && !canMake(its)) {
          return false;
        }
      }
      return true;
    }

    Set<Node> made() {
      return done.stream().map(Operand::node).collect(toSet());
    }
  }

  /** The loop that reads a node element by element, if it is the only group that does. */
  private @Nullable Group onlyReader(Node node, Group home) {
    Set<Group> readers = new HashSet<>();
    addReaders(node, readers, new HashSet<>());
    if (readers.size() != 1) {
      return null;
    }
    Group reader = readers.iterator().next();
    boolean fits =
        reader != home
            && reader.isLoop()
            && !reader.isColumns
            && reader.elements == node.elements()
            && groups.usersOf(node).stream().noneMatch(reader.perRow::contains);
    return fits ? reader : null;
  }

  /** Adds the groups that compute something of a node, or of what they make of it themselves. */
  private void addReaders(Node node, Set<Group> readers, Set<Node> seen) {
    for (Node user : groups.usersOf(node)) {
      Group group = groups.ofComputed(user);
      // A node that its group has no longer is computed by its readers, whoever they are.
      if (group.nodes.contains(user)) {
        readers.add(group);
      }
      if (!stored.contains(user) && seen.add(user)) {
        addReaders(user, readers, seen);
      }
    }
  }

  /** Whether a node is needed at home for something else. */
  private boolean isNeeded(Node node, Group home, Set<Node> made) {
    return groups.usersOf(node).stream()
        .anyMatch(user -> !made.contains(user) && home.nodes.contains(user));
  }
}
