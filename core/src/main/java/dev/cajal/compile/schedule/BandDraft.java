package dev.cajal.compile.schedule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A {@link Band} as it grows. */
final class BandDraft {
  /** About how many floats a block passes on: they fit into the second cache. */
  private static final int BLOCK = 1 << 15;

  /** A block has no fewer rows of a matrix that is cut: products of few rows are slow. */
  private static final int FEWEST_ROWS = 128;

  /** Several matrices make a block only if there are so many blocks. */
  private static final int FEWEST_BLOCKS = 8;

  /**
   * With fewer matrices than this, sums are not done in turn, but in parallel, after the band;
   * unless too much had to be kept for that.
   */
  private static final int FEWEST_IN_TURN = 8;

  private final Rows rows;
  private final boolean mayBeInTurn;

  /** The parts by the position of their step among all. */
  private final Map<Integer, Band.Part> parts = new LinkedHashMap<>();

  /** What its parts may read that is made by earlier ones. */
  private final Set<Node> written = new HashSet<>();

  /** The parts of another band that are done again before its own, and what they write. */
  private List<Band.Part> again = List.of();

  private Set<Node> writtenAgain = Set.of();

  BandDraft(Rows rows, Node product) {
    this.rows = rows;
    this.mayBeInTurn = rows.batches() >= FEWEST_IN_TURN || product.elements() > Bands.TOO_MANY;
  }

  Map<Integer, Band.Part> parts() {
    return Collections.unmodifiableMap(parts);
  }

  Set<Node> written() {
    return Collections.unmodifiableSet(written);
  }

  boolean hasRowsOf(BandDraft other) {
    return rows.equals(other.rows);
  }

  /** Whether a node is known in it row by row. */
  boolean computes(Node node) {
    return written.contains(node) || writtenAgain.contains(node);
  }

  /** Adds the step at a position, if it can follow the rows; says how. */
  Optional<Band.Role> add(int position, Step step) {
    Optional<Band.Role> role = role(step, written);
    role.ifPresent(its -> {
      parts.put(position, new Band.Part(step, its, false));
      if (its != Band.Role.SUMMED) {
        written.addAll(step.writes());
      }
    });
    return role;
  }

  private Optional<Band.Role> role(Step step, Set<Node> before) {
    return rows.role(step, before).filter(role -> role != Band.Role.SUMMED || mayBeInTurn);
  }

  /**
   * The steps that make a node.
   *
   * @param isLost whether what a step reads is not in memory, so that it must be made as well
   */
  List<Step> stepsFor(Node node, Predicate<Node> isLost) {
    var needed = new HashSet<Node>(List.of(node));
    var steps = new ArrayList<Step>();
    for (Band.Part part : List.copyOf(parts.values()).reversed()) {
      if (!Collections.disjoint(part.step().writes(), needed)) {
        steps.add(part.step());
        part.step().reads().stream()
            .filter(read -> written.contains(read) && isLost.test(read))
            .forEach(needed::add);
      }
    }
    return steps.reversed();
  }

  /** Does steps of another band again before its own, if all can follow the rows then. */
  void computeAgain(List<Step> steps) {
    var all = new ArrayList<Step>(again.stream().map(Band.Part::step).toList());
    steps.stream().filter(step -> !all.contains(step)).forEach(all::add);
    var first = new ArrayList<Band.Part>();
    Set<Node> before = new HashSet<>();
    for (Step step : all) {
      Optional<Band.Role> role = role(step, before);
      if (role.isEmpty() || role.get() == Band.Role.SUMMED) {
        return;
      }
      first.add(new Band.Part(step, role.get(), true));
      before.addAll(step.writes());
    }
    Set<Node> firstWritten = Set.copyOf(before);
    Map<Integer, Band.Part> then = new LinkedHashMap<>();
    Set<Node> summed = new HashSet<>();
    for (var entry : parts.entrySet()) {
      Step step = entry.getValue().step();
      Optional<Band.Role> role = role(step, before);
      if (role.isEmpty() || !Collections.disjoint(step.reads(), summed)) {
        return;
      }
      then.put(entry.getKey(), new Band.Part(step, role.get(), false));
      (role.get() == Band.Role.SUMMED ? summed : before).addAll(step.writes());
    }
    again = first;
    writtenAgain = firstWritten;
    parts.putAll(then);
    written.removeAll(summed);
  }

  /** The band, when it is known what nobody else needs. */
  Band band(Predicate<Node> isInside) {
    var all = new ArrayList<>(again);
    all.addAll(parts.values());
    Set<Node> inside = new LinkedHashSet<>();
    all.forEach(part -> part.step().writes().stream().filter(isInside).forEach(inside::add));
    int blockRows = blockRows(Math.max(1, shared(all, inside, rows.rows()).size()));
    Memory.Shared memory = shared(all, inside, blockRows);
    return new Band(all, rows.batches(), rows.rows(), memory.offsets(), memory.size(), blockRows);
  }

  /** How many rows a block has if a matrix passes on so many floats. */
  private int blockRows(long each) {
    if (rows.areCut()) {
      long most = Math.max(FEWEST_ROWS, BLOCK * (long) rows.rows() / each);
      long blocks = Math.ceilDiv(rows.rows(), Math.min(most, rows.rows()));
      return (int) Math.ceilDiv(rows.rows(), blocks);
    }
    long matrices = Math.clamp(BLOCK / each, 1, Math.max(1, rows.batches() / FEWEST_BLOCKS));
    return (int) matrices * rows.rows();
  }

  /** The memory of so many rows. */
  private Memory.Shared shared(List<Band.Part> all, Set<Node> inside, int blockRows) {
    Map<Node, Integer> sizes = new HashMap<>();
    long whole = (long) rows.batches() * rows.rows();
    inside.forEach(node -> sizes.put(node, (int) (node.elements() * (long) blockRows / whole)));
    return Memory.shared(all.stream().map(Band.Part::step).toList(), sizes);
  }
}
