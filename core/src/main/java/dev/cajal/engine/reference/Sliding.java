package dev.cajal.engine.reference;

import dev.cajal.tensor.Window;
import java.util.Arrays;

/**
 * The matrix product, and the operations with windows: convolution, its two adjoints, and pooling.
 */
final class Sliding {
  private Sliding() {}

  static Block matmul(Block x, Block y, int[] sizes) {
    int rank = sizes.length;
    int inner = x.sizes()[rank - 1];
    return Block.of(
        sizes,
        index -> {
          int[] left = index.clone();
          int[] right = index.clone();
          double sum = 0;
          for (int k = 0; k < inner; k++) {
            left[rank - 1] = k;
            right[rank - 2] = k;
            sum += x.get(left) * y.get(right);
          }
          return sum;
        });
  }

  /**
   * What is done for each product that a convolution sums: the indices in x, in the kernel and in
   * y.
   */
  private interface Product {
    void visit(int[] x, int[] kernel, int[] y);
  }

  static Block conv(Window window, int groups, Block x, Block kernel, int[] sizes) {
    Block y = Block.zeros(sizes);
    products(
        window,
        groups,
        x.sizes(),
        kernel.sizes(),
        sizes,
        (in, weight, out) -> y.add(x.get(in) * kernel.get(weight), out));
    return y;
  }

  static Block convTranspose(Window window, int groups, Block y, Block kernel, int[] sizes) {
    Block x = Block.zeros(sizes);
    products(
        window,
        groups,
        sizes,
        kernel.sizes(),
        y.sizes(),
        (in, weight, out) -> x.add(y.get(out) * kernel.get(weight), in));
    return x;
  }

  static Block convKernel(Window window, int groups, Block x, Block y, int[] sizes) {
    Block kernel = Block.zeros(sizes);
    products(
        window,
        groups,
        x.sizes(),
        sizes,
        y.sizes(),
        (in, weight, out) -> kernel.add(x.get(in) * y.get(out), weight));
    return kernel;
  }

  private static void products(
      Window window, int groups, int[] x, int[] kernel, int[] y, Product product) {
    int channel = y.length - 1;
    int outputs = kernel[channel] / groups;
    var in = new int[x.length];
    Block.forEach(
        y,
        out ->
            Block.forEach(
                Arrays.copyOf(kernel, channel),
                tap -> {
                  in[0] = out[0];
                  int group = out[channel] / outputs;
                  in[channel] = group * kernel[channel - 1] + tap[channel - 1];
                  if (isInside(window, out, tap, x, in)) {
                    int[] weight = Arrays.copyOf(tap, channel + 1);
                    weight[channel] = out[channel];
                    product.visit(in, weight, out);
                  }
                }));
  }

  /**
   * Puts the spatial index that a window's element falls on into {@code in}; false where that is
   * padding.
   */
  private static boolean isInside(Window window, int[] out, int[] tap, int[] x, int[] in) {
    boolean inside = true;
    for (int axis = 1; axis <= window.rank(); axis++) {
      Window.Extent extent = window.axes().get(axis - 1);
      in[axis] = out[axis] * extent.stride() + tap[axis - 1] * extent.dilation() - extent.before();
      inside &= in[axis] >= 0 && in[axis] < x[axis];
    }
    return inside;
  }

  static Block argMaxPool(Window window, Block x, int[] sizes) {
    int[] taps = window.axes().stream().mapToInt(Window.Extent::size).toArray();
    var in = new int[sizes.length];
    return Block.of(
        sizes,
        out -> {
          int[] best = {-1};
          in[0] = out[0];
          in[sizes.length - 1] = out[sizes.length - 1];
          Block.forEach(
              taps,
              tap -> {
                if (isInside(window, out, tap, x.sizes(), in)) {
                  int position = x.position(in);
                  boolean larger =
                      best[0] < 0 || Reducing.isLarger(x.values()[position], x.values()[best[0]]);
                  best[0] = larger ? position : best[0];
                }
              });
          if (best[0] < 0) {
            throw new IllegalArgumentException(
                "maxPool: the %s at %s lies in padding alone"
                    .formatted(window, Arrays.toString(out)));
          }
          return best[0];
        });
  }
}
