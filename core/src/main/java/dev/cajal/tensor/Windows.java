package dev.cajal.tensor;

import static dev.cajal.tensor.Complaint.require;

import java.util.ArrayList;
import java.util.List;

/**
 * Windows that slide over {@code [batch, spatial…, channels]}: convolution and pooling in one
 * dimension or more.
 */
public sealed interface Windows permits Tensor {

  private Tensor x() {
    return (Tensor) this;
  }

  /**
   * The convolution with a kernel {@code [window…, in, out]}, as networks have it: the kernel is
   * not flipped.
   *
   * <pre>{@code y[b, i, o] = Σ_k Σ_c x[b, stride·i + dilation·k - before, c] · kernel[k, c, o]}
   * </pre>
   */
  default Tensor conv(Tensor kernel, Window window) {
    return conv(kernel, window, 1);
  }

  /**
   * A convolution in groups: the channels are divided into equal blocks, and each block of outputs
   * sees its own block of inputs alone. The kernel is {@code [window…, in/groups, out]}; as many
   * groups as inputs make it depthwise.
   */
  default Tensor conv(Tensor kernel, Window window, int groups) {
    return Tensor.of(new Op.Conv(window, groups), x(), kernel);
  }

  /**
   * The transposed convolution: what is the gradient of a {@link #conv} to its input, used forward
   * to enlarge. x has the kernel's last axis as channels, {@code [window…, out/groups, in]}; the
   * result is the smallest that a convolution with the window takes to the size of x.
   */
  default Tensor convTranspose(Tensor kernel, Window window, int groups) {
    require(
        x().rank() == window.rank() + 2,
        "convTranspose",
        () -> "%s needs %d axes for a %s".formatted(x().brief(), window.rank() + 2, window));
    var sizes = new ArrayList<Size>();
    for (int i = 0; i < window.rank(); i++) {
      Size windows = x().size(i + 1);
      sizes.add(
          window
              .axes()
              .get(i)
              .covered(windows)
              .orElseThrow(() ->
                  Complaint.of(
                      "convTranspose",
                      "%s windows of a %s cover no nameable size: give the sizes of the result"
                          .formatted(windows, window))));
    }
    return convTranspose(kernel, window, groups, sizes);
  }

  /** As above, with the spatial sizes of the result, of which a stride leaves several possible. */
  default Tensor convTranspose(Tensor kernel, Window window, int groups, List<Size> sizes) {
    return Tensor.of(new Op.ConvTranspose(window, groups, List.copyOf(sizes)), x(), kernel);
  }

  /**
   * The largest in each window; the gradient goes to the first of equal ones. Padding is never the
   * largest.
   */
  default Tensor maxPool(Window window) {
    Tensor positions = Tensor.of(new Op.ArgMaxPool(window), x());
    return x().flatten().gather(0, positions);
  }

  /** The mean of each window, its padding counted as zeros. */
  default Tensor averagePool(Window window) {
    long elements =
        window.axes().stream().mapToLong(Window.Extent::size).reduce(1, (a, b) -> a * b);
    return windowSum(x(), window).over((double) elements);
  }

  /** The mean of each window over what lies in x, its padding not counted. */
  default Tensor averagePoolInside(Window window) {
    Tensor sum = windowSum(x(), window);
    WindowTyping.requireInside("averagePool", window, x());
    Tensor inside = Tensor.full(x().shape(), x().dtype(), 1);
    return sum.over(windowSum(inside, window));
  }

  /** A depthwise convolution with ones. */
  private static Tensor windowSum(Tensor x, Window window) {
    require(
        x.rank() == window.rank() + 2 && x.size(-1).isNumber(),
        "averagePool",
        () ->
            "%s needs %d axes for a %s: batch, %d spatial, a number of channels"
                .formatted(x.brief(), window.rank() + 2, window, window.rank()));
    int channels = Math.toIntExact(x.size(-1).number());
    var sizes =
        new ArrayList<>(window.axes().stream().map(extent -> Size.of(extent.size())).toList());
    sizes.add(Size.ONE);
    sizes.add(Size.of(channels));
    return x.conv(Tensor.full(new Shape(sizes), x.dtype(), 1), window, Math.max(1, channels));
  }
}
