package dev.cajal.engine;

import static java.util.Objects.requireNonNull;

import dev.cajal.compile.Loops;
import dev.cajal.compile.Simplify;
import dev.cajal.compile.Specialise;
import dev.cajal.compile.schedule.Node;
import dev.cajal.compile.schedule.Schedule;
import dev.cajal.engine.cpu.Compiled;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Outputs of an expression, and updates of parameters, compiled for this processor. Symbolic sizes
 * become numbers when inputs of a size are first seen; what was compiled for some sizes is kept for
 * the next run.
 *
 * <pre>{@code
 * Program step = Program.of(loss).updating(w, w.value().minus(Gradient.of(loss, w.value()).times(0.1)));
 * step.run(Bindings.of(x, batch));            // the loss; and w is changed
 * }</pre>
 *
 * <p>Programs are safe to share between threads, and runs without updates go on at the same time.
 * Runs that update parameters wait for each other. A run that fails, as for an index beyond its
 * axis, may have updated some of them.
 */
public final class Program {
  /** For how many different sizes what was compiled is kept. */
  private static final int KEPT = 16;

  private final List<Tensor> outputs;
  private final Map<Parameter, Tensor> updates;
  private final boolean training;
  private final int threads;
  private final Map<String, Tensor> inputs;
  private final Map<Map<String, Long>, Lazy> plans;
  private final ReentrantLock updating = new ReentrantLock();

  private Program(
      List<Tensor> outputs, Map<Parameter, Tensor> updates, boolean training, int threads) {
    this.outputs = List.copyOf(outputs);
    this.updates = new LinkedHashMap<>(updates);
    this.training = training;
    this.threads = threads;
    var all = new LinkedHashSet<>(outputs);
    all.addAll(updates.values());
    Graph graph = Graph.of(all);
    graph.requireDistinctInputs();
    this.inputs = new LinkedHashMap<>();
    for (Tensor input : graph.inputs()) {
      inputs.put(((Op.Input) input.op()).name(), input);
    }
    this.plans =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Map<String, Long>, Lazy> eldest) {
            return size() > KEPT;
          }
        };
  }

  /** A program that computes some outputs. */
  public static Program of(Tensor... outputs) {
    return of(List.of(outputs));
  }

  public static Program of(List<Tensor> outputs) {
    return new Program(outputs, Map.of(), false, Compiled.standardThreads());
  }

  /** The same program, which also sets a parameter at the end of each run. */
  public Program updating(Parameter parameter, Tensor value) {
    return updating(Map.of(parameter, value));
  }

  /** The same program, which also sets some parameters at the end of each run. */
  public Program updating(Map<Parameter, Tensor> more) {
    var all = new LinkedHashMap<>(updates);
    more.forEach((parameter, value) -> {
      // The mark's own check: shape and dtype fit.
      parameter.value().assigning(parameter, value);
      if (all.put(parameter, value) != null) {
        throw new IllegalArgumentException(
            "program: parameter %s is updated twice".formatted(parameter));
      }
    });
    return new Program(outputs, all, training, threads);
  }

  /** The same program for training runs, or for others: what {@link Tensor#training()} is. */
  public Program training(boolean isTraining) {
    return new Program(outputs, updates, isTraining, threads);
  }

  /** The same program on so many threads, the calling one included. */
  public Program threads(int count) {
    Compiled.requireThreads(count);
    return new Program(outputs, updates, training, count);
  }

  /** Runs with inputs by name; outputs in their order, each an array of its own. */
  public List<Array> run(Map<String, Array> named) {
    Bindings bindings = Bindings.none();
    for (var entry : named.entrySet()) {
      bindings = bindings.with(input(entry.getKey()), entry.getValue());
    }
    return run(bindings);
  }

  /** Runs with values for the inputs; outputs in their order, each an array of its own. */
  public List<Array> run(Bindings bindings) {
    bindings.values().keySet().forEach(this::requireInput);
    inputs.forEach((name, input) -> given(name, bindings.values().get(input)));
    Plan plan = plan(bindings.settle(), training || bindings.training());
    Run run = plan.take();
    try {
      inputs.forEach((name, input) -> run.set(name, given(name, bindings.values().get(input))));
      run.compiled.seed(bindings.seed());
      run(run);
      var results = new ArrayList<Array>();
      for (int i = 0; i < outputs.size(); i++) {
        results.add(run.output(i).copy());
      }
      return results;
    } finally {
      plan.giveBack(run);
    }
  }

  /**
   * The kernels that a run consists of, for the sizes it was last run with; of a program without
   * symbolic sizes also before it runs. See {@link Call#explain}, which can say how long they take.
   */
  public String explain() {
    Optional<Lazy> last;
    synchronized (plans) {
      last = plans.values().stream().reduce((_, later) -> later);
    }
    Plan plan = last.map(Lazy::get).orElseGet(() -> plan(Map.of(), training));
    Run run = plan.take();
    try {
      return run.compiled.explain();
    } finally {
      plan.giveBack(run);
    }
  }

  /**
   * A call that can be repeated without allocating anything, for one thread at a time; see {@link
   * Call}.
   */
  public Call call() {
    return new Call();
  }

  /**
   * Inputs and outputs that are used again: once it has run for some sizes, running it again
   * allocates nothing.
   *
   * <pre>{@code
   * Program.Call call = program.call().set("x", x);
   * for (…) {
   *   …                             // other numbers in x
   *   call.run();
   *   double loss = call.output(0).item();
   * }
   * }</pre>
   */
  public final class Call {
    /** For how many sizes a call keeps memory. */
    private static final int SIZES = 4;

    private final Map<String, Array> values = new LinkedHashMap<>();
    private final Map<String, Array> converted = new LinkedHashMap<>();
    private final Map<String, Long> sizes = new HashMap<>();
    private final Map<Plan, Run> runs = new LinkedHashMap<>(8, 0.75f, true);
    private @Nullable Run current;
    private long seed;

    private Call() {}

    /**
     * Gives an input its numbers: the array itself, which is read at each run. One of another dtype
     * than the input's is converted at each run.
     */
    public Call set(String name, Array value) {
      Tensor input = input(name);
      Array former = values.put(name, value);
      Run run = current;
      boolean isAlike =
          former != null && value.dtype() == former.dtype() && value.shape().equals(former.shape());
      if (run != null && isAlike) {
        run.set(name, value);
      } else {
        current = null;
      }
      if (value.dtype() != input.dtype()) {
        converted.put(name, value);
      } else {
        converted.remove(name);
      }
      return this;
    }

    /** A number for a symbol that no input settles. */
    public Call size(String symbol, long number) {
      sizes.put(symbol, number);
      current = null;
      return this;
    }

    /** What random numbers of the next runs depend on. */
    public Call seed(long newSeed) {
      seed = newSeed;
      return this;
    }

    /** Computes the outputs, and updates the parameters. */
    public void run() {
      Program.this.run(ready());
    }

    /** What runs now, with the numbers that its inputs have now. */
    private Run ready() {
      Run run = current;
      if (run == null) {
        run = prepare();
        current = run;
      } else if (!converted.isEmpty()) {
        // A run allocates nothing, not even for going through nothing.
        converted.forEach(run::set);
      }
      run.compiled.seed(seed);
      return run;
    }

    /** Runs it some times, and measures each kernel: see {@link #explain}. */
    public Call profile(int times) {
      if (times < 1) {
        throw new IllegalArgumentException(
            "program: nothing is measured in %d runs".formatted(times));
      }
      if (current == null) {
        run();
      }
      Run run = ready();
      updating.lock();
      try {
        run.compiled.profile(times);
      } finally {
        updating.unlock();
      }
      return this;
    }

    /**
     * The kernels that a run consists of, what each computes, how many floating point operations
     * and bytes it takes, where its result lies; and how long it took, if that was measured.
     */
    public String explain() {
      if (current == null) {
        current = prepare();
      }
      return requireNonNull(current).compiled.explain();
    }

    /** An output of the last run: an array that the next run overwrites. */
    public Array output(int i) {
      if (current == null) {
        throw new IllegalStateException("program: the call has not run with what it is given now");
      }
      return current.output(i);
    }

    private Run prepare() {
      Bindings bindings = new Bindings(Map.of(), sizes, 0, false);
      for (String name : inputs.keySet()) {
        bindings = bindings.with(input(name), given(name, values.get(name)));
      }
      Run run = runs.computeIfAbsent(plan(bindings.settle(), training), Run::new);
      if (runs.size() > SIZES) {
        runs.remove(runs.keySet().iterator().next());
      }
      values.forEach(run::set);
      return run;
    }
  }

  private static Array given(String name, @Nullable Array value) {
    if (value == null) {
      throw new IllegalArgumentException("program: no value is given for the input " + name);
    }
    return value;
  }

  private void run(Run run) {
    if (!run.plan.hasUpdates) {
      run.compiled.run();
      return;
    }
    updating.lock();
    try {
      run.compiled.run();
    } finally {
      updating.unlock();
    }
  }

  private Tensor input(String name) {
    Tensor input = inputs.get(name);
    if (input == null) {
      throw new IllegalArgumentException(
          "program: it has no input \"%s\"; it has %s"
              .formatted(name, inputs.isEmpty() ? "none" : String.join(", ", inputs.keySet())));
    }
    return input;
  }

  private void requireInput(Tensor node) {
    if (!inputs.containsValue(node)) {
      throw new IllegalArgumentException(
          "program: %s is given a value and is not one of its inputs; they are %s"
              .formatted(
                  node.brief(), inputs.isEmpty() ? "none" : String.join(", ", inputs.keySet())));
    }
  }

  /** What is compiled for some sizes. */
  private Plan plan(Map<String, Long> sizes, boolean isTraining) {
    Map<String, Long> key = new HashMap<>(sizes);
    // Not a symbol that anybody can write.
    key.put("", isTraining ? 1L : 0L);
    Lazy plan;
    synchronized (plans) {
      plan = plans.computeIfAbsent(key, _ -> new Lazy(sizes, isTraining));
    }
    return plan.get();
  }

  /** What is compiled when it is first asked for, while runs with other sizes go on. */
  private final class Lazy {
    private final Map<String, Long> sizes;
    private final boolean isTraining;
    private @Nullable Plan plan;

    Lazy(Map<String, Long> sizes, boolean isTraining) {
      this.sizes = sizes;
      this.isTraining = isTraining;
    }

    synchronized Plan get() {
      Plan its = plan;
      if (its == null) {
        its = new Plan(sizes, isTraining);
        plan = its;
      }
      return its;
    }
  }

  /** The program for some sizes, and the runs of it that nobody uses at the moment. */
  private final class Plan {
    private static final int SPARE = 32;
    private final Specialise bound;
    private final Compiled compiled;
    private final boolean hasUpdates;
    private final ArrayList<Run> spare = new ArrayList<>();

    Plan(Map<String, Long> sizes, boolean isTraining) {
      bound = Specialise.of(outputs, updates, sizes, isTraining);
      var all = new ArrayList<>(bound.outputs());
      var leaves = new ArrayList<Tensor>();
      bound
          .updates()
          .forEach((parameter, value) -> {
            leaves.add(parameter.value());
            all.add(value);
          });
      List<Tensor> simple = Simplify.of(Loops.of(Simplify.of(all)));
      Map<Tensor, Tensor> changes = new LinkedHashMap<>();
      for (int i = 0; i < leaves.size(); i++) {
        Tensor next = simple.get(outputs.size() + i);
        // What stays as it is, as running statistics do outside training, is no update.
        if (!next.equals(leaves.get(i))) {
          changes.put(leaves.get(i), next);
        }
      }
      hasUpdates = !changes.isEmpty();
      compiled =
          Compiled.of(Schedule.of(simple.subList(0, outputs.size()), changes, Map.of()), threads);
    }

    Run take() {
      synchronized (spare) {
        if (!spare.isEmpty()) {
          return spare.removeLast();
        }
      }
      return new Run(this);
    }

    void giveBack(Run run) {
      synchronized (spare) {
        if (spare.size() < SPARE) {
          spare.add(run);
        }
      }
    }
  }

  /** The memory of one run at a time, for some sizes. */
  private static final class Run {
    private final Plan plan;
    private final Compiled.Run compiled;
    private final Map<String, Node> nodes = new HashMap<>();
    private final List<Array> results = new ArrayList<>();

    Run(Plan plan) {
      this.plan = plan;
      this.compiled = plan.compiled.newRun();
      compiled.inputs().forEach(node -> nodes.put(node.name(), node));
      for (int i = 0; i < plan.bound.outputs().size(); i++) {
        results.add(compiled.output(i, plan.bound.outputs().get(i).shape()));
      }
    }

    void set(String name, Array value) {
      Node node = nodes.get(name);
      // An input that simplification found useless has none.
      if (node != null) {
        boolean fits = value.dtype() == node.dtype();
        compiled.set(node, fits ? value.data() : value.as(node.dtype(), value.shape()).data());
      }
    }

    Array output(int i) {
      return results.get(i);
    }
  }
}
