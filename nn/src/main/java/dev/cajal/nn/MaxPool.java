package dev.cajal.nn;

import dev.cajal.tensor.Tensor;
import dev.cajal.tensor.Window;

/** The largest in each window of x {@code [batch, spatial…, channels]}. */
public record MaxPool(Window window) implements Layer {

  /** Windows side by side. */
  public static MaxPool of(int... sizes) {
    return new MaxPool(Window.of(sizes).stride(sizes));
  }

  @Override
  public Tensor apply(Tensor x) {
    return x.maxPool(window);
  }
}
