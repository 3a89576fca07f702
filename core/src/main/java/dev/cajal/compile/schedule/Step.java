package dev.cajal.compile.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One kernel of a schedule. */
public sealed interface Step {
  /** What it reads from memory, some nodes perhaps more than once. */
  List<Node> reads();

  /** What it writes. */
  List<Node> writes();

  /** A generated loop. */
  record Looped(Loop loop) implements Step {
    @Override
    public List<Node> reads() {
      return loop.reads();
    }

    @Override
    public List<Node> writes() {
      return loop.writes();
    }
  }

  /**
   * An operation with a kernel of its own.
   *
   * @param node the operation
   * @param results what it writes: the node, or the results of a loop
   * @param epilogue what is done with each part of the result when it is there
   */
  record Called(Node node, List<Node> results, Optional<Loop> epilogue) implements Step {
    public Called {
      results = List.copyOf(results);
    }

    @Override
    public List<Node> reads() {
      var reads = new ArrayList<Node>();
      node.operands().forEach(operand -> reads.add(operand.node()));
      epilogue.ifPresent(
          loop -> loop.reads().stream().filter(read -> read != node).forEach(reads::add));
      return reads;
    }

    @Override
    public List<Node> writes() {
      var writes = new ArrayList<>(results);
      epilogue.ifPresent(loop -> writes.addAll(loop.writes()));
      return writes;
    }
  }

  /** What a parameter becomes, copied into it once nobody reads its old numbers any more. */
  record Commit(Node value, Node parameter) implements Step {
    @Override
    public List<Node> reads() {
      return List.of(value);
    }

    @Override
    public List<Node> writes() {
      return List.of();
    }
  }
}
