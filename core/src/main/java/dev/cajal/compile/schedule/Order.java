package dev.cajal.compile.schedule;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Kernels in an order in which everything is computed before it is read, and no parameter is
 * written before its old numbers have been read.
 *
 * @param steps the kernels
 * @param inPlace nodes that are written straight into the leaf that they update
 */
record Order(List<Step> steps, Map<Node, Node> inPlace) {

  /**
   * Orders kernels.
   *
   * @param unordered the kernels
   * @param changes for each leaf that is updated, the node with its new numbers
   * @param outputs nodes that must keep their numbers
   */
  static Order of(List<Step> unordered, Map<Node, Node> changes, Collection<Node> outputs) {
    Map<Node, Node> inPlace = inPlace(unordered, changes, outputs);
    List<Step> plain = sorted(unordered, Map.of()).orElseThrow();
    List<Step> steps = banded(plain, changes, outputs);
    Optional<List<Step>> sorted = sorted(steps, inPlace);
    while (sorted.isEmpty()) {
      // Two updates wait for each other: the one that was found last is copied instead.
      inPlace.remove(List.copyOf(inPlace.keySet()).getLast());
      sorted = sorted(steps, inPlace);
    }
    var all = new ArrayList<Step>();
    sorted.get().forEach(step -> all.add(overwriting(step, inPlace)));
    changes.forEach((leaf, value) -> {
      if (inPlace.get(value) != leaf) {
        all.add(new Step.Commit(value, leaf));
      }
    });
    return new Order(all, inPlace);
  }

  /** With bands, but for those that would wait for another that waits for them. */
  private static List<Step> banded(
      List<Step> plain, Map<Node, Node> changes, Collection<Node> outputs) {
    var refused = new HashSet<Node>();
    while (true) {
      List<Step> banded = Bands.of(plain, outputs, changes.values(), refused);
      Set<Step> possible = Collections.newSetFromMap(new IdentityHashMap<>());
      possible.addAll(possible(banded, before(banded, Map.of())));
      Optional<Band> waiting =
          banded.stream()
              .filter(step -> !possible.contains(step))
              .flatMap(step -> step instanceof Step.Banded(var band) ? Stream.of(band) : null)
              .findFirst();
      if (waiting.isEmpty()) {
        return banded;
      }
      refused.add(waiting.get().first());
    }
  }

  /** The step, whose loops know which of the numbers they read they overwrite. */
  private static Step overwriting(Step step, Map<Node, Node> inPlace) {
    return switch (step) {
      case Step.Looped(var loop) -> new Step.Looped(overwriting(loop, inPlace));
      case Step.Called(var node, var results, var epilogue, var instead) ->
          new Step.Called(node, results, epilogue.map(loop -> overwriting(loop, inPlace)), instead);
      case Step.Commit _, Step.Banded _ -> step;
    };
  }

  private static Loop overwriting(Loop loop, Map<Node, Node> inPlace) {
    Loop told = loop;
    for (Node written : loop.writes()) {
      Node leaf = inPlace.get(written);
      told = leaf == null ? told : told.overwriting(leaf, written);
    }
    return told;
  }

  private static Map<Node, Node> inPlace(
      List<Step> steps, Map<Node, Node> changes, Collection<Node> outputs) {
    Map<Node, Step> writers = new HashMap<>();
    steps.forEach(step -> step.writes().forEach(node -> writers.put(node, step)));
    // What a kernel that overwrites one leaf reads of another that is overwritten must be in line.
    Map<Node, Node> found = new LinkedHashMap<>();
    changes.forEach((leaf, value) -> {
      Step step = writers.get(value);
      boolean free = !found.containsKey(value) && !outputs.contains(value);
      if (step != null && free && leaf.layout().isContiguous() && canOverwrite(step, leaf, value)) {
        found.put(value, leaf);
      }
    });
    return found;
  }

  private static boolean canOverwrite(Step step, Node leaf, Node value) {
    return switch (step) {
      case Step.Looped(var loop) -> loop.canOverwrite(leaf, value);
      // An epilogue overwrites its part while the product still reads all of its operands.
      case Step.Called(var product, _, var epilogue, _) ->
          product.operands().stream().noneMatch(operand -> operand.node() == leaf)
              && epilogue.stream()
                  .anyMatch(
                      loop -> loop.writes().contains(value) && loop.canOverwrite(leaf, value));
      case Step.Commit _, Step.Banded _ -> false;
    };
  }

  /** The steps so that reads follow writes; of those that could come next, the first made. */
  private static Optional<List<Step>> sorted(List<Step> steps, Map<Node, Node> inPlace) {
    List<Step> sorted = possible(steps, before(steps, inPlace));
    return sorted.size() == steps.size() ? Optional.of(sorted) : Optional.empty();
  }

  /** For each step, which ones it must wait for. */
  private static List<Set<Integer>> before(List<Step> steps, Map<Node, Node> inPlace) {
    Map<Node, Integer> writer = new HashMap<>();
    Map<Node, Set<Integer>> readers = new HashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      for (Node node : steps.get(i).writes()) {
        writer.put(node, i);
      }
      for (Node node : steps.get(i).reads()) {
        readers.computeIfAbsent(node, _ -> new LinkedHashSet<>()).add(i);
      }
    }
    var before = new ArrayList<Set<Integer>>();
    for (int i = 0; i < steps.size(); i++) {
      var needed = new HashSet<Integer>();
      for (Node node : steps.get(i).reads()) {
        // The results of a loop are written by the step of the loop.
        Integer made = writer.get(node);
        if (made != null && made != i) {
          needed.add(made);
        }
      }
      before.add(needed);
    }
    inPlace.forEach((value, leaf) -> {
      int update = requireNonNull(writer.get(value));
      for (int reader : readers.getOrDefault(leaf, Set.of())) {
        if (reader != update) {
          before.get(update).add(reader);
        }
      }
    });
    return before;
  }

  /** The steps in order, without those that wait for themselves, or for such. */
  private static List<Step> possible(List<Step> steps, List<Set<Integer>> before) {
    var after = new ArrayList<List<Integer>>();
    var open = new int[steps.size()];
    steps.forEach(_ -> after.add(new ArrayList<>()));
    for (int i = 0; i < steps.size(); i++) {
      open[i] = before.get(i).size();
      for (int earlier : before.get(i)) {
        after.get(earlier).add(i);
      }
    }
    var ready = new PriorityQueue<Integer>();
    for (int i = 0; i < open.length; i++) {
      if (open[i] == 0) {
        ready.add(i);
      }
    }
    var sorted = new ArrayList<Step>();
    while (!ready.isEmpty()) {
      int next = ready.remove();
      sorted.add(steps.get(next));
      for (int later : after.get(next)) {
        if (--open[later] == 0) {
          ready.add(later);
        }
      }
    }
    return sorted;
  }
}
