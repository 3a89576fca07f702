package dev.cajal.data.numpy;

import dev.cajal.DamagedFileException;
import dev.cajal.data.bytes.AxisOrder;
import dev.cajal.data.bytes.ByteSource;
import dev.cajal.data.bytes.Numbers;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What stands in front of the numbers of an array. */
record NpyHeader(Numbers.Layout layout, Shape shape) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final String PLACE = "header";

  /** Numbers begin where any of them may lie. */
  private static final int ALIGNMENT = 64;

  /** NumPy leaves as much space as this number of digits takes, so that an array can grow. */
  private static final int DIGITS = 21;

  private static final int MOST_AXES = 64;

  static NpyHeader read(ByteSource source) {
    requireMagic(source.take(PLACE, MAGIC.length));
    byte[] version = source.take(PLACE, 2);
    if (version[0] < 1 || version[0] > 3 || version[1] != 0) {
      throw new DamagedFileException(
          PLACE,
          "the format has the versions 1.0, 2.0 and 3.0, not %d.%d"
              .formatted(Byte.toUnsignedInt(version[0]), Byte.toUnsignedInt(version[1])));
    }
    long length =
        version[0] == 1
            ? Short.toUnsignedLong(little(source.take(PLACE, 2)).getShort())
            : Integer.toUnsignedLong(little(source.take(PLACE, 4)).getInt());
    source.require(PLACE, length);
    if (length > Short.toUnsignedLong((short) -1)) {
      throw new DamagedFileException(
          PLACE, "it has %d bytes, which no array of plain numbers needs".formatted(length));
    }
    Charset letters = version[0] == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    return HeaderText.parse(new String(source.take(PLACE, (int) length), letters));
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void requireMagic(byte[] first) {
    if (Arrays.equals(first, MAGIC)) {
      return;
    }
    if (first[0] == (byte) 0x80) {
      throw new DamagedFileException(
          PLACE, "this is a pickle of Python, which can run code and is not read");
    }
    if (first[0] == 'P' && first[1] == 'K') {
      throw new DamagedFileException(PLACE, "this is an archive of arrays, which Npz reads");
    }
    throw new DamagedFileException(PLACE, "an array of NumPy begins with the bytes \\x93NUMPY");
  }

  /** The header of an array, to the byte as NumPy writes it. */
  static byte[] of(Array array) {
    int[] sizes = array.shape().numbers();
    if (sizes.length > MOST_AXES) {
      throw new IllegalArgumentException(
          "NumPy has arrays of at most %d axes, and this one has %d"
              .formatted(MOST_AXES, sizes.length));
    }
    String shape =
        Arrays.stream(sizes)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", ", "(", sizes.length == 1 ? ",)" : ")"));
    String text =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }"
            .formatted(description(array.dtype()), shape);
    int growth = sizes.length == 0 ? 0 : DIGITS - Integer.toString(sizes[0]).length();
    int fixed = MAGIC.length + 2 + 2;
    int length = text.length() + growth + 1;
    length += ALIGNMENT - (fixed + length) % ALIGNMENT;
    byte[] padded =
        (text + " ".repeat(length - 1 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(fixed + length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) length)
        .put(padded)
        .array();
  }

  private static String description(DType dtype) {
    return switch (dtype) {
      case F32 -> "<f4";
      case F64 -> "<f8";
      case I32 -> "<i4";
      case BOOL -> "|b1";
    };
  }

  static NpyHeader of(String description, AxisOrder axes, Shape shape) {
    return new NpyHeader(NumberType.parse(description, axes), shape);
  }
}
