package dev.cajal.bench.network;

import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import dev.cajal.tensor.Window;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two convolutions 3x3, each with relu and pooling 2x2, then two dense layers: x {@code [batch,
 * height, width, 1]}.
 */
public record Convolutional(Filters first, Filters second, Mlp classifier) implements Network {

  /** A convolution with bias: kernel {@code [3, 3, in, out]}, bias {@code [out]}. */
  record Filters(Parameter kernel, Parameter bias) {

    /** As PyTorch begins: uniform within ±1/√(inputs of a unit). */
    static Filters of(String name, int inputs, int outputs) {
      double bound = 1 / Math.sqrt(9 * inputs);
      return new Filters(
          Weights.uniform(name + ".kernel", bound, 3, 3, inputs, outputs),
          Weights.uniform(name + ".bias", bound, outputs));
    }

    Tensor apply(Tensor x) {
      Tensor y = x.conv(kernel.value(), Window.of(3, 3)).plus(bias.value());
      return y.relu().maxPool(Window.of(2, 2).stride(2));
    }
  }

  /** A network for square images of some pixels a side. */
  public static Convolutional of(int side, int channels, int hidden, int classes) {
    int pooled = ((side - 2) / 2 - 2) / 2;
    return new Convolutional(
        Filters.of("conv1", 1, channels),
        Filters.of("conv2", channels, 2 * channels),
        Mlp.of(Tensor::relu, pooled * pooled * 2 * channels, hidden, classes));
  }

  @Override
  public Tensor apply(Tensor x) {
    return classifier.apply(second.apply(first.apply(x)).flatten(1, 3));
  }

  @Override
  public List<Parameter> parameters() {
    Stream<Parameter> filters =
        Stream.of(first, second).flatMap(each -> Stream.of(each.kernel(), each.bias()));
    return Stream.concat(filters, classifier.parameters().stream()).toList();
  }
}
