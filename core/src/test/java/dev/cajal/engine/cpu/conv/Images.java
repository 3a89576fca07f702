package dev.cajal.engine.cpu.conv;

import dev.cajal.tensor.Window;
import dev.cajal.tensor.Window.Extent;
import dev.cajal.testing.Choices;
import java.util.List;
import java.util.stream.IntStream;

/** The sizes of a random convolution, and from the definition which numbers it multiplies. */
final class Images {
  final Window window;
  final int groups;
  final int[] x;
  final int[] kernel;
  final int[] y;

  /** What is done for each product: the positions in x, in the kernel and in y. */
  interface Product {
    void visit(int in, int weight, int out);
  }

  Images(Choices choices) {
    window = window(choices);
    groups = choices.between(1, 3);
    x = x(choices, window, groups * choices.between(1, choices.oneIn(4) ? 20 : 4));
    int inputs = x[x.length - 1] / groups;
    int outputs = groups * choices.between(1, choices.oneIn(4) ? 40 : 4);
    kernel = kernel(window, inputs, outputs);
    y = y(window, x, outputs);
  }

  private static Window window(Choices choices) {
    int rank = choices.between(1, 2);
    return new Window(
        IntStream.range(0, rank)
            .mapToObj(_ ->
                new Extent(
                    choices.between(1, 4),
                    choices.between(1, 3),
                    choices.between(0, 2),
                    choices.between(0, 3),
                    choices.between(1, 3)))
            .toList());
  }

  private static int[] x(Choices choices, Window window, int inputs) {
    IntStream axes =
        window.axes().stream()
            .mapToInt(axis ->
                Math.max(1, axis.span() - axis.before() - axis.after()) + choices.between(0, 9));
    return framed(choices.between(1, 3), axes, inputs);
  }

  private static int[] kernel(Window window, int inputs, int outputs) {
    IntStream sizes = window.axes().stream().mapToInt(Extent::size);
    return IntStream.concat(sizes, IntStream.of(inputs, outputs)).toArray();
  }

  private static int[] y(Window window, int[] x, int outputs) {
    List<Extent> axes = window.axes();
    IntStream windows =
        IntStream.range(0, axes.size())
            .map(i ->
                (x[i + 1] + padding(axes.get(i)) - axes.get(i).span()) / axes.get(i).stride() + 1);
    return framed(x[0], windows, outputs);
  }

  private static int padding(Extent axis) {
    return axis.before() + axis.after();
  }

  private static int[] framed(int batch, IntStream axes, int channels) {
    return IntStream.concat(IntStream.concat(IntStream.of(batch), axes), IntStream.of(channels))
        .toArray();
  }

  /** All products, by loops over what they are defined by. */
  void forEach(Product product) {
    boolean flat = window.rank() == 1;
    Extent v = flat ? new Extent(1, 1, 0, 0, 1) : window.axes().getFirst();
    Extent h = window.axes().getLast();
    int height = flat ? 1 : x[1];
    int width = x[x.length - 2];
    int rows = flat ? 1 : y[1];
    int columns = y[y.length - 2];
    for (int i = 0; i < y[0] * rows * columns; i++) {
      int image = i / (rows * columns);
      int top = i / columns % rows * v.stride() - v.before();
      int left = i % columns * h.stride() - h.before();
      for (int place = 0; place < v.size() * h.size(); place++) {
        int row = top + place / h.size() * v.dilation();
        int column = left + place % h.size() * h.dilation();
        if (row >= 0 && row < height && column >= 0 && column < width) {
          channels(product, (image * height + row) * width + column, place, i);
        }
      }
    }
  }

  private void channels(Product product, int pixel, int place, int window) {
    int inputs = kernel[kernel.length - 2];
    int outputs = kernel[kernel.length - 1];
    for (int out = 0; out < outputs; out++) {
      int first = out / (outputs / groups) * inputs;
      for (int in = 0; in < inputs; in++) {
        product.visit(
            pixel * inputs * groups + first + in,
            (place * inputs + in) * outputs + out,
            window * outputs + out);
      }
    }
  }
}
