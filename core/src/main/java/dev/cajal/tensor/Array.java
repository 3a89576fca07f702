package dev.cajal.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Numbers with a shape: what goes into an expression and what comes out. Stored row by row, the
 * last axis fastest, in one Java array: {@code float[]}, {@code double[]}, {@code int[]} or {@code
 * boolean[]}, as the dtype says.
 */
public final class Array {
  private final Object data;
  private final DType dtype;
  private final Shape shape;

  private Array(Object data, DType dtype, Shape shape) {
    if (!shape.isNumeric()) {
      throw new IllegalArgumentException("an array has numbers as sizes, not " + shape);
    }
    long elements = shape.elements().number();
    if (elements != java.lang.reflect.Array.getLength(data)) {
      throw new IllegalArgumentException(
          "%d numbers do not fill the shape %s, which takes %d"
              .formatted(java.lang.reflect.Array.getLength(data), shape, elements));
    }
    this.data = data;
    this.dtype = dtype;
    this.shape = shape;
  }

  /** An array over a Java array that is not copied: whoever holds that one can change this. */
  public static Array wrap(Object data, Shape shape) {
    return switch (data) {
      case float[] f -> new Array(f, DType.F32, shape);
      case double[] d -> new Array(d, DType.F64, shape);
      case int[] i -> new Array(i, DType.I32, shape);
      case boolean[] b -> new Array(b, DType.BOOL, shape);
      default ->
          throw new IllegalArgumentException(
              "an array holds float[], double[], int[] or boolean[], not "
                  + data.getClass().getSimpleName());
    };
  }

  /** A copy of some numbers, in a shape; a vector when no shape is given. */
  public static Array of(float[] values, int... shape) {
    return wrap(values.clone(), orVector(values.length, shape));
  }

  public static Array of(double[] values, int... shape) {
    return wrap(values.clone(), orVector(values.length, shape));
  }

  public static Array of(int[] values, int... shape) {
    return wrap(values.clone(), orVector(values.length, shape));
  }

  public static Array of(boolean[] values, int... shape) {
    return wrap(values.clone(), orVector(values.length, shape));
  }

  /** A matrix from its rows, which must be equally long. */
  public static Array of(float[][] rows) {
    int columns = columns(Arrays.stream(rows).mapToInt(row -> row.length).toArray());
    var flat = new float[rows.length * columns];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, flat, row * columns, columns);
    }
    return wrap(flat, Shape.of(rows.length, columns));
  }

  public static Array of(double[][] rows) {
    int columns = columns(Arrays.stream(rows).mapToInt(row -> row.length).toArray());
    var flat = new double[rows.length * columns];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, flat, row * columns, columns);
    }
    return wrap(flat, Shape.of(rows.length, columns));
  }

  private static int columns(int[] lengths) {
    for (int row = 1; row < lengths.length; row++) {
      if (lengths[row] != lengths[0]) {
        throw new IllegalArgumentException(
            "row %d has %d numbers, row 0 has %d: rows of a matrix are equally long"
                .formatted(row, lengths[row], lengths[0]));
      }
    }
    return lengths.length == 0 ? 0 : lengths[0];
  }

  private static Shape orVector(int length, int[] shape) {
    return shape.length == 0 ? Shape.of(length) : Shape.of(shape);
  }

  /** A single number. */
  public static Array scalar(DType dtype, double value) {
    return switch (dtype) {
      case F32 -> wrap(new float[] {(float) value}, Shape.SCALAR);
      case F64 -> wrap(new double[] {value}, Shape.SCALAR);
      case I32 -> wrap(new int[] {exactInt(value)}, Shape.SCALAR);
      case BOOL -> wrap(new boolean[] {value != 0}, Shape.SCALAR);
    };
  }

  private static int exactInt(double value) {
    if ((int) value != value) {
      throw new IllegalArgumentException(
          value + " is not an i32: cast the tensor to a floating dtype first");
    }
    return (int) value;
  }

  public Shape shape() {
    return shape;
  }

  public DType dtype() {
    return dtype;
  }

  /** How many numbers there are. */
  public int length() {
    return java.lang.reflect.Array.getLength(data);
  }

  /** The Java array itself, not a copy; for engines, which read and write parameters in place. */
  public Object data() {
    return data;
  }

  /** The number at a position of the row-by-row order; true is 1. */
  public double at(int position) {
    return switch (data) {
      case float[] f -> f[position];
      case double[] d -> d[position];
      case int[] i -> i[position];
      case boolean[] b -> b[position] ? 1 : 0;
      default -> throw new AssertionError(data);
    };
  }

  /** The number at an index, one an axis: {@code matrix.get(row, column)}. */
  public double get(int... index) {
    if (index.length != shape.rank()) {
      throw new IllegalArgumentException(
          "index %s has %d numbers, the array %s has %d axes"
              .formatted(Arrays.toString(index), index.length, shape, shape.rank()));
    }
    int[] sizes = shape.numbers();
    int position = 0;
    for (int axis = 0; axis < index.length; axis++) {
      position = position * sizes[axis] + java.util.Objects.checkIndex(index[axis], sizes[axis]);
    }
    return at(position);
  }

  /** The only number of an array that has one. */
  public double item() {
    if (length() != 1) {
      throw new IllegalStateException(
          "an array %s has %d numbers, not one".formatted(shape, length()));
    }
    return at(0);
  }

  /** A copy of the numbers as doubles, row by row. */
  public double[] toDoubles() {
    return IntStream.range(0, length()).mapToDouble(this::at).toArray();
  }

  /** A copy of the numbers as floats, row by row, rounded where they don't fit. */
  public float[] toFloats() {
    var floats = new float[length()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) at(i);
    }
    return floats;
  }

  /** A copy of the numbers as ints, row by row, towards zero. */
  public int[] toInts() {
    return IntStream.range(0, length()).map(i -> (int) at(i)).toArray();
  }

  /** A copy in another dtype and a shape of as many elements; to i32 numbers must be exact. */
  public Array as(DType other, Shape newShape) {
    return wrap(
        switch (other) {
          case F32 -> toFloats();
          case F64 -> toDoubles();
          case I32 -> IntStream.range(0, length()).map(i -> exactInt(at(i))).toArray();
          case BOOL -> toBooleans();
        },
        newShape);
  }

  private boolean[] toBooleans() {
    var booleans = new boolean[length()];
    for (int i = 0; i < booleans.length; i++) {
      booleans[i] = at(i) != 0;
    }
    return booleans;
  }

  /** A copy that shares nothing with this one. */
  public Array copy() {
    return switch (data) {
      case float[] f -> wrap(f.clone(), shape);
      case double[] d -> wrap(d.clone(), shape);
      case int[] i -> wrap(i.clone(), shape);
      case boolean[] b -> wrap(b.clone(), shape);
      default -> throw new AssertionError(data);
    };
  }

  /** How many rows it has: the size of its first axis. */
  public int rowCount() {
    if (shape.rank() == 0) {
      throw new IllegalStateException("a single number has no rows");
    }
    return shape.numbers()[0];
  }

  /** A copy of some rows, by their positions along the first axis. */
  public Array rows(int... positions) {
    int all = rowCount();
    int width = all == 0 ? 0 : length() / all;
    Object some = storage(positions.length * width);
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] < 0 || positions[i] >= all) {
        throw new IllegalArgumentException(
            "there is no row %d in an array %s".formatted(positions[i], shape));
      }
      System.arraycopy(data, positions[i] * width, some, i * width, width);
    }
    return wrap(some, ofRows(positions.length));
  }

  /** The rows of some arrays as one array: they are alike but for how many rows they have. */
  public static Array join(List<Array> parts) {
    Array first = parts.getFirst();
    int rows = 0;
    for (Array part : parts) {
      rows += part.rowCount();
      if (part.dtype != first.dtype || !part.ofRows(0).equals(first.ofRows(0))) {
        throw new IllegalArgumentException(
            "rows of %s %s do not go with those of %s %s"
                .formatted(part.dtype, part.shape, first.dtype, first.shape));
      }
    }
    Object all = first.storage(parts.stream().mapToInt(Array::length).sum());
    int at = 0;
    for (Array part : parts) {
      System.arraycopy(part.data, 0, all, at, part.length());
      at += part.length();
    }
    return wrap(all, first.ofRows(rows));
  }

  private Object storage(int length) {
    return java.lang.reflect.Array.newInstance(data.getClass().getComponentType(), length);
  }

  private Shape ofRows(int count) {
    return Shape.of(count).then(shape.part(1, shape.rank()));
  }

  /** Equal in shape, dtype and every bit (so NaN equals NaN, and 0 is not -0). */
  @Override
  public boolean equals(Object other) {
    return other instanceof Array that && shape.equals(that.shape) && sameData(that);
  }

  private boolean sameData(Array that) {
    return switch (data) {
      case float[] f -> that.data instanceof float[] g && Arrays.equals(f, g);
      case double[] d -> that.data instanceof double[] e && Arrays.equals(d, e);
      case int[] i -> that.data instanceof int[] j && Arrays.equals(i, j);
      case boolean[] b -> that.data instanceof boolean[] c && Arrays.equals(b, c);
      default -> throw new AssertionError(data);
    };
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(toDoubles());
  }

  /** The numbers in nested brackets, cut short in the middle when there are many. */
  @Override
  public String toString() {
    return ArrayText.of(this);
  }
}
