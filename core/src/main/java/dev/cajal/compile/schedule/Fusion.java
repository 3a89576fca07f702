package dev.cajal.compile.schedule;

import dev.cajal.tensor.Binary;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Unary;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is computed together. Nodes are visited in order; each joins the groups of its
 * operands where it can be computed in the same loop, so that a chain of maps, the reductions along
 * the rows and what is made of those become one pass over memory.
 *
 * <p>Then what is cheap to compute again is not stored for others: who needs it computes it
 * himself.
 */
public final class Fusion {
  /** Groups do not grow beyond this weight: too long a method is never compiled. */
  static final int HEAVIEST = 48;

  /** A single row longer than this is not worth losing the other cores for. */
  private static final int LONGEST_SINGLE_ROW = 1 << 13;

  /** A function that is called for a whole row: its arguments are kept and its results read. */
  private static final int CALL = 3;

  private final Groups groups = new Groups();
  private final Set<Node> stored = new HashSet<>();

  private Fusion() {}

  /**
   * The groups, and of their nodes those that others read from memory.
   *
   * @param wanted nodes that must be stored because they are asked for
   */
  static Fusion of(List<Node> nodes, Collection<Node> wanted) {
    var fusion = new Fusion();
    for (Node node : nodes) {
      fusion.groups.see(node);
      if (!node.isLeaf()) {
        fusion.place(node);
      }
    }
    fusion.stored.addAll(Storing.decide(fusion.groups, nodes, wanted));
    fusion.groups.dropEmpty();
    Epilogues.attach(fusion.groups, fusion.stored, Set.copyOf(wanted));
    return fusion;
  }

  List<Group> groups() {
    return groups.all();
  }

  boolean isStored(Node node) {
    return stored.contains(node);
  }

  /** A group that copies what is read through a view, so that others read it row by row. */
  Group copy(Operand operand) {
    var node =
        new Node(
            new Task.Copy(),
            List.of(operand),
            operand.node().dtype(),
            View.whole(operand.view().sizes()),
            operand.node().name());
    var group = new Group(Group.COPY, node.elements(), 0, false);
    group.nodes.add(node);
    stored.add(node);
    return group;
  }

  // Growing groups.

  private void place(Node node) {
    if (node.task() instanceof Task.Result) {
      // It is written by the loop that it reads from.
      add(groups.ofComputed(node.operands().getFirst().node()), node);
      return;
    }
    boolean isColumns = node.task() instanceof Task.Reduce reduce && reduce.after() > 1;
    if (node.isLoop() && !isColumns && node.elements() > 0) {
      Group home = home(node);
      if (home != null) {
        return;
      }
    }
    add(alone(node, isColumns), node);
  }

  private Group alone(Node node, boolean isColumns) {
    return switch (node.task()) {
      case Task.Reduce(_, var before, var reduced, var after) ->
          groups.open(before * reduced * after, isColumns ? 0 : reduced, isColumns);
      default -> groups.open(node.elements(), 0, false);
    };
  }

  /** The group that a node joined, made of those of its operands; null if it found none. */
  private @Nullable Group home(Node node) {
    Group home = null;
    for (Operand operand : node.operands().reversed()) {
      Group group = groups.of(operand.node());
      if (group == null || group == home || !takes(group, node)) {
        continue;
      }
      if (home == null) {
        home = group;
      } else if (areMergeable(home, group)) {
        home = groups.merge(home, group);
      }
    }
    if (home == null || !fits(home, node)) {
      return null;
    }
    if (node.task() instanceof Task.Reduce reduce) {
      home.row = reduce.reduced();
    }
    add(home, node);
    return home;
  }

  /** Whether a node could be computed in the loop of a group, as far as that group goes. */
  private boolean takes(Group group, Node node) {
    if (!group.isLoop() || group.isColumns || group.elements == 0) {
      return false;
    }
    if (group.row > 0 && !isWorthOneLoop(group.elements, group.row)) {
      return false;
    }
    return node.task() instanceof Task.Reduce reduce
        ? takesReduction(group, reduce)
        : level(group, node) != Level.NONE;
  }

  private static boolean takesReduction(Group group, Task.Reduce reduce) {
    return group.elements == reduce.before() * reduce.reduced()
        && (group.row == 0 || group.row == reduce.reduced())
        && isWorthOneLoop(group.elements, reduce.reduced());
  }

  private static boolean isWorthOneLoop(int elements, int row) {
    return row < elements || elements <= LONGEST_SINGLE_ROW;
  }

  /** How often a node is known in the loop of a group. */
  private enum Level {
    ELEMENT,
    ROW,
    NONE
  }

  private Level level(Group group, Node node) {
    Level level = Level.NONE;
    for (Operand operand : node.operands()) {
      if (groups.of(operand.node()) != group) {
        continue;
      }
      Level here = level(group, operand);
      if (here == Level.NONE || (level != Level.NONE && level != here)) {
        return Level.NONE;
      }
      level = here;
    }
    int elements = level == Level.ROW ? group.rows() : group.elements;
    return node.elements() == elements ? level : Level.NONE;
  }

  /** At which level a loop can read one of its own nodes through a view. */
  private static Level level(Group group, Operand operand) {
    boolean isPerRow = group.perRow.contains(operand.node());
    if (operand.isLinear()) {
      return isPerRow ? Level.ROW : Level.ELEMENT;
    }
    return isPerRow && isSpread(operand, group.row) ? Level.ELEMENT : Level.NONE;
  }

  /** Whether each element of the node is repeated along a row. */
  static boolean isSpread(Operand operand, int row) {
    View merged = operand.view().merged();
    int rows = operand.node().elements();
    boolean one =
        rows == 1 && merged.sizes().equals(List.of(row)) && merged.strides().equals(List.of(0));
    return one
        || (merged.offset() == 0
            && merged.sizes().equals(List.of(rows, row))
            && merged.strides().equals(List.of(1, 0)));
  }

  /** Whether a node can join a group without the group coming to depend on itself. */
  private boolean fits(Group group, Node node) {
    if (group.weight + weight(node) > HEAVIEST) {
      return false;
    }
    if (node.task() instanceof Task.Reduce && !node.operands().getFirst().isLinear()) {
      return false;
    }
    for (Operand operand : node.operands()) {
      Group other = groups.of(operand.node());
      if (other != null && other != group && other.needs.get(group.id)) {
        return false;
      }
      if (other == group
          && !(node.task() instanceof Task.Reduce)
          && level(group, operand) == Level.NONE) {
        return false;
      }
      if (other == group
          && node.task() instanceof Task.Reduce
          && group.perRow.contains(operand.node())) {
        return false;
      }
    }
    return true;
  }

  private boolean areMergeable(Group a, Group b) {
    boolean alike =
        a.elements == b.elements
            && (a.row == 0 || b.row == 0 || a.row == b.row)
            && a.weight + b.weight <= HEAVIEST;
    return alike && !groups.isBetween(a, b) && !groups.isBetween(b, a) && readEachOtherInLine(a, b);
  }

  /** Whether what one group reads of the other is at hand at that moment of a common loop. */
  private boolean readEachOtherInLine(Group a, Group b) {
    return readsInLine(a, b) && readsInLine(b, a);
  }

  private boolean readsInLine(Group reader, Group read) {
    int row = Math.max(reader.row, read.row);
    for (Node node : reader.nodes) {
      for (Operand operand : node.operands()) {
        if (groups.of(operand.node()) != read) {
          continue;
        }
        boolean isPerRow = read.perRow.contains(operand.node());
        boolean readPerRow = reader.perRow.contains(node) && !(node.task() instanceof Task.Reduce);
        boolean inLine =
            isPerRow
                ? readPerRow ? operand.isLinear() : row > 0 && isSpread(operand, row)
                : !readPerRow && operand.isLinear();
        if (!inLine) {
          return false;
        }
      }
    }
    return true;
  }

  private void add(Group group, Node node) {
    boolean isPerRow =
        group.row > 0
            && !group.isColumns
            && (node.task() instanceof Task.Reduce
                || (!group.nodes.isEmpty() && level(group, node) == Level.ROW));
    groups.add(group, node, isPerRow);
  }

  /** About how many operations a node is. */
  static int weight(Node node) {
    return switch (node.task()) {
      case Task.Map(Op.Map1(var f)) -> weight(f);
      case Task.Map(Op.Map2(var f)) -> f == Binary.POWER ? CALL : 1;
      case Task.Reduce _ -> 4;
      default -> 1;
    };
  }

  private static int weight(Unary f) {
    return switch (f) {
      case NEGATE, ABS, SQRT, RELU, NOT -> 1;
      case SIGN, FLOOR, CEIL, ROUND -> 5;
      case EXP, EXPM1, LOG, LOG1P, SIN, COS, TANH, SIGMOID, SOFTPLUS, ERF -> CALL;
    };
  }
}
