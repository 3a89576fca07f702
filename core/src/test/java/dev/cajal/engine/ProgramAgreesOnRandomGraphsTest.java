package dev.cajal.engine;

import dev.cajal.testing.Engine;
import dev.cajal.testing.Property;
import dev.cajal.testing.RandomGraph;
import org.junit.jupiter.api.Test;

/**
 * The engine against the reference interpreter on random expressions. Thousands of them: {@code
 * -Dcajal.tries=20000}; others: {@code -Dcajal.seed=1000000}.
 */
class ProgramAgreesOnRandomGraphsTest {

  /** A program that is compiled for the graph, on so many threads. */
  static Engine onThreads(int threads) {
    return (outputs, updates, bindings) ->
        Program.of(outputs).updating(updates).threads(threads).run(bindings);
  }

  @Test
  void everyNumberIsWithinTheBound() {
    Property.holds(
        2_500, choices -> RandomGraph.of(choices).check(onThreads(choices.between(1, 3))));
  }
}
