package dev.cajal.nn;

import dev.cajal.tensor.Tensor;
import java.util.List;

/**
 * Layers one after the other.
 *
 * <pre>{@code
 * Layer model = Sequential.of(
 *     new Conv2d(1, 32, 3, Activation.RELU), MaxPool.of(2, 2), new Flatten(), new Dense(6272, 10));
 * }</pre>
 */
public record Sequential(List<Layer> layers) implements Layer {

  public Sequential {
    layers = List.copyOf(layers);
  }

  public static Sequential of(Layer... layers) {
    return new Sequential(List.of(layers));
  }

  /** Dense layers of these sizes, with an activation between them. */
  public static Sequential ofSizes(Activation activation, int... sizes) {
    if (sizes.length < 2) {
      throw new IllegalArgumentException(
          "a network has at least two sizes, its inputs and outputs");
    }
    var layers = new Layer[sizes.length - 1];
    for (int i = 0; i < layers.length; i++) {
      boolean isLast = i == layers.length - 1;
      layers[i] = new Dense(sizes[i], sizes[i + 1], isLast ? Activation.IDENTITY : activation);
    }
    return of(layers);
  }

  @Override
  public Tensor apply(Tensor x) {
    Tensor y = x;
    for (Layer layer : layers) {
      y = layer.apply(y);
    }
    return y;
  }
}
