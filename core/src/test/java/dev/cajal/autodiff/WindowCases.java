package dev.cajal.autodiff;

import dev.cajal.tensor.Op;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import dev.cajal.tensor.Window;
import dev.cajal.tensor.Windows;
import dev.cajal.testing.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The cases of convolution and pooling, on random windows in one and two dimensions. */
final class WindowCases {
  private WindowCases() {}

  static Stream<Case> all() {
    return Stream.of(
        windows("conv(Tensor,Window)", s -> conv(s, 1, false)),
        windows("conv(Tensor,Window,int)", s -> conv(s, s.choices.between(1, 3), true)),
        windows("convTranspose(Tensor,Window,int)", WindowCases::convTranspose),
        windows("convTranspose(Tensor,Window,int,List)", WindowCases::convTransposeTo),
        windows("conv(Tensor,Window,int)", WindowCases::convKernel)
            .titled("the product that makes a kernel"),
        windows("maxPool(Window)", s -> pooled(s, poolWindow(s), Tensor::maxPool)),
        windows("averagePool(Window)", s -> pooled(s, poolWindow(s), Tensor::averagePool)),
        windows(
            "averagePoolInside(Window)", s -> pooled(s, poolWindow(s), Tensor::averagePoolInside)));
  }

  private static Case windows(String method, Function<Scene, Tensor> expression) {
    return Case.of(Windows.class, method, expression);
  }

  /** A window over sizes that it fits. */
  private record Fitting(Window window, List<Integer> sizes) {

    Shape shape(int batch, int channels) {
      return Shape.of(batch).then(Shape.of(sizes.toArray())).then(Shape.of(channels));
    }
  }

  private static Fitting fitting(Choices c) {
    var extents = new ArrayList<Window.Extent>();
    var sizes = new ArrayList<Integer>();
    int rank = c.between(1, 2);
    for (int axis = 0; axis < rank; axis++) {
      var extent =
          new Window.Extent(
              c.between(1, 3), c.between(1, 3), c.between(0, 2), c.between(0, 2), c.between(1, 2));
      extents.add(extent);
      int least = Math.max(1, extent.span() - extent.before() - extent.after());
      sizes.add(least + c.between(0, rank == 1 ? 4 : 1));
    }
    return new Fitting(new Window(extents), sizes);
  }

  private static Tensor conv(Scene s, int groups, boolean grouped) {
    Choices c = s.choices;
    Fitting fitting = fitting(c);
    int in = c.between(1, 2);
    Tensor x = s.x(fitting.shape(c.between(0, 2), in * groups));
    Tensor kernel = kernel(s, fitting.window(), in, groups * c.between(1, 2));
    return grouped ? x.conv(kernel, fitting.window(), groups) : x.conv(kernel, fitting.window());
  }

  private static Tensor kernel(Scene s, Window window, int in, int out) {
    int[] sizes = window.axes().stream().mapToInt(Window.Extent::size).toArray();
    return s.x(Shape.of(sizes).then(Shape.of(in, out)));
  }

  private static Tensor convTransposeTo(Scene s) {
    Choices c = s.choices;
    Fitting fitting = fitting(c);
    int groups = c.between(1, 2);
    List<Size> sizes = fitting.sizes().stream().map(Size::of).toList();
    Shape windows = Shape.of(c.between(0, 2));
    for (int axis = 0; axis < sizes.size(); axis++) {
      Size count = fitting.window().axes().get(axis).count(sizes.get(axis)).orElseThrow();
      windows = windows.then(Shape.of(count));
    }
    int out = groups * c.between(1, 2);
    Tensor y = s.x(windows.then(Shape.of(out)));
    return y.convTranspose(
        kernel(s, fitting.window(), c.between(1, 2), out), fitting.window(), groups, sizes);
  }

  private static Tensor convTranspose(Scene s) {
    Choices c = s.choices;
    Window window = Window.of(c.between(1, 3)).stride(c.between(1, 3)).dilation(c.between(1, 2));
    Tensor y = s.x(Shape.of(c.between(0, 2), c.between(1, 4), 2));
    return y.convTranspose(kernel(s, window, c.between(1, 2), 2), window, c.between(1, 2));
  }

  private static Tensor convKernel(Scene s) {
    Choices c = s.choices;
    Fitting fitting = fitting(c);
    int groups = c.between(1, 2);
    int batch = c.between(0, 2);
    Tensor x = s.x(fitting.shape(batch, groups));
    Tensor like =
        x.conv(
            Tensor.zeros(kernelSizes(fitting.window(), groups)).cast(x.dtype()),
            fitting.window(),
            groups);
    return Tensor.of(new Op.ConvKernel(fitting.window(), groups), x, s.x(like.shape()));
  }

  private static Object[] kernelSizes(Window window, int groups) {
    return Stream.concat(window.axes().stream().map(Window.Extent::size), Stream.of(1, 2 * groups))
        .toArray();
  }

  /** A window of which one element at least is never in padding. */
  private static Window poolWindow(Scene s) {
    Choices c = s.choices;
    Window window = c.oneIn(2) ? Window.of(c.between(2, 3)) : Window.of(2, c.between(1, 3));
    Window spread = window.stride(c.between(1, 3)).dilation(c.between(1, 2));
    return new Window(spread.axes().stream().map(extent -> padded(c, extent)).toList());
  }

  private static Window.Extent padded(Choices c, Window.Extent e) {
    int most = e.dilation() == 1 ? e.size() - 1 : 0;
    return new Window.Extent(
        e.size(), e.stride(), c.between(0, most), c.between(0, most), e.dilation());
  }

  private interface Pool {
    Tensor over(Tensor x, Window window);
  }

  private static Tensor pooled(Scene s, Window window, Pool pool) {
    Choices c = s.choices;
    Shape shape = Shape.of(c.between(0, 2));
    for (Window.Extent extent : window.axes()) {
      shape = shape.then(Shape.of(extent.span() + c.between(0, 2)));
    }
    return pool.over(s.x(shape.then(Shape.of(c.between(1, 2)))).exp(), window);
  }
}
