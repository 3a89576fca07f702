package dev.cajal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.autodiff.Gradient;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Choices;
import dev.cajal.testing.Engine;
import dev.cajal.testing.Property;
import dev.cajal.testing.RandomGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The same bits, however often, on however many threads and for whatever sizes before. */
class ProgramAgreesWithItselfTest {
  private static final int CALLERS = 4;

  private static Program program(RandomGraph graph) {
    return Program.of(graph.outputs()).updating(graph.updates());
  }

  /** An engine that has one program and no other. */
  private static Engine always(Program program) {
    return (_, _, bindings) -> program.run(bindings);
  }

  @Test
  void theBitsAreTheSameOnOneTwoAndThreeThreads() {
    Property.holds(
        50,
        choices -> {
          RandomGraph graph = RandomGraph.of(choices);
          List<Array> alone = graph.run(always(program(graph).threads(1)));
          for (int threads = 2; threads <= 3; threads++) {
            List<Array> together = graph.run(always(program(graph).threads(threads)));
            assertThat(together).as("%d threads: %s", threads, graph).isEqualTo(alone);
          }
        });
  }

  /** Builds something under a setting of when vector code runs. */
  static <T> T with(String vectors, Supplier<T> made) {
    String before = System.setProperty("cajal.vectors", vectors);
    try {
      return made.get();
    } finally {
      System.setProperty("cajal.vectors", before == null ? "" : before);
    }
  }

  @Test
  void plainCodeGivesTheBitsOfVectors() {
    Property.holds(
        120,
        choices -> {
          RandomGraph graph = RandomGraph.of(choices);
          List<Array> now = graph.run(always(program(graph)));
          List<Array> plain = with("later", () -> graph.run(always(program(graph))));
          assertThat(plain).as("%s", graph).isEqualTo(now);
        });
  }

  @Test
  void theBitsStayTheSameWhileVectorsWarmUp() {
    Tensor x = Tensor.input("x", 30, 50);
    Parameter w = Parameter.of("w", sines(50, 40));
    Tensor loss = x.matmul(w.value()).tanh().softmax(-1).square().sum();
    Program warming =
        Program.of(loss).updating(w, w.value().minus(Gradient.of(loss, w.value()).times(1e-3)));
    Program.Call call = with("", warming::call).set("x", sines(30, 50));
    call.run();
    float first = (float) call.output(0).item();
    long end = System.nanoTime() + 1_500_000_000L;
    while (System.nanoTime() < end) {
      w.set(sines(50, 40));
      call.run();
      assertThat((float) call.output(0).item()).isEqualTo(first);
    }
  }

  private static Array sines(int... sizes) {
    var numbers = new float[sizes[0] * sizes[1]];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) Math.sin(i);
    }
    return Array.of(numbers, sizes);
  }

  @Test
  void theBitsAreTheSameInEveryRun() {
    Property.holds(
        80,
        choices -> {
          RandomGraph graph = RandomGraph.of(choices);
          Program program = program(graph);
          List<Array> first = graph.run(always(program));
          for (int run = 2; run <= 4; run++) {
            assertThat(graph.run(always(program))).as("run %d: %s", run, graph).isEqualTo(first);
          }
        });
  }

  @Test
  void aCallGivesTheBitsOfARun() {
    Property.holds(
        80,
        choices -> {
          RandomGraph graph = RandomGraph.of(choices);
          Bindings bindings = graph.bindings();
          Set<String> settled =
              new Bindings(bindings.values(), Map.of(), 0, false).settle().keySet();
          if (settled.containsAll(bindings.sizes().keySet())) {
            List<Array> once = graph.run(always(program(graph)));
            Program.Call call = program(graph).training(bindings.training()).call();
            for (int run = 1; run <= 3; run++) {
              assertThat(graph.run(through(call))).as("run %d: %s", run, graph).isEqualTo(once);
            }
          }
        });
  }

  /** An engine that uses the same call each time. */
  private static Engine through(Program.Call call) {
    return (outputs, _, bindings) -> {
      bindings.values().forEach((input, value) -> call.set(input.name().orElseThrow(), value));
      call.seed(bindings.seed()).run();
      return IntStream.range(0, outputs.size()).mapToObj(i -> call.output(i).copy()).toList();
    };
  }

  @Test
  void oneProgramServesManySizes() {
    Property.holds(
        80,
        choices -> {
          RandomGraph graph = RandomGraph.of(choices);
          if (!graph.bindings().settle().isEmpty()) {
            Engine engine = always(program(graph));
            graph.check(engine);
            others(graph, choices).forEach(other -> other.check(engine));
            graph.check(engine);
          }
        });
  }

  /** The same graph for larger sizes of its symbols. */
  private static List<RandomGraph> others(RandomGraph graph, Choices choices) {
    var others = new ArrayList<RandomGraph>();
    for (int i = 0; i < 3; i++) {
      Map<String, Long> sizes = new HashMap<>(graph.bindings().settle());
      sizes.replaceAll((_, size) -> size + choices.between(0, 9));
      others.add(graph.resized(sizes));
    }
    return others;
  }

  @Test
  void callersAtTheSameTimeGetWhatEachGetsAlone() {
    try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      Property.holds(40, choices -> callTogether(RandomGraph.of(choices), choices, callers));
    }
  }

  private static void callTogether(RandomGraph graph, Choices choices, ExecutorService callers) {
    if (!graph.isPure()) {
      return;
    }
    Engine engine = always(program(graph));
    List<RandomGraph> asked = new ArrayList<>(List.of(graph));
    asked.addAll(others(graph, choices));
    List<List<Array>> alone = asked.stream().map(one -> one.run(engine)).toList();
    List<Callable<List<Array>>> calls = new ArrayList<>();
    for (int i = 0; i < 3 * asked.size(); i++) {
      RandomGraph one = asked.get(i % asked.size());
      calls.add(() -> one.run(engine));
    }
    List<List<Array>> together = all(callers, calls);
    for (int i = 0; i < together.size(); i++) {
      assertThat(together.get(i)).as("%s", graph).isEqualTo(alone.get(i % asked.size()));
    }
  }

  private static <T> List<T> all(ExecutorService callers, List<Callable<T>> calls) {
    try {
      var results = new ArrayList<T>();
      for (Future<T> call : callers.invokeAll(calls)) {
        results.add(call.get());
      }
      return results;
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
