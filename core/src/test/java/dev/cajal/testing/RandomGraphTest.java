package dev.cajal.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Tensor;
import dev.cajal.tensor.Unary;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whether random graphs would find a wrong engine, and let a right one pass. */
class RandomGraphTest {
  private static final int GRAPHS = 100;
  private static final List<RandomGraph> ALL =
      LongStream.rangeClosed(1, GRAPHS).mapToObj(RandomGraphTest::graph).toList();

  private static RandomGraph graph(long seed) {
    return RandomGraph.of(new Choices(seed, Choices.LARGEST));
  }

  private static Stream<RandomGraph> graphs() {
    return ALL.stream();
  }

  // What is generated.

  @Test
  void everyOperationOccurs() {
    Set<String> wanted =
        Arrays.stream(Op.class.getPermittedSubclasses())
            .map(Class::getSimpleName)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> found = new TreeSet<>();
    for (long seed = 1; !found.containsAll(wanted) && seed < 10 * GRAPHS; seed++) {
      for (Tensor node : graph(seed).graph().nodes()) {
        found.add(node.op().getClass().getSimpleName());
      }
    }

    assertThat(found).isEqualTo(wanted);
  }

  @Test
  void theSameSeedMakesTheSameGraph() {
    assertThat(graph(7)).hasToString(graph(7).toString());
  }

  @Test
  void aboutHalfHaveGradientsAndSomeHaveUpdatesAndSymbols() {
    List<RandomGraph> all = graphs().toList();

    assertThat(all.stream().filter(graph -> graph.outputs().size() > 4).count())
        .isGreaterThan(GRAPHS / 10);
    assertThat(all.stream().filter(graph -> !graph.isPure()).count()).isGreaterThan(GRAPHS / 10);
    assertThat(all.stream().filter(graph -> !graph.bindings().sizes().isEmpty()).count())
        .isGreaterThan(GRAPHS / 10);
  }

  // What is accepted.

  @Test
  void fewNumbersAreUndecided() {
    RandomGraph.Tally tally =
        graphs()
            .map(RandomGraph::tally)
            .reduce(new RandomGraph.Tally(0, 0), RandomGraph.Tally::plus);

    assertThat(tally.numbers()).isGreaterThan(100 * GRAPHS);
    assertThat(tally.undecidedShare()).isLessThan(0.01);
  }

  @TestFactory
  Stream<DynamicTest> anHonestEngineIsAccepted() {
    return Stream.of(
        honest("that rounds each result", _ -> PlainEngines.rounding()),
        honest("that is off by as much as it may be", PlainEngines::sloppy),
        honest("that adds forwards in f32", _ -> PlainEngines.adding(false)),
        honest("that adds backwards in f32", _ -> PlainEngines.adding(true)));
  }

  private static DynamicTest honest(String name, LongFunction<Engine> engine) {
    return dynamicTest(
        name,
        () -> {
          for (int i = 0; i < GRAPHS; i++) {
            ALL.get(i).check(engine.apply(i));
          }
        });
  }

  // What is refused.

  @TestFactory
  Stream<DynamicTest> aBrokenEngineIsRefused() {
    return Arrays.stream(BrokenEngine.values())
        .map(each -> dynamicTest(each.name(), () -> requireRefused(each)));
  }

  /** A mistake that changes an output so that one would see it must be found. */
  private static void requireRefused(BrokenEngine broken) {
    int seen = 0;
    int refused = 0;
    for (int i = 0; i < GRAPHS; i++) {
      RandomGraph graph = ALL.get(i);
      Optional<Engine> engine = somewhere(broken, graph, new Choices(i, Choices.LARGEST));
      if (engine.isPresent() && isSeen(graph, engine.get())) {
        seen++;
        refused += graph.mistake(engine.get()).isPresent() ? 1 : 0;
      }
    }

    assertThat(seen).isGreaterThan(GRAPHS / 10);
    // A few only change how numbers are rounded, such as what is subtracted before a softmax.
    assertThat(refused).isGreaterThanOrEqualTo(seen * 19 / 20);
  }

  private static Optional<Engine> somewhere(
      BrokenEngine broken, RandomGraph graph, Choices choices) {
    List<Tensor> nodes = graph.graph().nodes();
    return IntStream.of(choices.order(nodes.size()))
        .mapToObj(i -> broken.at(nodes.get(i)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static boolean isSeen(RandomGraph graph, Engine broken) {
    List<Array> right = graph.run(PlainEngines.rounding());
    List<Array> wrong = graph.run(broken);
    for (int i = 0; i < right.size(); i++) {
      double[] expected = right.get(i).toDoubles();
      double[] found = wrong.get(i).toDoubles();
      double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
      for (int at = 0; at < expected.length; at++) {
        if (Math.abs(expected[at] - found[at]) > 1e-3 * scale) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void anUpdateThatIsNotWrittenIsFound() {
    RandomGraph graph =
        graphs().filter(each -> !each.updates().isEmpty()).findFirst().orElseThrow();
    Engine forgetful =
        (outputs, _, bindings) -> PlainEngines.rounding().run(outputs, Map.of(), bindings);

    assertThatThrownBy(() -> graph.check(forgetful)).hasMessageContaining("new ");
  }

  @Test
  void aParameterThatIsWrittenToByMistakeIsFound() {
    RandomGraph graph =
        graphs()
            .filter(each -> each.isPure() && !each.parameters().isEmpty())
            .findFirst()
            .orElseThrow();
    Engine careless =
        (outputs, updates, bindings) -> {
          List<Array> results = PlainEngines.rounding().run(outputs, updates, bindings);
          graph.parameters().forEach(each -> Arrays.fill((float[]) each.array().data(), 7));
          return results;
        };

    assertThat(graph.mistake(careless)).isPresent();
  }

  @Test
  void aFailingGraphIsMadeSmall() {
    Engine withoutTanh =
        new PlainEngine((node, in, exact, _) ->
            node.op() instanceof Op.Map1(var f) && f == Unary.TANH
                ? in.getFirst().toDoubles()
                : exact);
    Set<Integer> sizes = new HashSet<>();
    for (RandomGraph graph : ALL.subList(0, 40)) {
      boolean hasLoop = graph.graph().nodes().stream().anyMatch(x -> x.op() instanceof Op.Scan);
      if (!hasLoop && graph.mistake(withoutTanh).isPresent()) {
        RandomGraph small =
            RandomGraphShrinking.of(graph, each -> each.mistake(withoutTanh).isPresent());
        sizes.add(Graph.of(small.roots()).nodes().size());
      }
    }

    // The function and an input.
    assertThat(sizes).isNotEmpty().allMatch(size -> size <= 2);
  }
}
