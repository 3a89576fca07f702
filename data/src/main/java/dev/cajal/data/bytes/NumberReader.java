package dev.cajal.data.bytes;

import dev.cajal.DamagedFileException;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Shape;
import java.nio.ByteBuffer;

/** Reads the numbers of one array and puts each in its place. */
final class NumberReader {
  private final NumberKind kind;
  private final Shape shape;
  private final int count;
  private final Object data;
  private final Places places;
  private final ByteBuffer chunk;

  NumberReader(Numbers.Layout layout, Shape shape) {
    this.kind = layout.kind();
    this.shape = shape;
    this.count = Numbers.count(shape);
    this.places = Places.of(shape, layout.axes());
    this.chunk =
        ByteBuffer.allocate(Math.min(count, Numbers.CHUNK) * kind.bytes()).order(layout.order());
    this.data =
        switch (kind.dtype()) {
          case F32 -> new float[count];
          case F64 -> new double[count];
          case I32 -> new int[count];
          case BOOL -> new boolean[count];
        };
  }

  Array read(ByteSource source) {
    for (int from = 0; from < count; from += Numbers.CHUNK) {
      int some = Math.min(Numbers.CHUNK, count - from);
      source.fill(Numbers.PLACE, chunk.array(), some * kind.bytes());
      put(some);
    }
    return Array.wrap(data, shape);
  }

  private void put(int some) {
    for (int k = 0; k < some; k++) {
      int at = k * kind.bytes();
      int place = places.next();
      switch (data) {
        case float[] f -> f[place] = real(at);
        case double[] d -> d[place] = chunk.getDouble(at);
        case int[] i -> i[place] = fitting(integer(at), place);
        case boolean[] b -> b[place] = truth(chunk.get(at), place);
        default -> throw new AssertionError(data);
      }
    }
  }

  private float real(int at) {
    return kind == NumberKind.FLOAT16
        ? Float.float16ToFloat(chunk.getShort(at))
        : chunk.getFloat(at);
  }

  private long integer(int at) {
    return switch (kind) {
      case INT8 -> chunk.get(at);
      case UINT8 -> Byte.toUnsignedInt(chunk.get(at));
      case INT16 -> chunk.getShort(at);
      case UINT16 -> Short.toUnsignedInt(chunk.getShort(at));
      case INT32 -> chunk.getInt(at);
      case UINT32 -> Integer.toUnsignedLong(chunk.getInt(at));
      case INT64, UINT64 -> chunk.getLong(at);
      case TRUTH, FLOAT16, FLOAT32, FLOAT64 -> throw new AssertionError(kind);
    };
  }

  private int fitting(long number, int place) {
    boolean isUnsigned = kind == NumberKind.UINT64 && number < 0;
    if ((int) number == number && !isUnsigned) {
      return (int) number;
    }
    throw damaged(
        "%s does not fit the dtype i32, which ends at %d: save the numbers as float64"
            .formatted(
                isUnsigned ? Long.toUnsignedString(number) : Long.toString(number),
                number < 0 && !isUnsigned ? Integer.MIN_VALUE : Integer.MAX_VALUE),
        place);
  }

  private boolean truth(byte number, int place) {
    if (number != 0 && number != 1) {
      throw damaged("a truth value is 0 or 1, not " + Byte.toUnsignedInt(number), place);
    }
    return number == 1;
  }

  private DamagedFileException damaged(String what, int place) {
    return new DamagedFileException(
        Numbers.PLACE, "at %s: %s".formatted(Places.index(shape, place), what));
  }
}
