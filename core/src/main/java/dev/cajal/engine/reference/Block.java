package dev.cajal.engine.reference;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The value of a node: its numbers, row by row, all as doubles (an i32 fits exactly, true is 1).
 *
 * @param sizes one number an axis
 * @param values the numbers
 */
@SuppressWarnings("ArrayRecordComponent") // Blocks are never compared.
record Block(int[] sizes, double[] values) {

  /** What one element of a block is, by its index. */
  interface Element {
    double at(int[] index);
  }

  /** What is done for each index. */
  interface Visitor {
    void visit(int[] index);
  }

  static int count(int[] sizes) {
    return Math.toIntExact(Arrays.stream(sizes).asLongStream().reduce(1, Math::multiplyExact));
  }

  static Block zeros(int[] sizes) {
    return new Block(sizes, new double[count(sizes)]);
  }

  /** A block whose elements are computed from their indices. */
  static Block of(int[] sizes, Element element) {
    Block block = zeros(sizes);
    int[] position = {0};
    forEach(sizes, index -> block.values[position[0]++] = element.at(index));
    return block;
  }

  /** Visits all indices, the last axis fastest. The index is reused from visit to visit. */
  static void forEach(int[] sizes, Visitor visitor) {
    var index = new int[sizes.length];
    for (int left = count(sizes); left > 0; left--) {
      visitor.visit(index);
      for (int axis = sizes.length - 1; axis >= 0 && ++index[axis] == sizes[axis]; axis--) {
        index[axis] = 0;
      }
    }
  }

  /** Where the element of an index lies. */
  int position(int... index) {
    int position = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      position = position * sizes[axis] + index[axis];
    }
    return position;
  }

  double get(int... index) {
    return values[position(index)];
  }

  void add(double value, int... index) {
    values[position(index)] += value;
  }

  static Block of(Array array) {
    return new Block(array.shape().numbers(), array.toDoubles());
  }

  /** The numbers as users get them: floating point as f64, the others as they are. */
  Array toArray(DType dtype) {
    Object data =
        switch (dtype) {
          case F32, F64 -> values.clone();
          case I32 -> Arrays.stream(values).mapToInt(value -> (int) value).toArray();
          case BOOL -> booleans();
        };
    return Array.wrap(data, Shape.of(sizes));
  }

  private boolean[] booleans() {
    var booleans = new boolean[values.length];
    IntStream.range(0, values.length).forEach(i -> booleans[i] = values[i] != 0);
    return booleans;
  }
}
