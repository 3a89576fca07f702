package dev.cajal.engine;

import dev.cajal.autodiff.Gradient;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Recurrence;
import dev.cajal.tensor.Recurrence.Step;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Choices;
import dev.cajal.testing.Property;
import dev.cajal.testing.RandomGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Recurrent networks of all proportions and their gradients: with one gate or with four, of whose
 * slices the gradient is put together again; with weights that stand either way, packed once for
 * all steps or not at all.
 */
class ProgramAgreesOnLoopsTest {
  private static final int LONGEST = 40;

  @Test
  void recurrentNetworksAndTheirGradients() {
    Property.holds(30, ProgramAgreesOnLoopsTest::check);
  }

  private static void check(Choices choices) {
    int steps = choices.between(1, 4);
    int batch = choices.between(1, LONGEST);
    int hidden = choices.between(1, LONGEST);
    int gates = choices.oneIn(2) ? 4 : 1;
    boolean turned = choices.oneIn(2);
    Tensor xs = Tensor.input("xs", steps, batch, gates * hidden);
    Tensor w =
        turned
            ? Tensor.input("w", gates * hidden, hidden)
            : Tensor.input("w", hidden, gates * hidden);
    Tensor none = Tensor.zeros(batch, hidden);
    Tensor states =
        Recurrence.over(xs)
            .run(
                List.of(none, none),
                (before, now) -> {
                  Tensor product = before.getFirst().matmul(turned ? w.transpose() : w);
                  Tensor sums = now.getFirst().plus(product.times(0.1));
                  Tensor cell = gates == 1 ? sums.tanh() : cell(choices, sums, before, hidden);
                  return new Step(List.of(cell, cell.times(0.5)), List.of(cell));
                })
            .outputs()
            .getFirst();
    var outputs = new ArrayList<>(List.of(states));
    if (choices.oneIn(2)) {
      outputs.addAll(Gradient.of(states.sum(), w, xs));
    }
    Bindings bindings = Bindings.none().with(xs, choices.numbers(xs)).with(w, choices.numbers(w));
    new RandomGraph(outputs, Map.of(), bindings)
        .check(ProgramAgreesOnRandomGraphsTest.onThreads(choices.between(1, 3)));
  }

  /** Of gates in any order. */
  private static Tensor cell(Choices choices, Tensor sums, List<Tensor> before, int hidden) {
    int turn = choices.between(0, 3);
    Tensor kept = gate(sums, turn, hidden).sigmoid().times(before.getFirst());
    Tensor taken = gate(sums, 1 + turn, hidden).tanh().times(gate(sums, 3 + turn, hidden));
    return kept.plus(taken).plus(gate(sums, 2 + turn, hidden).times(0.5));
  }

  private static Tensor gate(Tensor sums, int number, int hidden) {
    long start = (long) number % 4 * hidden;
    return sums.slice(-1, start, start + hidden);
  }
}
