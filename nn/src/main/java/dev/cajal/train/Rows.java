package dev.cajal.train;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Shape;
import java.util.List;

/** Arrays as lists of what is along their first axis. */
final class Rows {
  private Rows() {}

  static int count(Array array) {
    return array.shape().numbers()[0];
  }

  /** Some rows, by their positions. */
  static Array of(Array array, int... positions) {
    int all = count(array);
    int width = all == 0 ? 0 : array.length() / all;
    Object data = storage(array, positions.length * width);
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] < 0 || positions[i] >= all) {
        throw new IllegalArgumentException(
            "samples: there is no sample %d among %d".formatted(positions[i], all));
      }
      System.arraycopy(array.data(), positions[i] * width, data, i * width, width);
    }
    return Array.wrap(data, shape(positions.length, array));
  }

  /** The rows of arrays of the same width, one array after the other. */
  static Array join(List<Array> parts) {
    int rows = parts.stream().mapToInt(Rows::count).sum();
    Object data = storage(parts.getFirst(), parts.stream().mapToInt(Array::length).sum());
    int at = 0;
    for (Array part : parts) {
      System.arraycopy(part.data(), 0, data, at, part.length());
      at += part.length();
    }
    return Array.wrap(data, shape(rows, parts.getFirst()));
  }

  private static Object storage(Array like, int length) {
    return java.lang.reflect.Array.newInstance(like.data().getClass().getComponentType(), length);
  }

  private static Shape shape(int rows, Array like) {
    return Shape.of(rows).then(like.shape().part(1, like.shape().rank()));
  }
}
