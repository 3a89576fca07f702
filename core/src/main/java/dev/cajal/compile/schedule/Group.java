package dev.cajal.compile.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that are computed together: in one loop kernel, or alone if the node is a kernel of its
 * own. In a loop each node is known for each element, or once a row.
 */
final class Group {
  /** The id of a group that only copies and is needed by nobody else. */
  static final int COPY = -1;

  final int id;
  final List<Node> nodes = new ArrayList<>();

  /** How many elements the loop visits. */
  final int elements;

  /** How many of them are a row; 0 as long as nothing is reduced. */
  int row;

  /** Whether reductions run across rows; nothing else joins such a group. */
  final boolean isColumns;

  /** The nodes that are known once a row. */
  final Set<Node> perRow = new HashSet<>();

  /** All groups that this one depends on, directly or not, by their ids. */
  final BitSet needs = new BitSet();

  /** For a matrix product: the loop that is run on each part of the result when it is there. */
  @Nullable Group epilogue;

  /** Whether nobody but its epilogue reads its result. */
  boolean isReadByEpilogueAlone;

  /** About how much code its nodes become. */
  int weight;

  Group(int id, int elements, int row, boolean isColumns) {
    this.id = id;
    this.elements = elements;
    this.row = row;
    this.isColumns = isColumns;
  }

  boolean isLoop() {
    return nodes.getFirst().isLoop();
  }

  boolean hasReductions() {
    return nodes.stream().anyMatch(node -> node.task() instanceof Task.Reduce);
  }

  /** What its loop reads from memory, as it sees it: what is not stored it computes itself. */
  Set<Operand> reads(Set<Node> stored) {
    var own = new HashSet<>(nodes);
    var reads = new LinkedHashSet<Operand>();
    var seen = new HashSet<Operand>();
    var left = new ArrayDeque<Operand>();
    nodes.forEach(node -> left.addAll(node.operands()));
    while (!left.isEmpty()) {
      Operand operand = left.remove();
      Node node = operand.node();
      if (own.contains(node) || !seen.add(operand)) {
        continue;
      }
      if (stored.contains(node) || !(node.task() instanceof Task.Map)) {
        reads.add(operand);
      } else {
        node.operands().forEach(inner -> inner.along(operand.path()).ifPresent(left::add));
      }
    }
    return reads;
  }

  int rows() {
    return row == 0 ? 1 : elements / row;
  }

  @Override
  public String toString() {
    return "group %d of %s".formatted(id, nodes);
  }
}
