package dev.cajal.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.tensor.Recurrence;
import dev.cajal.tensor.Recurrence.Step;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Golden;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Elman's network, LSTM and GRU with PyTorch's weights, and their gradients through time. */
class RecurrentGoldenTest {
  private static final double TOLERANCE = 1e-14;

  static List<Golden> cases() {
    return Golden.cases("rnn.json");
  }

  @Test
  void thereAreAsManyCasesAsWereMade() {
    assertThat(cases()).hasSize(6);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theStatesAndTheirGradientsAreThoseOfPyTorch(Golden golden) {
    golden.assertSame(new Network(golden).run().outputs().getFirst(), TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theLastStateIsThatOfPyTorch(Golden golden) {
    golden.assertOutput("hT", new Network(golden).run().last().getFirst(), TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theLastCellIsThatOfPyTorch(Golden golden) {
    if (golden.hasInput("c0")) {
      golden.assertOutput("cT", new Network(golden).run().last().getLast(), TOLERANCE);
    } else {
      assertThat(golden.group("outputs")).doesNotContainKey("cT");
    }
  }

  /** A network over a case's weights, {@code [gates·hidden, inputs]}. */
  private record Network(Golden golden) {

    Recurrence.Result run() {
      Tensor h0 = golden.input("h0");
      List<Tensor> initial = golden.hasInput("c0") ? List.of(h0, golden.input("c0")) : List.of(h0);
      return Recurrence.over(golden.input("x"))
          .run(
              initial,
              (before, now) -> {
                List<Tensor> next = step(now.getFirst(), before);
                return new Step(next, List.of(next.getFirst()));
              });
    }

    private List<Tensor> step(Tensor x, List<Tensor> before) {
      Tensor h = before.getFirst();
      Tensor fromInput =
          x.matmul(golden.input("weightIh").transpose()).plus(golden.input("biasIh"));
      Tensor fromState =
          h.matmul(golden.input("weightHh").transpose()).plus(golden.input("biasHh"));
      return switch (golden.options().get("kind").asString()) {
        case "Elman" -> List.of(fromInput.plus(fromState).tanh());
        case "LSTM" -> lstm(fromInput.plus(fromState), before.getLast());
        case "GRU" -> List.of(gru(fromInput, fromState, h));
        default -> throw new AssertionError(golden);
      };
    }

    private static List<Tensor> lstm(Tensor gates, Tensor cell) {
      Tensor kept = block(gates, 1, 4).sigmoid().times(cell);
      Tensor added = block(gates, 0, 4).sigmoid().times(block(gates, 2, 4).tanh());
      Tensor next = kept.plus(added);
      return List.of(block(gates, 3, 4).sigmoid().times(next.tanh()), next);
    }

    private static Tensor gru(Tensor fromInput, Tensor fromState, Tensor h) {
      Tensor r = block(fromInput, 0, 3).plus(block(fromState, 0, 3)).sigmoid();
      Tensor z = block(fromInput, 1, 3).plus(block(fromState, 1, 3)).sigmoid();
      Tensor n = block(fromInput, 2, 3).plus(r.times(block(fromState, 2, 3))).tanh();
      return z.negated().plus(1).times(n).plus(z.times(h));
    }

    private static Tensor block(Tensor gates, int block, int blocks) {
      long hidden = gates.size(-1).number() / blocks;
      return gates.slice(-1, block * hidden, (block + 1) * hidden);
    }
  }
}
