package dev.cajal.engine;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.cajal.autodiff.CatalogueGraphs;
import dev.cajal.testing.Choices;
import dev.cajal.testing.Engine;
import dev.cajal.testing.Property;
import dev.cajal.testing.RandomGraph;
import dev.cajal.testing.SinglePrecision;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The engine against the reference interpreter on each operation and each function that is composed
 * of them, with its gradients, on random shapes and numbers.
 */
class ProgramAgreesOnEveryOpTest {
  private static final int TRIES = 4;
  private static final Engine ENGINE = ProgramAgreesOnRandomGraphsTest.onThreads(1);

  @TestFactory
  Stream<DynamicTest> inSinglePrecision() {
    return each(graph -> SinglePrecision.of(graph));
  }

  @TestFactory
  Stream<DynamicTest> inDoublePrecision() {
    return each(graph -> graph);
  }

  private static Stream<DynamicTest> each(Function<RandomGraph, RandomGraph> precision) {
    return CatalogueGraphs.all()
        .map(each ->
            dynamicTest(
                each.name(),
                () -> Property.holds(TRIES, choices -> check(each, choices, precision))));
  }

  private static void check(
      CatalogueGraphs each, Choices choices, Function<RandomGraph, RandomGraph> precision) {
    precision.apply(each.graph().apply(choices)).check(ENGINE);
  }
}
