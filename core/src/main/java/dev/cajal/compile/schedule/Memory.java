package dev.cajal.compile.schedule;

import static java.util.Objects.requireNonNull;

import dev.cajal.tensor.DType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Gives every node that is kept in memory its place. */
final class Memory {
  /** Places begin at multiples of a cache line of floats. */
  private static final int ALIGNMENT = 16;

  private final Map<Node, Place> places = new HashMap<>();
  private final Map<DType, Arena> arenas = new EnumMap<>(DType.class);

  private Memory() {
    for (DType dtype : DType.values()) {
      arenas.put(dtype, new Arena());
    }
  }

  static Schedule arrange(Order order, Collection<Node> nodes, List<Node> outputs) {
    var memory = new Memory();
    List<Node> given = nodes.stream().filter(node -> node.task() instanceof Task.Given).toList();
    int slot = Place.OUTSIDE;
    for (Node leaf : given) {
      memory.places.put(leaf, new Place(slot++, 0));
    }
    for (Node output : outputs) {
      memory.places.putIfAbsent(output, new Place(slot, 0));
      slot++;
    }
    order.inPlace().forEach((value, leaf) -> memory.places.put(value, memory.places.get(leaf)));
    memory.place(order.steps());
    order.steps().forEach(memory::placeOverwritten);
    for (Node node : nodes) {
      if (node.elements() == 0) {
        // Nobody computes it, somebody may look where it is.
        memory.places.putIfAbsent(node, Place.inArena(node.dtype(), 0));
      }
    }
    var sizes = new EnumMap<DType, Integer>(DType.class);
    memory.arenas.forEach((dtype, arena) -> sizes.put(dtype, arena.size));
    return new Schedule(order.steps(), memory.places, sizes, given, outputs);
  }

  /** Goes through the steps: what is written takes memory, what was read last gives it back. */
  private void place(List<Step> steps) {
    List<Set<Node>> dying = dying(steps);
    for (int i = 0; i < steps.size(); i++) {
      for (Node node : steps.get(i).writes()) {
        if (!places.containsKey(node)) {
          int offset = arena(node).take(node.elements());
          places.put(node, Place.inArena(node.dtype(), offset));
        }
      }
      for (Node node : dying.get(i)) {
        Place place = places.get(node);
        if (place != null && place.isInArena()) {
          arena(node).giveBack(place.offset(), node.elements());
        }
      }
    }
  }

  /** A product over which its epilogue writes is where that is. */
  private void placeOverwritten(Step step) {
    switch (step) {
      case Step.Banded(var band) -> band.steps().forEach(this::placeOverwritten);
      case Step.Called(var node, _, _, var instead) ->
          instead
              .filter(places::containsKey)
              .ifPresent(written -> places.put(node, places.get(written)));
      case Step.Looped _, Step.Commit _ -> {}
    }
  }

  private Arena arena(Node node) {
    return requireNonNull(arenas.get(node.dtype()));
  }

  /** Memory that nodes share. */
  record Shared(Map<Node, Integer> offsets, int size) {}

  /**
   * Where in a memory of its own each of some nodes of one dtype begins.
   *
   * @param sizes how many numbers each node has there
   */
  static Shared shared(List<Step> steps, Map<Node, Integer> sizes) {
    var arena = new Arena();
    Map<Node, Integer> offsets = new LinkedHashMap<>();
    List<Set<Node>> dying = dying(steps);
    for (int i = 0; i < steps.size(); i++) {
      for (Node node : steps.get(i).writes()) {
        if (sizes.containsKey(node)) {
          offsets.put(node, arena.take(requireNonNull(sizes.get(node))));
        }
      }
      for (Node node : dying.get(i)) {
        if (offsets.containsKey(node)) {
          arena.giveBack(requireNonNull(offsets.get(node)), requireNonNull(sizes.get(node)));
        }
      }
    }
    for (Step step : steps) {
      if (step instanceof Step.Called(var node, _, _, var instead)) {
        instead
            .filter(offsets::containsKey)
            .ifPresent(written -> offsets.put(node, offsets.get(written)));
      }
    }
    return new Shared(offsets, arena.size);
  }

  /** For each step, the nodes that no later one reads. */
  private static List<Set<Node>> dying(List<Step> steps) {
    Map<Node, Integer> last = new LinkedHashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      for (Node node : steps.get(i).writes()) {
        last.put(node, i);
      }
      for (Node node : steps.get(i).reads()) {
        last.put(node, i);
      }
    }
    var dying = new ArrayList<Set<Node>>();
    steps.forEach(_ -> dying.add(new LinkedHashSet<>()));
    last.forEach((node, step) -> dying.get(step).add(node));
    return dying;
  }

  /** Memory that is handed out and given back: the smallest gap that suffices. */
  private static final class Arena {
    private final TreeMap<Integer, Integer> gaps = new TreeMap<>();
    private int size;

    int take(int elements) {
      int length = aligned(elements);
      int start = grown(length);
      int best = Integer.MAX_VALUE;
      for (var gap : gaps.entrySet()) {
        if (gap.getValue() >= length && gap.getValue() < best) {
          start = gap.getKey();
          best = gap.getValue();
        }
      }
      Integer found = gaps.remove(start);
      int left = found == null ? 0 : found - length;
      if (left > 0) {
        gaps.put(start + length, left);
      }
      if (start > Integer.MAX_VALUE - length) {
        throw new IllegalArgumentException(
            "program: what its kernels pass on is more numbers than an array can hold; smaller"
                + " batches need less");
      }
      size = Math.max(size, start + length);
      return start;
    }

    /**
     * Where something would begin that reaches beyond the end: in the last gap, if that is there.
     */
    private int grown(int length) {
      var last = gaps.lastEntry();
      boolean atEnd = last != null && last.getKey() + last.getValue() == size;
      return atEnd && last.getValue() < length ? last.getKey() : size;
    }

    void giveBack(int offset, int elements) {
      int start = offset;
      int length = aligned(elements);
      Integer after = gaps.remove(offset + length);
      length += after == null ? 0 : after;
      var before = gaps.lowerEntry(offset);
      if (before != null && before.getKey() + before.getValue() == offset) {
        start = before.getKey();
        length += before.getValue();
      }
      gaps.put(start, length);
    }

    private static int aligned(int elements) {
      return Math.addExact(elements, ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
  }
}
