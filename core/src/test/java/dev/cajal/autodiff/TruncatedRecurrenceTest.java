package dev.cajal.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.engine.reference.Reference;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Recurrence;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Numbers;
import dev.cajal.testing.Property;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Truncated back-propagation through time against loops unrolled by hand. */
class TruncatedRecurrenceTest {
  private static final int STEPS = 7;

  private final Tensor xs = Numbers.input("xs", STEPS, 2);
  private final Tensor h0 = Numbers.input("h0", 2);
  private final Tensor w = Numbers.input("w", 2, 2);

  private final Bindings point =
      Bindings.of(xs, 0.3, -0.2, 0.5, 0.1, -0.7, 0.9, 0.4, -0.6, 0.8, 0.2, -0.1, 0.35, 0.6, -0.45)
          .with(h0, 0.25, -0.5)
          .with(w, 0.9, -0.4, 0.3, 0.7);

  private Tensor step(Tensor h, Tensor x) {
    return h.matmul(w).plus(x).tanh();
  }

  /**
   * The states, the gradient stopped before every piece, step by step; {@code order} says which
   * first.
   */
  private Tensor unrolled(int length, boolean backward) {
    List<Tensor> states = new ArrayList<>();
    Tensor h = h0;
    for (int done = 0; done < STEPS; done++) {
      boolean begins = done > 0 && done % length == 0;
      h = step(begins ? h.stopGradient() : h, xs.at(0, backward ? STEPS - 1 - done : done));
      states.add(h);
    }
    List<Tensor> inPlace = backward ? states.reversed() : states;
    return Tensor.stack(0, inPlace.toArray(Tensor[]::new));
  }

  private List<Array> gradients(Tensor states) {
    Tensor loss = states.times(states).times(Numbers.constant(1, 2)).sum();
    List<Tensor> gradients = Gradient.of(loss, xs, h0, w);
    var evaluation = Reference.run(gradients, point);
    return gradients.stream().map(evaluation::value).toList();
  }

  private void assertSame(Tensor states, Tensor expected) {
    List<Array> found = gradients(states);
    List<Array> wanted = gradients(expected);
    for (int i = 0; i < wanted.size(); i++) {
      Numbers.assertClose("gradient " + i, found.get(i), wanted.get(i), 1e-13);
    }
  }

  @Test
  void theGradientIsThatOfPiecesWithStoppedGradients() {
    for (int length = 1; length <= STEPS + 1; length++) {
      assertSame(
          Recurrence.over(xs).truncated(length).states(h0, this::step), unrolled(length, false));
    }
  }

  @Test
  void backwardLoopsAreCutFromTheirOwnBeginning() {
    for (int length = 1; length <= STEPS + 1; length++) {
      assertSame(
          Recurrence.over(xs).truncated(length).backward().states(h0, this::step),
          unrolled(length, true));
    }
  }

  @Test
  void theOrderOfTruncatedAndBackwardDoesNotMatter() {
    assertSame(
        Recurrence.over(xs).backward().truncated(3).states(h0, this::step), unrolled(3, true));
  }

  @Test
  void theValuesAreThoseOfTheWholeLoop() {
    Tensor cut = Recurrence.over(xs).truncated(2).states(h0, this::step);
    Tensor whole = Recurrence.over(xs).states(h0, this::step);

    assertThat(Reference.evaluate(cut, point)).isEqualTo(Reference.evaluate(whole, point));
  }

  @Test
  void cuttingChangesTheGradient() {
    Tensor cut = Recurrence.over(xs).truncated(2).states(h0, this::step);
    Tensor whole = Recurrence.over(xs).states(h0, this::step);

    assertThat(gradients(cut)).isNotEqualTo(gradients(whole));
  }

  @Test
  void theBeginningGetsAGradientFromTheFirstPieceOnly() {
    Tensor states = Recurrence.over(xs).truncated(2).states(h0, this::step);

    Tensor late = states.slice(0, 2, STEPS).sum();

    assertThat(Numbers.of(Gradient.of(late, h0), point)).containsOnly(0);
  }

  @Test
  void severalCarriesAreAllCut() {
    Tensor ones = Numbers.constant(1, 1, 1, 1);
    Property.holds(
        4,
        choices -> {
          int length = choices.between(1, 4);
          Tensor a = Numbers.input("a");
          Tensor b = Numbers.input("b");
          var last =
              Recurrence.over(ones)
                  .truncated(length)
                  .run(
                      List.of(a, b),
                      (h, x) ->
                          new Recurrence.Step(
                              List.of(h.getLast().times(x.getFirst()), h.getFirst()), List.of()))
                  .last();
          double[] slope =
              Numbers.of(
                  Gradient.of(last.getFirst().plus(last.getLast()), a),
                  Bindings.of(a, 2).with(b, 3));
          assertThat(slope).containsExactly(length < 4 ? 0 : 1);
        });
  }

  @Test
  void piecesNeedAStep() {
    assertThatThrownBy(() -> Recurrence.over(xs).truncated(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("recurrence: pieces of 0 steps are too short");
  }
}
