package dev.cajal.bench.network;

import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Dense layers with an activation between them. */
public record Mlp(List<Dense> layers, UnaryOperator<Tensor> activation) implements Network {

  /** A network of so many inputs, hidden units and outputs. */
  public static Mlp of(UnaryOperator<Tensor> activation, int... sizes) {
    return new Mlp(
        IntStream.range(1, sizes.length)
            .mapToObj(i -> Dense.of("dense" + i, sizes[i - 1], sizes[i]))
            .toList(),
        activation);
  }

  @Override
  public Tensor apply(Tensor x) {
    Tensor y = layers.getFirst().apply(x);
    for (Dense layer : layers.subList(1, layers.size())) {
      y = layer.apply(activation.apply(y));
    }
    return y;
  }

  @Override
  public List<Parameter> parameters() {
    return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
  }
}
