package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Loop;
import dev.cajal.compile.schedule.Node;
import dev.cajal.compile.schedule.Place;
import dev.cajal.compile.schedule.Schedule;
import dev.cajal.compile.schedule.Task;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Shape;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** The memory of one run: the Java arrays of a schedule's slots, and scratch for each worker. */
final class Frame {
  private final Schedule schedule;
  private final Object[] arrays;
  private final int[] bases;
  private final Scratch scratch;

  /**
   * Scratch memory, as large as the largest kernel wants it: two arrays for each worker, as the
   * epilogue of a product runs while the product needs its own.
   */
  static final class Scratch {
    private int size;
    private int epilogueSize;
    private float[][] ofWorker = new float[0][];
    private float[][] ofEpilogue = new float[0][];

    void reserve(int floats) {
      size = Math.max(size, floats);
    }

    void reserveForEpilogue(int floats) {
      epilogueSize = Math.max(epilogueSize, floats);
    }

    void allocate(int workers) {
      ofWorker = new float[workers][size];
      ofEpilogue = new float[workers][epilogueSize];
    }
  }

  /** What stays the same in all runs of the kernels between two calls of {@link Kernel#begin}. */
  private final Set<Node> fixed = new HashSet<>();

  /** The seed of the run, of which random numbers are made. */
  long seed;

  Frame(Schedule schedule, Scratch scratch) {
    this.schedule = schedule;
    this.scratch = scratch;
    int slots = Place.OUTSIDE + schedule.given().size() + schedule.outputs().size();
    arrays = new Object[slots];
    bases = new int[slots];
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

  float[] scratch(int worker) {
    return scratch.ofWorker[worker];
  }

  float[] epilogueScratch(int worker) {
    return scratch.ofEpilogue[worker];
  }

  Place place(Node node) {
    return Objects.requireNonNull(schedule.places().get(node), node::toString);
  }

  /** The Java array in which the numbers of a node are. */
  Object array(Node node) {
    return arrays[place(node).slot()];
  }

  /** Where in its array the numbers of a node begin. */
  int start(Node node) {
    Place place = place(node);
    return bases[place.slot()] + place.offset();
  }

  /** Puts what is given from outside, or what receives an output, into its slot. */
  void set(Node node, Object array, int base) {
    int slot = place(node).slot();
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
        at[i] = arrays[slots[i]];
        offsets[i] = bases[slots[i]] + starts[i];
      }
    }
  }
}
