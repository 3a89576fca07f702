package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Node;
import dev.cajal.compile.schedule.Schedule;
import dev.cajal.compile.schedule.Task;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Shape;
import java.util.List;

/**
 * A schedule as kernels of this processor. Immutable; what changes in a run is in a {@link Run}.
 */
public final class Compiled {
  private final Schedule schedule;
  private final Engine engine;

  private Compiled(Schedule schedule, Engine engine) {
    this.schedule = schedule;
    this.engine = engine;
  }

  /** Compiles for so many threads. */
  public static Compiled of(Schedule schedule, int threads) {
    return new Compiled(
        schedule, new Engine(Vectors.lanes(), Vectors.start(), Workers.of(threads)));
  }

  /** Refuses a number of threads that there can't be. */
  public static void requireThreads(int count) {
    Workers.require(count);
  }

  /** How many threads to use where nobody says: {@code CAJAL_THREADS}, or one for each core. */
  public static int standardThreads() {
    return Workers.standard();
  }

  /** Memory to run it in, for one thread at a time. */
  public Run newRun() {
    return new Run(schedule, engine);
  }

  /** The memory of a run, and its kernels. */
  public static final class Run {
    private final Schedule schedule;
    private final Frame frame;
    private final Sequence kernels;
    private final Engine engine;
    private int profiled;

    private Run(Schedule schedule, Engine engine) {
      this.schedule = schedule;
      var scratch = new Frame.Scratch();
      this.frame = new Frame(schedule, scratch);
      this.kernels = Sequence.of(schedule, frame, engine);
      this.engine = engine;
      scratch.allocate(engine.workers().count());
      frame.allocateOutputs();
    }

    /** The names of the inputs it reads, in order. */
    public List<Node> inputs() {
      return schedule.given().stream().filter(Run::isInput).toList();
    }

    private static boolean isInput(Node node) {
      return node.task() instanceof Task.Given(var leaf) && leaf.op() instanceof Op.Input;
    }

    public void set(Node input, Object array) {
      frame.set(input, array, 0);
    }

    public void seed(long seed) {
      frame.seed(seed);
    }

    public void run() {
      kernels.run();
    }

    /** Runs a few times and measures how long each kernel takes. */
    public void profile(int times) {
      kernels.measure(true);
      try {
        for (int i = 0; i < times; i++) {
          kernels.run();
        }
      } finally {
        kernels.measure(false);
      }
      profiled += times;
    }

    /** The kernels as a table, with their times if they were measured. */
    public String explain() {
      return new Explanation(kernels, profiled, engine, frame.scratch().ofBands()).toString();
    }

    public Array output(int i, Shape shape) {
      return frame.output(i, shape);
    }
  }
}
