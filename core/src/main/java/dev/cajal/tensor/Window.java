package dev.cajal.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A window that slides over the spatial axes of {@code [batch, spatial…, channels]}, for
 * convolution and pooling.
 *
 * <pre>{@code Window.of(3, 3).stride(2).padding(1)}</pre>
 *
 * @param axes one extent a spatial axis
 */
public record Window(List<Extent> axes) {

  /**
   * The window along one axis: it covers {@code size} elements that lie {@code dilation} apart,
   * starts every {@code stride} elements, on an input with {@code before} and {@code after}
   * elements of padding.
   */
  public record Extent(int size, int stride, int before, int after, int dilation) {
    public Extent {
      if (size < 1 || stride < 1 || dilation < 1 || before < 0 || after < 0) {
        throw new IllegalArgumentException(
            "window: size %d, stride %d and dilation %d must be at least 1, padding %d and %d at least 0"
                .formatted(size, stride, dilation, before, after));
      }
      if ((size - 1L) * dilation >= Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "window: size %d with dilation %d spans too much".formatted(size, dilation));
      }
    }

    /** How many elements it spans, with the gaps that dilation makes. */
    public int span() {
      return (size - 1) * dilation + 1;
    }

    /**
     * How many windows fit in an axis: {@code floor((n + before + after - span) / stride) + 1}.
     * Empty when that is no monomial of a symbolic n, or less than one for a positive n.
     */
    public Optional<Size> count(Size n) {
      long slack = (long) before + after - span() + stride;
      if (n.isNumber()) {
        long windows = Math.floorDiv(n.number() + slack, stride);
        return windows < 1 ? Optional.empty() : Optional.of(Size.of(windows));
      }
      return slack >= 0 && slack < stride ? n.over(Size.of(stride)) : Optional.empty();
    }

    /** Whether each of some windows has at least one element within an axis of n. */
    boolean touches(long n, long windows) {
      for (long window = 0; window < windows; window++) {
        long start = window * stride - before;
        // The first tap that is not before the axis.
        long tap = start >= 0 ? 0 : Math.ceilDiv(-start, dilation);
        if (tap >= size || start + tap * dilation >= n) {
          return false;
        }
      }
      return true;
    }

    /**
     * The smallest axis in which {@code windows} windows fit: the size that a transposed
     * convolution gives.
     */
    public Optional<Size> covered(Size windows) {
      long slack = (long) before + after - span() + stride;
      if (windows.isNumber()) {
        long n = windows.number() * stride - slack;
        return n < 0 ? Optional.empty() : Optional.of(Size.of(n));
      }
      return slack == 0 ? Optional.of(windows.times(Size.of(stride))) : Optional.empty();
    }
  }

  public Window {
    axes = List.copyOf(axes);
    if (axes.isEmpty()) {
      throw new IllegalArgumentException(
          "window: it needs a size for each spatial axis, as in Window.of(3, 3)");
    }
  }

  /** A window of these sizes that moves by one element, without padding or dilation. */
  public static Window of(int... sizes) {
    return new Window(Arrays.stream(sizes).mapToObj(size -> new Extent(size, 1, 0, 0, 1)).toList());
  }

  public int rank() {
    return axes.size();
  }

  /** Moves by these many elements; one number counts for all axes. */
  public Window stride(int... strides) {
    return each(strides, (e, stride) -> new Extent(e.size, stride, e.before, e.after, e.dilation));
  }

  /** Spreads the window's elements this far apart; one number counts for all axes. */
  public Window dilation(int... dilations) {
    return each(
        dilations, (e, dilation) -> new Extent(e.size, e.stride, e.before, e.after, dilation));
  }

  /** Pads both ends of the axes by as much; one number counts for all axes. */
  public Window padding(int... paddings) {
    return padding(paddings, paddings);
  }

  /** Pads the beginnings and the ends of the axes. */
  public Window padding(int[] before, int[] after) {
    return each(before, (e, padding) -> new Extent(e.size, e.stride, padding, e.after, e.dilation))
        .each(after, (e, padding) -> new Extent(e.size, e.stride, e.before, padding, e.dilation));
  }

  /**
   * Pads so that an axis of n gives {@code ceil(n / stride)} windows: with stride 1, as many as it
   * has elements.
   */
  public Window same() {
    return map(e -> new Extent(e.size, e.stride, (e.span() - 1) / 2, e.span() / 2, e.dilation));
  }

  private Window map(UnaryOperator<Extent> change) {
    return new Window(axes.stream().map(change).toList());
  }

  private interface Change {
    Extent of(Extent extent, int number);
  }

  private Window each(int[] numbers, Change change) {
    if (numbers.length != 1 && numbers.length != axes.size()) {
      throw new IllegalArgumentException(
          "window: %s has %d numbers, the window has %d axes (give one for all, or one each)"
              .formatted(Arrays.toString(numbers), numbers.length, axes.size()));
    }
    return new Window(
        IntStream.range(0, axes.size())
            .mapToObj(i -> change.of(axes.get(i), numbers[numbers.length == 1 ? 0 : i]))
            .toList());
  }

  @Override
  public String toString() {
    var text = new StringBuilder("window ");
    for (int i = 0; i < axes.size(); i++) {
      text.append(i == 0 ? "" : "×").append(axes.get(i).size);
    }
    List<Integer> strides = axes.stream().map(Extent::stride).toList();
    List<Integer> dilations = axes.stream().map(Extent::dilation).toList();
    List<String> paddings =
        axes.stream()
            .map(e -> e.before == e.after ? "" + e.before : e.before + "+" + e.after)
            .toList();
    describe(text, "stride", strides, 1);
    describe(text, "padding", paddings, "0");
    describe(text, "dilation", dilations, 1);
    return text.toString();
  }

  private static void describe(StringBuilder text, String name, List<?> numbers, Object usual) {
    if (numbers.stream().anyMatch(number -> !number.equals(usual))) {
      boolean same = numbers.stream().distinct().count() == 1;
      text.append(' ').append(name).append(' ').append(same ? numbers.getFirst() : numbers);
    }
  }
}
