package dev.cajal.data.image;

import dev.cajal.DamagedFileException;
import dev.cajal.data.bytes.AxisOrder;
import dev.cajal.data.bytes.ByteSource;
import dev.cajal.data.bytes.NumberKind;
import dev.cajal.data.bytes.Numbers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The magic number, of which a byte is the type and a byte how many sizes follow, and these. */
record IdxHeader(NumberKind kind, List<Long> sizes) {
  private static final String PLACE = "header";

  static IdxHeader read(ByteSource source) {
    int magic = ByteBuffer.wrap(source.take(PLACE, Integer.BYTES)).getInt();
    NumberKind kind =
        switch (magic >>> 8) {
          case 0x08 -> NumberKind.UINT8;
          case 0x09 -> NumberKind.INT8;
          case 0x0b -> NumberKind.INT16;
          case 0x0c -> NumberKind.INT32;
          case 0x0d -> NumberKind.FLOAT32;
          case 0x0e -> NumberKind.FLOAT64;
          default ->
              throw new DamagedFileException(
                  PLACE, "0x%08x is no magic number of the IDX format".formatted(magic));
        };
    ByteBuffer sizes = ByteBuffer.wrap(source.take(PLACE, (magic & 0xff) * Integer.BYTES));
    return new IdxHeader(
        kind,
        IntStream.range(0, magic & 0xff)
            .mapToObj(axis -> Integer.toUnsignedLong(sizes.getInt()))
            .toList());
  }

  Numbers.Layout layout() {
    return new Numbers.Layout(kind, ByteOrder.BIG_ENDIAN, AxisOrder.LAST_FASTEST);
  }

  @Override
  public String toString() {
    return "%s with %d axes".formatted(kind.name().toLowerCase(Locale.ROOT), sizes.size());
  }
}
