package dev.cajal.compile.schedule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
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

  int rows() {
    return row == 0 ? 1 : elements / row;
  }

  @Override
  public String toString() {
    return "group %d of %s".formatted(id, nodes);
  }
}
