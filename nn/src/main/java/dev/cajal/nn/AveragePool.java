package dev.cajal.nn;

import dev.cajal.tensor.Tensor;
import dev.cajal.tensor.Window;

/**
 * The mean of each window of x {@code [batch, spatial…, channels]}; padding does not count, and no
 * window may lie in it alone.
 */
public record AveragePool(Window window) implements Layer {

  /** Windows side by side. */
  public static AveragePool of(int... sizes) {
    return new AveragePool(Window.of(sizes).stride(sizes));
  }

  @Override
  public Tensor apply(Tensor x) {
    boolean isPadded =
        window.axes().stream().anyMatch(extent -> extent.before() > 0 || extent.after() > 0);
    return isPadded ? x.averagePoolInside(window) : x.averagePool(window);
  }
}
