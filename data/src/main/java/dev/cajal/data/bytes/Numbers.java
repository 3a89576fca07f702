package dev.cajal.data.bytes;

import dev.cajal.DamagedFileException;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The numbers of an array, as bytes in a file. */
public final class Numbers {
  /** What stands in front of errors about them. */
  public static final String PLACE = "numbers";

  /** So many are read or written at a time. */
  static final int CHUNK = 1 << 14;

  /** What the longest Java array has. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  private Numbers() {}

  /** A shape that an array can have, from the sizes that a header says. */
  public static Shape shape(List<Long> sizes) {
    long count = sizes.contains(0L) ? 0 : 1;
    for (long size : sizes) {
      if (size < 0 || size > MOST || count * size > MOST) {
        throw new DamagedFileException(
            "header",
            "an array of the sizes %s has more than the %d numbers that one can have"
                .formatted(sizes, MOST));
      }
      count *= size;
    }
    return Shape.of(sizes.toArray());
  }

  /** How many numbers an array of that shape has. */
  public static int count(Shape shape) {
    int[] sizes = shape.numbers();
    long count = 1;
    for (int size : sizes) {
      if (size == 0) {
        return 0;
      }
      count *= size;
    }
    return Math.toIntExact(count);
  }

  /** How the numbers of a file lie in it. */
  public record Layout(NumberKind kind, ByteOrder order, AxisOrder axes) {}

  /** Reads an array; nothing is allocated before it is known that so many bytes can be there. */
  public static Array read(ByteSource source, Layout layout, Shape shape) {
    source.require(PLACE, (long) count(shape) * layout.kind.bytes());
    return new NumberReader(layout, shape).read(source);
  }

  /** Writes the numbers of an array row by row, little-endian, a truth as one byte. */
  public static void write(OutputStream out, Array array) throws IOException {
    int bytes = bytes(array.dtype());
    ByteBuffer chunk =
        ByteBuffer.allocate(Math.min(array.length(), CHUNK) * bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < array.length(); from += CHUNK) {
      int count = Math.min(CHUNK, array.length() - from);
      chunk.clear();
      switch (array.data()) {
        case float[] f -> chunk.asFloatBuffer().put(f, from, count);
        case double[] d -> chunk.asDoubleBuffer().put(d, from, count);
        case int[] i -> chunk.asIntBuffer().put(i, from, count);
        case boolean[] b -> {
          for (int k = 0; k < count; k++) {
            chunk.put(k, (byte) (b[from + k] ? 1 : 0));
          }
        }
        case Object other -> throw new AssertionError(other);
      }
      out.write(chunk.array(), chunk.arrayOffset(), count * bytes);
    }
  }

  /** How many bytes a number of that dtype takes when it is written. */
  public static int bytes(DType dtype) {
    return switch (dtype) {
      case F32, I32 -> 4;
      case F64 -> 8;
      case BOOL -> 1;
    };
  }
}
