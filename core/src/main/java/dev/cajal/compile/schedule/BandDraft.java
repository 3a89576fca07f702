package dev.cajal.compile.schedule;

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
import java.util.function.Predicate;

/** A {@link Band} as it grows. */
final class BandDraft {
  /** About how many floats a block passes on: they fit into the second cache. */
  private static final int BLOCK = 1 << 15;

  /** A block has no fewer rows of a matrix that is cut: products of few rows are slow. */
  private static final int FEWEST_ROWS = 128;

  /** But for that it does not take more floats than this. */
  private static final int LARGEST = 1 << 21;

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

  /** The parts of other bands that are done again before its own, and what they write and read. */
  private Map<Integer, Band.Part> again = Map.of();

  private Set<Node> writtenAgain = Set.of();
  private Set<Node> readAgain = Set.of();

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

  /**
   * Adds the step at a position, if it can follow the rows; says how.
   *
   * @param randoms steps by their positions that make random numbers for it: they come along, if
   *     they can
   */
  Optional<Band.Role> add(int position, Step added, SortedMap<Integer, Step> randoms) {
    Map<Integer, Band.Part> first = new LinkedHashMap<>();
    Set<Node> before = new HashSet<>(written);
    randoms.forEach((at, random) ->
        role(random, before)
            .ifPresent(its -> {
              first.put(at, new Band.Part(random, its, false));
              before.addAll(random.writes());
            }));
    Step step = rows.fitting(added);
    Optional<Band.Role> role = role(step, before);
    role.ifPresent(its -> {
      parts.putAll(first);
      parts.put(position, new Band.Part(step, its, false));
      first.values().forEach(part -> written.addAll(part.step().writes()));
      if (its != Band.Role.SUMMED) {
        written.addAll(step.writes());
      }
    });
    return role;
  }

  private Optional<Band.Role> role(Step step, Set<Node> before) {
    return rows.role(step, before).filter(role -> role != Band.Role.SUMMED || mayBeInTurn);
  }

  boolean readsAgain(Node node) {
    return readAgain.contains(node);
  }

  /**
   * The steps that make a node, by their positions.
   *
   * @param isLost whether what a step reads is not in memory, so that it must be made as well
   */
  Map<Integer, Step> stepsFor(Node node, Predicate<Node> isLost) {
    var all = new TreeMap<Integer, Band.Part>(again);
    all.putAll(parts);
    var needed = new HashSet<Node>(List.of(node));
    var steps = new TreeMap<Integer, Step>();
    for (var entry : all.descendingMap().entrySet()) {
      Step step = entry.getValue().step();
      if (!Collections.disjoint(step.writes(), needed)) {
        steps.put(entry.getKey(), step);
        step.reads().stream()
            .filter(read -> computes(read) && isLost.test(read))
            .forEach(needed::add);
      }
    }
    return steps;
  }

  /**
   * Does steps of other bands again before its own, if all can follow the rows then.
   *
   * @param steps by their positions, in order
   */
  void computeAgain(SortedMap<Integer, Step> steps) {
    Map<Integer, Band.Part> first = new LinkedHashMap<>();
    Set<Node> before = new HashSet<>();
    Set<Node> reads = new HashSet<>();
    for (var entry : steps.entrySet()) {
      Step step = entry.getValue();
      Optional<Band.Role> role = role(step, before);
      if (role.isEmpty() || role.get() == Band.Role.SUMMED) {
        return;
      }
      first.put(entry.getKey(), new Band.Part(step, role.get(), true));
      before.addAll(step.writes());
      reads.addAll(step.reads());
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
    readAgain = reads;
    parts.putAll(then);
    written.removeAll(summed);
  }

  /**
   * The band.
   *
   * @param isInside whether nobody needs a node but bands that compute it
   */
  Band band(Predicate<Node> isInside) {
    var all = new ArrayList<>(again.values());
    all.addAll(parts.values());
    Set<Node> inside = new LinkedHashSet<>();
    for (Band.Part part : all) {
      part.step().writes().stream().filter(isInside).forEach(inside::add);
    }
    int blockRows = blockRows(Math.max(1, ofMatrix(all, passed(all))), ofMatrix(all, inside));
    Memory.Shared memory = shared(all, inside, blockRows);
    return new Band(all, rows.batches(), rows.rows(), memory.offsets(), memory.size(), blockRows);
  }

  /** How many numbers its own parts pass on from one to another. */
  long passed() {
    return passed(parts.values()).stream().mapToLong(Node::elements).sum();
  }

  /** What some parts pass on from one to another. */
  private Set<Node> passed(Collection<Band.Part> some) {
    Set<Node> passed = new LinkedHashSet<>();
    for (Band.Part part : some) {
      part.step().reads().stream().filter(this::computes).forEach(passed::add);
    }
    return passed;
  }

  /**
   * How many rows a block has.
   *
   * @param each how many floats are passed on of a matrix
   * @param held how many floats of a matrix are in the memory of the block
   */
  private int blockRows(long each, long held) {
    if (rows.areCut()) {
      long fewest = Math.clamp(LARGEST * (long) rows.rows() / Math.max(1, held), 8, FEWEST_ROWS);
      long most = Math.max(fewest, BLOCK * (long) rows.rows() / each);
      long blocks = Math.ceilDiv(rows.rows(), Math.min(most, rows.rows()));
      return (int) Math.ceilDiv(rows.rows(), blocks);
    }
    long matrices = Math.clamp(BLOCK / each, 1, Math.max(1, rows.batches() / FEWEST_BLOCKS));
    return (int) matrices * rows.rows();
  }

  /**
   * About how much memory of a block a whole matrix would take, which may be more than there is.
   */
  private long ofMatrix(List<Band.Part> all, Set<Node> inside) {
    int some = Math.min(rows.rows(), FEWEST_ROWS);
    return (long) shared(all, inside, some).size() * rows.rows() / some;
  }

  /** The memory of so many rows. */
  private Memory.Shared shared(List<Band.Part> all, Set<Node> inside, int blockRows) {
    Map<Node, Integer> sizes = new HashMap<>();
    long whole = (long) rows.batches() * rows.rows();
    inside.forEach(node -> sizes.put(node, (int) (node.elements() * (long) blockRows / whole)));
    return Memory.shared(all.stream().map(Band.Part::step).toList(), sizes);
  }
}
