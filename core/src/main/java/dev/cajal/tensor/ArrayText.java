package dev.cajal.tensor;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints an array in nested brackets, a row a line, with the middle of long axes left out. */
final class ArrayText {
  private static final int SHOWN = 6;

  private final Array array;
  private final int[] sizes;

  private ArrayText(Array array) {
    this.array = array;
    this.sizes = array.shape().numbers();
  }

  static String of(Array array) {
    return new ArrayText(array).axis(0, 0, 1);
  }

  private String axis(int axis, int offset, int indent) {
    if (axis == sizes.length) {
      return number(offset);
    }
    int stride =
        IntStream.range(axis + 1, sizes.length).map(i -> sizes[i]).reduce(1, (a, b) -> a * b);
    String separator = axis == sizes.length - 1 ? ", " : ",\n" + " ".repeat(indent);
    return IntStream.range(0, sizes[axis])
        .filter(i -> sizes[axis] <= 2 * SHOWN || i <= SHOWN || i >= sizes[axis] - SHOWN)
        .mapToObj(i ->
            i == SHOWN && sizes[axis] > 2 * SHOWN
                ? "…"
                : axis(axis + 1, offset + i * stride, indent + 1))
        .collect(Collectors.joining(separator, "[", "]"));
  }

  private String number(int position) {
    double value = array.at(position);
    return switch (array.dtype()) {
      case BOOL -> value == 0 ? "false" : "true";
      case I32 -> Integer.toString((int) value);
      case F32 -> Float.toString((float) value);
      case F64 -> Double.toString(value);
    };
  }
}
