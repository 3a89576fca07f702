package dev.cajal.compile.schedule;

import java.util.ArrayList;
import java.util.LinkedHashSet;
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
   * @param instead what the epilogue writes over the result, which nobody needs then
   */
  record Called(Node node, List<Node> results, Optional<Loop> epilogue, Optional<Node> instead)
      implements Step {
    public Called {
      results = List.copyOf(results);
    }

    public Called(Node node, List<Node> results) {
      this(node, results, Optional.empty(), Optional.empty());
    }

    /**
     * A product and its epilogue.
     *
     * @param over what can be written over the product, if anything
     */
    static Called of(Node node, Loop epilogue, Optional<Node> over) {
      Loop loop = over.map(written -> epilogue.overwriting(node, written)).orElse(epilogue);
      return new Called(node, List.of(node), Optional.of(loop), over);
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
      var writes = new LinkedHashSet<>(results);
      epilogue.ifPresent(loop -> writes.addAll(loop.writes()));
      instead.ifPresent(written -> {
        writes.remove(node);
        writes.add(written);
      });
      return List.copyOf(writes);
    }
  }

  /** Several steps, block by block of rows. */
  record Banded(Band band) implements Step {
    @Override
    public List<Node> reads() {
      return band.reads();
    }

    @Override
    public List<Node> writes() {
      return band.writes();
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
