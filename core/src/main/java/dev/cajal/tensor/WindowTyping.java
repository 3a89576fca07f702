package dev.cajal.tensor;

import static dev.cajal.tensor.Complaint.require;

import java.util.ArrayList;
import java.util.List;

/** The shapes of convolutions and pooling; see {@link Typing}. */
final class WindowTyping {
  private WindowTyping() {}

  static Typing conv(Window window, int groups, Tensor x, Tensor kernel) {
    requireRank("conv", window, x);
    requireKernel("conv", window, groups, kernel);
    requireFloats("conv", x, kernel);
    requireChannels("conv", x, kernel.shape().size(-2).times(Size.of(groups)), kernel);
    Shape shape = slide("conv", window, x);
    return new Typing(shape.with(-1, kernel.shape().size(-1)), x.dtype());
  }

  static Typing convTranspose(
      Window window, int groups, List<Size> sizes, Tensor y, Tensor kernel) {
    requireRank("convTranspose", window, y);
    requireKernel("convTranspose", window, groups, kernel);
    requireFloats("convTranspose", y, kernel);
    requireChannels("convTranspose", y, kernel.shape().size(-1), kernel);
    require(
        sizes.size() == window.rank(),
        "convTranspose",
        () -> "%d sizes are given for %d axes".formatted(sizes.size(), window.rank()));
    var given = new ArrayList<Size>();
    given.add(y.shape().size(0));
    given.addAll(sizes);
    given.add(kernel.shape().size(-2).times(Size.of(groups)));
    for (int i = 0; i < sizes.size(); i++) {
      int axis = i + 1;
      boolean fits =
          window.axes().get(i).count(sizes.get(i)).filter(y.shape().size(axis)::equals).isPresent();
      require(
          fits || y.shape().elements().is(0),
          "convTranspose",
          () ->
              "an axis of %s under a %s does not give axis %d of %s"
                  .formatted(sizes.get(axis - 1), window, axis, y.brief()));
    }
    return new Typing(new Shape(given), y.dtype());
  }

  static Typing convKernel(Window window, int groups, Tensor x, Tensor y) {
    requireRank("convKernel", window, x);
    requireFloats("convKernel", x, y);
    Shape slid = slide("convKernel", window, x);
    require(
        y.shape().rank() == slid.rank()
            && y.shape().with(-1, Size.ONE).equals(slid.with(-1, Size.ONE)),
        "convKernel",
        () -> "a %s over %s does not give %s".formatted(window, x.brief(), y.brief()));
    Size in = divided("convKernel", x.shape().size(-1), groups, x);
    divided("convKernel", y.shape().size(-1), groups, y);
    var sizes =
        new ArrayList<>(window.axes().stream().map(extent -> Size.of(extent.size())).toList());
    sizes.add(in);
    sizes.add(y.shape().size(-1));
    return new Typing(new Shape(sizes), x.dtype());
  }

  static Typing argMaxPool(Window window, Tensor x) {
    requireRank("maxPool", window, x);
    require(x.dtype() != DType.BOOL, "maxPool", () -> x.brief() + " is bool");
    return new Typing(requireInside("maxPool", window, x), DType.I32);
  }

  /** The shape of x after a window slid over it that never lies in padding alone. */
  static Shape requireInside(String what, Window window, Tensor x) {
    Shape slid = slide(what, window, x);
    for (int i = 0; i < window.rank(); i++) {
      Window.Extent extent = window.axes().get(i);
      Size n = x.shape().size(i + 1);
      require(
          n.isNumber()
              ? extent.touches(n.number(), slid.size(i + 1).number())
              : 2 * extent.before() <= extent.size() && 2 * extent.after() <= extent.size(),
          what,
          () -> "a %s over %s could lie in padding alone".formatted(window, x.brief()));
    }
    return slid;
  }

  /** The shape of x after a window slid over its spatial axes. */
  private static Shape slide(String what, Window window, Tensor x) {
    Shape shape = x.shape();
    for (int i = 0; i < window.rank(); i++) {
      int axis = i + 1;
      Window.Extent extent = window.axes().get(i);
      Size size = x.shape().size(axis);
      Size count =
          extent
              .count(size)
              .orElseThrow(() ->
                  Complaint.of(
                      what,
                      size.isNumber()
                          ? "the %s does not fit axis %d of %s: it spans %d of %s elements (with padding %d)"
                              .formatted(
                                  window,
                                  axis,
                                  x.brief(),
                                  extent.span(),
                                  size.number() + extent.before() + extent.after(),
                                  extent.before() + extent.after())
                          : "a %s over axis %d of %s gives a number of windows that is no multiple of %s: pad with same(), use a multiple of the stride such as 2*n, or a number"
                              .formatted(window, axis, x.brief(), size)));
      shape = shape.with(axis, count);
    }
    return shape;
  }

  private static void requireRank(String what, Window window, Tensor x) {
    require(
        x.shape().rank() == window.rank() + 2,
        what,
        () ->
            "%s needs %d axes for a %s: batch, %d spatial, channels"
                .formatted(x.brief(), window.rank() + 2, window, window.rank()));
  }

  private static void requireKernel(String what, Window window, int groups, Tensor kernel) {
    require(groups >= 1, what, () -> groups + " groups: at least 1 is needed");
    require(
        kernel.shape().rank() == window.rank() + 2,
        what,
        () ->
            "%s needs %d axes as the kernel of a %s: the window's, in channels, out channels"
                .formatted(kernel.brief(), window.rank() + 2, window));
    for (int i = 0; i < window.rank(); i++) {
      int axis = i;
      require(
          kernel.shape().size(i).is(window.axes().get(i).size()),
          what,
          () -> "axis %d of %s is not that of the %s".formatted(axis, kernel.brief(), window));
    }
    divided(what, kernel.shape().size(-1), groups, kernel);
  }

  private static Size divided(String what, Size channels, int groups, Tensor x) {
    return channels
        .over(Size.of(groups))
        .orElseThrow(() ->
            Complaint.of(
                what,
                "%s channels of %s do not divide into %d groups"
                    .formatted(channels, x.brief(), groups)));
  }

  private static void requireChannels(String what, Tensor x, Size channels, Tensor kernel) {
    require(
        x.shape().size(-1).equals(channels),
        what,
        () ->
            "%s has %s channels, %s takes %s"
                .formatted(x.brief(), x.shape().size(-1), kernel.brief(), channels));
  }

  private static void requireFloats(String what, Tensor x, Tensor y) {
    require(
        x.dtype() == y.dtype() && x.dtype().isFloat(),
        what,
        () ->
            "it takes one floating dtype: %s is %s, %s is %s"
                .formatted(x.brief(), x.dtype(), y.brief(), y.dtype()));
  }
}
