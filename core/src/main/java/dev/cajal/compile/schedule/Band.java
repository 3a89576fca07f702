package dev.cajal.compile.schedule;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Steps that are done together, block of rows by block of rows: what one leaves for the next is
 * still in the cache, and what only they read is never held as a whole. So attention needs no
 * memory for the scores of a long sequence.
 *
 * @param parts the steps, in order
 * @param batches how many matrices there are side by side; a block is of some of them, or of some
 *     rows of one
 * @param rows how many rows each matrix has
 * @param inside what no other step reads, and where it begins in the memory of a block
 * @param size how many floats the memory of a block has
 * @param blockRows how many rows a block has: a multiple of {@code rows}, or less
 */
public record Band(
    List<Part> parts, int batches, int rows, Map<Node, Integer> inside, int size, int blockRows) {
  public Band {
    parts = List.copyOf(parts);
    inside = Map.copyOf(inside);
  }

  /** How a step follows the rows. */
  public enum Role {
    /** It computes some rows of its result from as many rows of what other parts write. */
    BY_ROW,
    /** Each row adds to the result, which is there after the last row of a matrix. */
    SUMMED,
    /** It needs all rows of a matrix. */
    WHOLE
  }

  /**
   * A step of a band.
   *
   * @param role how it follows the rows
   * @param isRepeated whether another band has done it before, and it is done again only so that
   *     what it writes need not be kept in between
   */
  public record Part(Step step, Role role, boolean isRepeated) {}

  /** Whether the blocks of a matrix must be done one after the other. */
  public boolean isInTurn() {
    return blockRows < rows && parts.stream().anyMatch(part -> part.role == Role.SUMMED);
  }

  public List<Step> steps() {
    return parts.stream().map(Part::step).toList();
  }

  /** The product that it begins with. */
  Node first() {
    return parts.stream()
        .filter(part -> !part.isRepeated)
        .flatMap(part -> part.step instanceof Step.Called called ? Stream.of(called.node()) : null)
        .findFirst()
        .orElseThrow();
  }

  /** What it reads that it has not written itself. */
  List<Node> reads() {
    var reads = new LinkedHashSet<Node>();
    parts.forEach(part -> reads.addAll(part.step.reads()));
    // What is written again is the same as before, and must be there as if it were read.
    parts.stream().filter(Part::isRepeated).forEach(part -> reads.addAll(part.step.writes()));
    writes().forEach(reads::remove);
    reads.removeAll(inside.keySet());
    return List.copyOf(reads);
  }

  /** What it writes for others. */
  List<Node> writes() {
    var writes = new ArrayList<Node>();
    parts.stream()
        .filter(part -> !part.isRepeated)
        .forEach(part -> writes.addAll(part.step.writes()));
    writes.removeAll(inside.keySet());
    return writes;
  }
}
