package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Band;
import dev.cajal.compile.schedule.Loop;
import dev.cajal.compile.schedule.Node;
import dev.cajal.compile.schedule.Place;
import dev.cajal.compile.schedule.Schedule;
import dev.cajal.compile.schedule.Task;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The memory of one run: the Java arrays of a schedule's slots, and scratch for each worker. */
final class Frame {
  private final Schedule schedule;
  private final Object[] arrays;
  private final int[] bases;
  private final Scratch scratch;

  /** The slots from here on are those of bands, which each worker has for itself. */
  private final int own;

  private final Map<Node, Place> ownPlaces = new HashMap<>();
  private final Object[] ownArrays;
  private final int[] ownBases;
  private final long[] ownElements;

  /** Which worker's frame this is. */
  private final int worker;

  /**
   * Scratch memory, as large as the largest kernel wants it: three arrays for each worker, as the
   * epilogue of a product runs while the product needs its own, and both may be part of a band.
   */
  static final class Scratch {
    private int size;
    private int epilogueSize;
    private int bandSize;
    private int bandWorkers;
    private float[][] ofWorker = new float[0][];
    private float[][] ofEpilogue = new float[0][];
    private float[][] ofBand = new float[0][];

    void reserve(int floats) {
      size = Math.max(size, floats);
    }

    void reserveForEpilogue(int floats) {
      epilogueSize = Math.max(epilogueSize, floats);
    }

    /** Reserves for the blocks of a band that so many workers do at a time. */
    void reserveForBand(int floats, int workers) {
      bandSize = Math.max(bandSize, floats);
      bandWorkers = Math.max(bandWorkers, workers);
    }

    /** How many floats the blocks of bands take. */
    long ofBands() {
      return (long) bandSize * bandWorkers;
    }

    void allocate(int workers) {
      ofWorker = new float[workers][size];
      ofEpilogue = new float[workers][epilogueSize];
      ofBand = new float[bandWorkers][bandSize];
    }
  }

  /** What stays the same in all runs of the kernels between two calls of {@link Kernel#begin}. */
  private final Set<Node> fixed = new HashSet<>();

  /** The frame of the whole program, of which this may be a worker's part. */
  private final Frame whole;

  private long seed;

  Frame(Schedule schedule, Scratch scratch) {
    this.schedule = schedule;
    this.scratch = scratch;
    whole = this;
    own = Place.OUTSIDE + schedule.given().size() + schedule.outputs().size();
    arrays = new Object[own];
    bases = new int[own];
    ownArrays = new Object[0];
    ownBases = new int[0];
    ownElements = new long[0];
    worker = 0;
    for (DType dtype : DType.values()) {
      arrays[Place.arena(dtype)] = allocate(dtype, schedule.arenas().getOrDefault(dtype, 0));
    }
    for (int i = 0; i < schedule.given().size(); i++) {
      if (schedule.given().get(i).task() instanceof Task.Given(var leaf)) {
        if (leaf.op() instanceof Op.Param(var parameter)) {
          arrays[Place.OUTSIDE + i] = parameter.array().data();
        } else if (leaf.op() instanceof Op.Constant(var value)) {
          arrays[Place.OUTSIDE + i] = value.data();
        }
      }
    }
  }

  /** The same memory as a worker sees it in a band, of which it has some nodes for itself. */
  private Frame(Frame whole, int worker, Band band) {
    this.whole = whole;
    this.schedule = whole.schedule;
    this.scratch = whole.scratch;
    this.arrays = whole.arrays;
    this.bases = whole.bases;
    this.own = whole.own;
    this.worker = worker;
    int slots = band.inside().size();
    this.ownArrays = new Object[slots];
    this.ownBases = new int[slots];
    this.ownElements = new long[slots];
    band.inside()
        .forEach((node, offset) -> {
          ownElements[ownPlaces.size()] = node.elements();
          ownPlaces.put(node, new Place(own + ownPlaces.size(), offset));
        });
  }

  /** The part of a worker in a band. */
  Frame of(int itsWorker, Band band) {
    return new Frame(this, itsWorker, band);
  }

  /** Moves what is inside a band, so that the worker's memory has it from a row of many on. */
  void move(int row, long rows) {
    for (int i = 0; i < ownBases.length; i++) {
      ownArrays[i] = scratch.ofBand[worker];
      ownBases[i] = (int) -(ownElements[i] * row / rows);
    }
  }

  /** The seed of the run, of which random numbers are made. */
  long seed() {
    return whole.seed;
  }

  void seed(long newSeed) {
    whole.seed = newSeed;
  }

  /** Gives every output an array of its own. */
  void allocateOutputs() {
    for (int i = 0; i < schedule.outputs().size(); i++) {
      Node output = schedule.outputs().get(i);
      int slot = place(output).slot();
      if (arrays[slot] == null) {
        arrays[slot] = allocate(output.dtype(), output.elements());
      }
    }
  }

  /** Promises that a node stays the same until the next {@link Kernel#begin}. */
  void fix(Node node) {
    fixed.add(node);
  }

  boolean isFixed(Node node) {
    return fixed.contains(node);
  }

  static Object allocate(DType dtype, int elements) {
    return switch (dtype) {
      case F32 -> new float[elements];
      case F64 -> new double[elements];
      case I32 -> new int[elements];
      case BOOL -> new boolean[elements];
    };
  }

  Scratch scratch() {
    return scratch;
  }

  /** The scratch memory of a worker, in a band of the one whose frame this is. */
  float[] scratch(int its) {
    return scratch.ofWorker[worker + its];
  }

  float[] epilogueScratch(int its) {
    return scratch.ofEpilogue[worker + its];
  }

  Place place(Node node) {
    Place its = ownPlaces.get(node);
    return its != null ? its : Objects.requireNonNull(schedule.places().get(node), node::toString);
  }

  Spot spot(Node node) {
    return new Spot(this, place(node));
  }

  /** The Java array in which the numbers of a node are. */
  Object array(Node node) {
    return array(place(node).slot());
  }

  Object array(int slot) {
    return slot < own ? arrays[slot] : ownArrays[slot - own];
  }

  /** Where in its array the numbers of a node begin. */
  int start(Node node) {
    Place place = place(node);
    return base(place.slot()) + place.offset();
  }

  int base(int slot) {
    return slot < own ? bases[slot] : ownBases[slot - own];
  }

  /** Puts what is given from outside, or what receives an output, into its slot. */
  void set(Node node, Object array, int base) {
    set(place(node).slot(), array, base);
  }

  void set(int slot, Object array, int base) {
    arrays[slot] = array;
    bases[slot] = base;
  }

  Array output(int i, Shape shape) {
    return Array.wrap(array(schedule.outputs().get(i)), shape);
  }

  /** Where the memories of a loop are, to be asked before each run of it. */
  final class Addresses {
    private final int[] slots;
    private final int[] starts;
    final Object[] at;
    final int[] offsets;

    Addresses(Loop loop) {
      int memories = loop.memories().size();
      slots = new int[memories];
      starts = new int[memories];
      at = new Object[memories];
      offsets = new int[memories];
      for (int i = 0; i < memories; i++) {
        Loop.Memory memory = loop.memories().get(i);
        Place place = place(memory.node());
        slots[i] = place.slot();
        starts[i] = place.offset() + memory.offset();
      }
    }

    void find() {
      for (int i = 0; i < slots.length; i++) {
        at[i] = array(slots[i]);
        offsets[i] = base(slots[i]) + starts[i];
      }
    }
  }
}
