package dev.cajal.compile.schedule;

import static java.util.Objects.requireNonNull;

import dev.cajal.tensor.DType;
import dev.cajal.tensor.Op;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds steps that are better done block by block, as {@link Band}s: products of many matrices, or
 * of long ones, and what is done with their results.
 *
 * <p>What one band passes on to another and is too much to be kept in between, as the weights of
 * attention are for the gradient of a long sequence, the other computes again for itself.
 */
final class Bands {
  /** What is passed on within a band is more floats than this: less stays in the cache anyway. */
  private static final int WORTH_IT = 1 << 15;

  /** A matrix of scores with more floats than this is cut. */
  private static final int LARGEST_MATRIX = 1 << 15;

  /**
   * A single matrix is cut if it is so many times larger than its factors: each block has to go
   * through all of one of them.
   */
  private static final int RATIO = 8;

  /** Rather than keep more floats than this for another band, they are computed again. */
  static final int TOO_MANY = 1 << 22;

  /** So many steps after the last of a band it is not looked for more. */
  private static final int WINDOW = 64;

  private final List<Step> steps;
  private final Set<Node> kept;
  private final Set<Node> changes;
  private final Map<Node, List<Integer>> readers = new HashMap<>();

  /** Where random numbers are made. */
  private final Map<Node, Integer> made = new HashMap<>();

  /** The band of each step that is in one. */
  private final Map<Integer, BandDraft> bandOf = new HashMap<>();

  private final List<BandDraft> drafts = new ArrayList<>();

  /** Which band has written what others read. */
  private final Map<Node, BandDraft> writers = new HashMap<>();

  private Bands(List<Step> steps, Collection<Node> kept, Collection<Node> changes) {
    this.steps = steps;
    this.kept = Set.copyOf(kept);
    this.changes = Set.copyOf(changes);
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof Step.Called(var node, _, _, _) && isRandom(node)) {
        made.put(node, i);
      }
      for (Node node : new HashSet<>(steps.get(i).reads())) {
        readers.computeIfAbsent(node, _ -> new ArrayList<>()).add(i);
      }
    }
  }

  /**
   * The steps, some of them in bands.
   *
   * @param steps in an order in which they can be done
   * @param kept nodes that are asked for
   * @param changes nodes that leaves become
   * @param refused products that no band begins with
   */
  static List<Step> of(
      List<Step> steps, Collection<Node> kept, Collection<Node> changes, Collection<Node> refused) {
    List<Step> ordered = withRandomsLate(steps);
    var bands = new Bands(ordered, kept, changes);
    Map<Integer, BandDraft> found = new LinkedHashMap<>();
    for (int i = 0; i < ordered.size(); i++) {
      boolean isFree = !bands.bandOf.containsKey(i);
      if (isFree
          && ordered.get(i) instanceof Step.Called called
          && !refused.contains(called.node())) {
        int first = i;
        bands.from(first, called.node()).ifPresent(band -> found.put(first, band));
      }
    }
    var all = new ArrayList<Step>();
    for (int i = 0; i < ordered.size(); i++) {
      BandDraft band = found.get(i);
      if (band != null) {
        all.add(new Step.Banded(band.band(bands::isInside)));
      } else if (!bands.bandOf.containsKey(i)) {
        all.add(ordered.get(i));
      }
    }
    return all;
  }

  /** Whether a node is a product that a band can have. */
  static boolean isProduct(Node node) {
    return node.task() instanceof Task.Call(Op.MatMul _)
        && node.dtype() == DType.F32
        && node.elements() > 0
        && node.operands().stream().allMatch(operand -> operand.view().elements() > 0);
  }

  /** Whether a node is random numbers that a band can make row by row. */
  static boolean isRandom(Node node) {
    return node.task() instanceof Task.Call(Op.Random _)
        && node.dtype() == DType.F32
        && node.elements() >= WORTH_IT;
  }

  /**
   * The steps, with random numbers where they are first needed: there a band may be that uses them.
   */
  private static List<Step> withRandomsLate(List<Step> steps) {
    Map<Node, Step> waiting = new LinkedHashMap<>();
    var ordered = new ArrayList<Step>();
    for (Step step : steps) {
      if (step instanceof Step.Called(var node, _, _, _) && isRandom(node)) {
        waiting.put(node, step);
        continue;
      }
      for (Node node : step.reads()) {
        Step random = waiting.remove(node);
        if (random != null) {
          ordered.add(random);
        }
      }
      ordered.add(step);
    }
    ordered.addAll(waiting.values());
    return ordered;
  }

  /** The band that begins with a product, if there is one. */
  private Optional<BandDraft> from(int first, Node product) {
    if (!isProduct(product) || product.elements() < WORTH_IT) {
      return Optional.empty();
    }
    List<Integer> sizes = product.layout().sizes();
    int m = sizes.get(sizes.size() - 2);
    int batches = product.elements() / m / sizes.getLast();
    boolean areCut = m * sizes.getLast() > LARGEST_MATRIX;
    if (batches == 1 && !(areCut && isLarge(product))) {
      return Optional.empty();
    }
    var draft = new BandDraft(new Rows(batches, m, areCut), product);
    grow(draft, first);
    if (!draft.parts().containsKey(first) || draft.passed() < WORTH_IT) {
      return Optional.empty();
    }
    draft.parts().keySet().forEach(i -> bandOf.put(i, draft));
    drafts.add(draft);
    computeAgain(readOfAnother(draft), draft);
    draft.written().forEach(node -> writers.put(node, draft));
    return Optional.of(draft);
  }

  private static boolean isLarge(Node product) {
    long factors = 0;
    for (Operand operand : product.operands()) {
      factors += operand.view().elements();
    }
    return product.elements() >= RATIO * factors;
  }

  private void grow(BandDraft draft, int first) {
    // What can be there only after the band.
    Set<Node> after = new HashSet<>();
    int last = first;
    for (int i = first; i < Math.min(steps.size(), last + WINDOW); i++) {
      Step step = steps.get(i);
      boolean isLate = !Collections.disjoint(step.reads(), after);
      if (!isLate && i != first && !isRelated(step, draft)) {
        continue;
      }
      boolean isFree =
          !isLate && !bandOf.containsKey(i) && Collections.disjoint(step.writes(), changes);
      Optional<Band.Role> role =
          isFree ? draft.add(i, step, randomsFor(step, first)) : Optional.empty();
      if (role.isPresent()) {
        last = i;
      }
      if (role.isEmpty() ? isLate || isAfter(step, draft) : role.get() == Band.Role.SUMMED) {
        after.addAll(step.writes());
      }
    }
  }

  /** The steps from a position on that make random numbers for a step, and are in no band. */
  private SortedMap<Integer, Step> randomsFor(Step step, int first) {
    var randoms = new TreeMap<Integer, Step>();
    for (Node node : step.reads()) {
      int at = made.getOrDefault(node, -1);
      if (at >= first && !bandOf.containsKey(at) && !changes.contains(node)) {
        randoms.put(at, steps.get(at));
      }
    }
    return randoms;
  }

  /** Whether a step reads what a band has written, or what both read of an earlier band. */
  private boolean isRelated(Step step, BandDraft draft) {
    return isAfter(step, draft)
        || step.reads().stream()
            .anyMatch(node -> {
              BandDraft writer = writers.get(node);
              return writer != null && writer.hasRowsOf(draft) && node.elements() >= WORTH_IT;
            });
  }

  private static boolean isAfter(Step step, BandDraft draft) {
    return !Collections.disjoint(step.reads(), draft.written());
  }

  private List<Integer> readersOf(Node node) {
    return readers.getOrDefault(node, List.of());
  }

  // What is computed again.

  /** What other bands pass on to this one alone, and is too much for that. */
  private Set<Node> readOfAnother(BandDraft draft) {
    Set<Node> found = new LinkedHashSet<>();
    for (Band.Part part : draft.parts().values()) {
      for (Node node : part.step().reads()) {
        BandDraft writer = writers.get(node);
        boolean isAnothers = writer != null && writer != draft && writer.hasRowsOf(draft);
        if (isAnothers && node.elements() > TOO_MANY && isFree(node)) {
          boolean isForUs =
              readersOf(node).stream()
                  .allMatch(i -> bandOf.get(i) == writer || bandOf.get(i) == draft);
          if (isForUs) {
            found.add(node);
          }
        }
      }
    }
    return found;
  }

  private boolean isFree(Node node) {
    return node.dtype() == DType.F32 && !kept.contains(node) && !changes.contains(node);
  }

  /** Has a band compute again what it reads of others, if it can; all of it or nothing. */
  private void computeAgain(Set<Node> lost, BandDraft reader) {
    // In the order in which the steps were first done.
    var needed = new TreeMap<Integer, Step>();
    for (Node node : lost) {
      BandDraft writer = requireNonNull(writers.get(node));
      needed.putAll(writer.stepsFor(node, read -> lost.contains(read) || isInside(read)));
    }
    reader.computeAgain(needed);
  }

  /** Whether nobody needs a node but bands that compute it. */
  private boolean isInside(Node node) {
    List<Integer> its = readersOf(node);
    return isFree(node)
        && !its.isEmpty()
        && its.stream().map(bandOf::get).allMatch(band -> band != null && band.computes(node))
        && drafts.stream().allMatch(band -> band.computes(node) || !band.readsAgain(node));
  }
}
