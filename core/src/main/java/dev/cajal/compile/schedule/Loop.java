package dev.cajal.compile.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  /**
   * The same loop with rows of so many elements, where that cuts its row into equal ones: nothing
   * is reduced in it, so that it does not matter to it what a row is.
   */
  Optional<Loop> inRowsOf(int elements) {
    boolean isSum = nest.hasReductions() || nest.isColumns();
    if (isSum || nest.code().stream().anyMatch(Loop::isPerRow)) {
      return Optional.empty();
    }
    // The axes from the innermost on that a row has as a whole, and what is left of the next.
    List<Integer> inner = nest.inner();
    int axis = inner.size();
    int left = elements;
    while (axis > 0 && inner.get(axis - 1) <= left && left % inner.get(axis - 1) == 0) {
      axis--;
      left /= inner.get(axis);
    }
    if (axis == 0 || inner.get(axis - 1) % left != 0) {
      return Optional.empty();
    }
    return Optional.of(new Cut(axis - 1, left).loop(this));
  }

  private static boolean isPerRow(Nest.Instruction instruction) {
    return switch (instruction) {
      case Nest.Load load -> load.isPerRow();
      case Nest.Index index -> index.isPerRow();
      case Nest.Store store -> store.isPerRow();
      case Nest.Literal _, Nest.Map _, Nest.Reduce _ -> false;
    };
  }

  /** Where a row is cut: of an inner axis, {@code part} elements stay together. */
  private record Cut(int axis, int part) {

    Loop loop(Loop whole) {
      Nest nest = whole.nest;
      List<Integer> inner = nest.inner();
      var sizes = new ArrayList<>(inner.subList(0, axis));
      sizes.add(inner.get(axis) / part);
      var outer = new ArrayList<>(nest.outer());
      outer.addAll(sizes);
      var row = new ArrayList<Integer>();
      row.add(part);
      row.addAll(inner.subList(axis + 1, inner.size()));
      int at = 1 + nest.outer().size() + axis;
      var code = nest.code().stream().map(instruction -> cut(instruction, at)).toList();
      return new Loop(
          new Nest(outer, List.of(), row, code),
          whole.rows * View.product(sizes),
          whole.memories,
          whole.nodes);
    }

    private Nest.Instruction cut(Nest.Instruction instruction, int at) {
      return switch (instruction) {
        case Nest.Load(var memory, var dtype, var strides, _) ->
            new Nest.Load(memory, dtype, cut(strides, at), false);
        case Nest.Index(var dtype, var offset, var strides, _) ->
            new Nest.Index(dtype, offset, cut(strides, at), false);
        case Nest.Store(var memory, var dtype, var value, var strides, _) ->
            new Nest.Store(memory, dtype, value, cut(strides, at), false);
        case Nest.Literal _, Nest.Map _, Nest.Reduce _ -> instruction;
      };
    }

    private List<Integer> cut(List<Integer> strides, int at) {
      var both = new ArrayList<>(strides);
      both.add(at, strides.get(at) * part);
      return both;
    }
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
