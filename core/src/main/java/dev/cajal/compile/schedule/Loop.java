package dev.cajal.compile.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * A loop kernel: a nest, and where its numbers lie.
 *
 * @param nest what it does
 * @param rows how often the outer axes go round
 * @param memories what the nest's memories are
 * @param nodes what it computes
 */
public record Loop(Nest nest, int rows, List<Memory> memories, List<Node> nodes) {
  public Loop {
    memories = List.copyOf(memories);
    nodes = List.copyOf(nodes);
  }

  /** The nodes it reads from memory. */
  List<Node> reads() {
    return nest.code().stream()
        .filter(Nest.Load.class::isInstance)
        .map(load -> memories.get(((Nest.Load) load).memory()).node())
        .toList();
  }

  /** The nodes it writes to memory. */
  List<Node> writes() {
    return nest.code().stream()
        .filter(Nest.Store.class::isInstance)
        .map(store -> memories.get(((Nest.Store) store).memory()).node())
        .toList();
  }

  /**
   * Whether what it stores for a node can take the place of numbers that it reads: each must be
   * read where it is overwritten, and nowhere else.
   */
  boolean canOverwrite(Node read, Node written) {
    int memory = memoryOf(written);
    for (Nest.Instruction instruction : nest.code()) {
      if (instruction instanceof Nest.Store store
          && store.memory() == memory
          && (store.isPerRow() || nest.isColumns())) {
        return memoryOf(read) < 0;
      }
    }
    List<Integer> strides = strides(memory);
    for (Nest.Instruction instruction : nest.code()) {
      if (instruction instanceof Nest.Load load) {
        Memory its = memories.get(load.memory());
        boolean isElsewhere = its.offset() != 0 || !load.strides().equals(strides);
        if (its.node() == read && isElsewhere) {
          return false;
        }
      }
    }
    return true;
  }

  /** The same loop, told that what it stores for a node overwrites what it reads. */
  Loop overwriting(Node read, Node written) {
    int target = memoryOf(read);
    int memory = memoryOf(written);
    if (target < 0 || memory < 0) {
      return this;
    }
    var code = new ArrayList<Nest.Instruction>();
    for (Nest.Instruction instruction : nest.code()) {
      code.add(
          instruction instanceof Nest.Store store && store.memory() == memory
              ? new Nest.Store(target, store.dtype(), store.value(), store.strides(), false)
              : instruction);
    }
    return new Loop(
        new Nest(nest.outer(), nest.middle(), nest.inner(), code), rows, memories, nodes);
  }

  private int memoryOf(Node node) {
    for (int i = 0; i < memories.size(); i++) {
      if (memories.get(i).node() == node) {
        return i;
      }
    }
    return -1;
  }

  private List<Integer> strides(int memory) {
    for (Nest.Instruction instruction : nest.code()) {
      if (instruction instanceof Nest.Store store && store.memory() == memory) {
        return store.strides();
      }
    }
    return List.of();
  }

  /** The numbers of a node, from one of them on. */
  public record Memory(Node node, int offset) {}
}
