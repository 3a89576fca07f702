package dev.cajal.bench.network;

import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Recurrence;
import dev.cajal.tensor.Recurrence.Step;
import dev.cajal.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/**
 * A language model: tokens {@code [batch, time]} are embedded, run through an LSTM (Hochreiter and
 * Schmidhuber, 1997) and turned into logits {@code [batch, time, tokens]}.
 *
 * <pre>{@code
 * i, f, o = sigmoid(x·W + h·U + b),  g = tanh(x·W + h·U + b)      each with its own W, U and b
 * c′ = f ⊙ c + i ⊙ g,  h′ = o ⊙ tanh(c′)
 * }</pre>
 *
 * <p>The four W are one matrix {@code [4·hidden, inputs]}, in the order i, f, g, o, and so are the
 * U; each has a bias of its own, as in PyTorch.
 */
public record Lstm(Parameter embedding, Dense inputs, Dense states, Dense output)
    implements Network {

  /** As PyTorch begins: all weights of the LSTM uniform within {@code ±1/√hidden}. */
  public static Lstm of(int tokens, int width, int hidden) {
    double bound = 1 / Math.sqrt(hidden);
    return new Lstm(
        Weights.normal("embedding", tokens, width),
        new Dense(
            Weights.uniform("inputs.weight", bound, 4 * hidden, width),
            Weights.uniform("inputs.bias", bound, 4 * hidden)),
        new Dense(
            Weights.uniform("states.weight", bound, 4 * hidden, hidden),
            Weights.uniform("states.bias", bound, 4 * hidden)),
        Dense.of("output", hidden, tokens));
  }

  @Override
  public Tensor apply(Tensor x) {
    int hidden = Math.toIntExact(states.weight().shape().size(1).number());
    Tensor embedded = embedding.value().gather(0, x.transpose());
    Tensor none = Tensor.zeros(x.size(0), hidden);
    // What comes from the inputs is the same product for all steps, so it stands outside the loop.
    Recurrence.Result result =
        Recurrence.over(inputs.apply(embedded))
            .run(
                List.of(none, none),
                (before, now) -> {
                  Tensor gates = now.getFirst().plus(states.apply(before.getFirst()));
                  Tensor kept = gate(gates, 1, hidden).sigmoid().times(before.getLast());
                  Tensor candidate = gate(gates, 2, hidden).tanh();
                  Tensor cell = kept.plus(gate(gates, 0, hidden).sigmoid().times(candidate));
                  Tensor state = gate(gates, 3, hidden).sigmoid().times(cell.tanh());
                  return new Step(List.of(state, cell), List.of(state));
                });
    return output.apply(result.outputs().getFirst()).transpose(1, 0, 2);
  }

  private static Tensor gate(Tensor gates, int number, int hidden) {
    return gates.slice(-1, (long) number * hidden, (number + 1L) * hidden);
  }

  @Override
  public List<Parameter> parameters() {
    return Stream.of(
            Stream.of(embedding),
            inputs.parameters().stream(),
            states.parameters().stream(),
            output.parameters().stream())
        .flatMap(each -> each)
        .toList();
  }
}
