package dev.cajal.compile.schedule;

import dev.cajal.tensor.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Makes a {@link Loop} of a group of nodes: finds the axes along which all its views are strides,
 * and puts what it computes as instructions behind each other.
 */
final class LoopBuilder {
  private final Group group;
  private final Fusion fusion;
  private final Map<Operand, Operand> replaced;
  private final int wantedRow;
  private final List<Draft> drafts = new ArrayList<>();
  private final Map<Draft, Integer> known = new HashMap<>();
  private final Map<Node, Integer> results = new HashMap<>();
  private final Map<Read, Integer> reads = new HashMap<>();
  private final Map<Loop.Memory, Integer> memories = new LinkedHashMap<>();

  /** What was read before: what is made of much the same is not made again and again. */
  private record Read(Operand operand, boolean isPerRow) {}

  /** An instruction whose strides are not known yet: its view stands for them. */
  private record Draft(Nest.Instruction instruction, Optional<View> view, boolean isPerRow) {}

  /** A view whose axes cut those of others: it has to be copied. */
  static final class Crossing extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Operand operand;

    Crossing(Operand operand) {
      super(operand.toString(), null, false, false);
      this.operand = operand;
    }

    Operand operand() {
      return operand;
    }
  }

  private LoopBuilder(Group group, Fusion fusion, Map<Operand, Operand> replaced, int wantedRow) {
    this.wantedRow = wantedRow;
    this.group = group;
    this.fusion = fusion;
    this.replaced = replaced;
  }

  /**
   * The loop of a group.
   *
   * @param replaced what is read instead of some operands: their copies
   * @param row how long a row must be even though nothing is reduced; 0 if that does not matter
   * @throws Crossing if an operand must be copied first
   */
  static Loop build(Group group, Fusion fusion, Map<Operand, Operand> replaced, int row) {
    var builder = new LoopBuilder(group, fusion, replaced, row);
    for (Node node : group.nodes) {
      builder.results.put(node, builder.compute(node));
    }
    for (Node node : group.nodes) {
      if (fusion.isStored(node)) {
        builder.store(node);
      }
    }
    return builder.loop();
  }

  // What is computed.

  private int compute(Node node) {
    boolean isPerRow = group.perRow.contains(node);
    return switch (node.task()) {
      case Task.Map(var function) ->
          map(function, node, node.operands().stream().map(o -> read(o, isPerRow)).toList());
      case Task.Copy _ -> read(node.operands().getFirst(), isPerRow);
      case Task.Reduce(var isSum, _, _, _) ->
          add(new Nest.Reduce(isSum, node.dtype(), read(node.operands().getFirst(), false)));
      case Task.Given _, Task.Literal _, Task.Range _, Task.Call _, Task.Result _ ->
          throw new AssertionError(node);
    };
  }

  private int map(Op function, Node node, List<Integer> arguments) {
    return add(new Nest.Map(function, node.dtype(), arguments));
  }

  private int read(Operand asked, boolean isPerRow) {
    var key = new Read(asked, isPerRow);
    Integer before = reads.get(key);
    if (before == null) {
      before = readFirst(asked, isPerRow);
      reads.put(key, before);
    }
    return before;
  }

  private int readFirst(Operand asked, boolean isPerRow) {
    Operand operand = replaced.getOrDefault(asked, asked);
    Node node = operand.node();
    Integer own = results.get(node);
    if (own != null && !replaced.containsKey(asked)) {
      return own;
    }
    return switch (node.task()) {
      case Task.Literal(var value) -> add(new Nest.Literal(node.dtype(), value));
      case Task.Range _ ->
          add(
              new Nest.Index(node.dtype(), operand.view().offset(), List.of(), isPerRow),
              operand,
              isPerRow);
      case Task.Map(var function) when !fusion.isStored(node) -> {
        List<Integer> arguments =
            node.operands().stream()
                .map(inner -> read(inner.along(operand.path()).orElseThrow(), isPerRow))
                .toList();
        yield map(function, node, arguments);
      }
      case Task.Given _, Task.Map _, Task.Copy _, Task.Reduce _, Task.Call _, Task.Result _ -> {
        int memory = memory(node, operand.view().offset());
        yield add(new Nest.Load(memory, node.dtype(), List.of(), isPerRow), operand, isPerRow);
      }
    };
  }

  private void store(Node node) {
    boolean isPerRow = group.perRow.contains(node);
    int memory = memory(node, 0);
    var store = new Nest.Store(memory, node.dtype(), result(node), List.of(), isPerRow);
    drafts.add(new Draft(store, Optional.of(View.whole(List.of(node.elements()))), isPerRow));
  }

  private int result(Node node) {
    return Objects.requireNonNull(results.get(node));
  }

  private int memory(Node node, int offset) {
    return memories.computeIfAbsent(new Loop.Memory(node, offset), _ -> memories.size());
  }

  private int add(Nest.Instruction instruction) {
    return add(new Draft(instruction, Optional.empty(), false));
  }

  private int add(Nest.Instruction instruction, Operand operand, boolean isPerRow) {
    requireCompatible(operand, isPerRow);
    return add(new Draft(instruction, Optional.of(operand.view()), isPerRow));
  }

  private int add(Draft draft) {
    Integer same = known.putIfAbsent(draft, drafts.size());
    if (same != null) {
      return same;
    }
    drafts.add(draft);
    return drafts.size() - 1;
  }

  // The axes.

  /** Where axes end: how many elements each axis and all after it have together. */
  private final TreeSet<Integer> cuts = new TreeSet<>();

  private void requireCompatible(Operand operand, boolean isPerRow) {
    if (cuts.isEmpty()) {
      startCuts();
    }
    var mine = cuts(operand.view(), isPerRow ? group.row : 1);
    var together = new TreeSet<>(cuts);
    together.addAll(mine);
    if (!isChain(together)) {
      throw new Crossing(operand);
    }
    cuts.addAll(mine);
  }

  private void startCuts() {
    cuts.add(1);
    cuts.add(group.elements);
    if (group.isColumns && group.nodes.getFirst().task() instanceof Task.Reduce reduce) {
      cuts.add(reduce.after());
      cuts.add(reduce.after() * reduce.reduced());
    } else if (group.row > 0) {
      cuts.add(group.row);
    } else if (wantedRow > 0) {
      cuts.add(wantedRow);
    }
  }

  private static List<Integer> cuts(View view, int below) {
    var cuts = new ArrayList<Integer>();
    int cut = below;
    for (int size : view.merged().sizes().reversed()) {
      cut *= size;
      cuts.add(cut);
    }
    return cuts;
  }

  private static boolean isChain(SortedSet<Integer> cuts) {
    int before = 1;
    for (int cut : cuts) {
      if (cut % before != 0) {
        return false;
      }
      before = cut;
    }
    return true;
  }

  /** The sizes of the axes whose elements together are between two cuts. */
  private List<Integer> axes(int from, int to) {
    var sizes = new ArrayList<Integer>();
    int before = from;
    for (int cut : cuts.subSet(from, false, to, true)) {
      sizes.add(cut / before);
      before = cut;
    }
    return sizes.reversed();
  }

  // The loop.

  private Loop loop() {
    if (cuts.isEmpty()) {
      startCuts();
    }
    int row = group.row > 0 ? group.row : wantedRow;
    List<Integer> outer;
    List<Integer> middle = List.of();
    List<Integer> inner;
    if (group.isColumns && group.nodes.getFirst().task() instanceof Task.Reduce reduce) {
      inner = axes(1, reduce.after());
      middle = axes(reduce.after(), reduce.after() * reduce.reduced());
      outer = axes(reduce.after() * reduce.reduced(), group.elements);
    } else if (row > 0) {
      inner = axes(1, row);
      outer = axes(row, group.elements);
    } else {
      List<Integer> all = axes(1, group.elements);
      inner = all.isEmpty() ? List.of() : List.of(all.getLast());
      outer = all.isEmpty() ? List.of() : all.subList(0, all.size() - 1);
    }
    return new Axes(outer, middle, inner.isEmpty() ? List.of(1) : inner).loop();
  }

  /** The axes of the nest, once they are known. */
  private final class Axes {
    private final List<Integer> outer;
    private final List<Integer> middle;
    private final List<Integer> inner;

    Axes(List<Integer> outer, List<Integer> middle, List<Integer> inner) {
      this.outer = outer.isEmpty() ? List.of(1) : outer;
      this.middle = middle;
      this.inner = inner;
    }

    Loop loop() {
      var code = drafts.stream().map(this::settled).toList();
      var nest = new Nest(outer.subList(1, outer.size()), middle, inner, code);
      return new Loop(nest, View.product(outer), List.copyOf(memories.keySet()), group.nodes);
    }

    private Nest.Instruction settled(Draft draft) {
      return switch (draft.instruction) {
        case Nest.Load(var memory, var dtype, _, var isPerRow) ->
            new Nest.Load(memory, dtype, strides(draft), isPerRow);
        case Nest.Index(var dtype, var offset, _, var isPerRow) ->
            new Nest.Index(dtype, offset, strides(draft), isPerRow);
        case Nest.Store(var memory, var dtype, var value, _, var isPerRow) ->
            new Nest.Store(memory, dtype, value, stored(draft), isPerRow);
        case Nest.Literal _, Nest.Map _, Nest.Reduce _ -> draft.instruction;
      };
    }

    private List<Integer> strides(Draft draft) {
      View view = draft.view.orElseThrow();
      return draft.isPerRow
          ? padded(view.stridesAlong(outer), inner.size())
          : view.stridesAlong(all());
    }

    /** What is stored lies row by row, along the axes that are left of it. */
    private List<Integer> stored(Draft draft) {
      View view = draft.view.orElseThrow();
      if (draft.isPerRow) {
        return padded(view.stridesAlong(outer), inner.size());
      }
      if (middle.isEmpty()) {
        return view.stridesAlong(all());
      }
      var kept = new ArrayList<>(outer);
      kept.addAll(inner);
      List<Integer> along = view.stridesAlong(kept);
      var strides = new ArrayList<>(along.subList(0, outer.size()));
      middle.forEach(_ -> strides.add(0));
      strides.addAll(along.subList(outer.size(), along.size()));
      return strides;
    }

    private static List<Integer> padded(List<Integer> strides, int zeros) {
      var padded = new ArrayList<>(strides);
      for (int i = 0; i < zeros; i++) {
        padded.add(0);
      }
      return padded;
    }

    private List<Integer> all() {
      var all = new ArrayList<>(outer);
      all.addAll(middle);
      all.addAll(inner);
      return all;
    }
  }
}
