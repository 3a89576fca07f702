package dev.cajal.data.numpy;

import dev.cajal.DamagedFileException;
import dev.cajal.data.bytes.AxisOrder;
import dev.cajal.data.bytes.NumberKind;
import dev.cajal.data.bytes.Numbers;
import java.nio.ByteOrder;
import java.util.Map;

/** NumPy's names of types, such as {@code <f4}: the order of the bytes, a letter, how many. */
final class NumberType {
  private static final Map<String, NumberKind> KINDS =
      Map.ofEntries(
          Map.entry("b1", NumberKind.TRUTH),
          Map.entry("i1", NumberKind.INT8),
          Map.entry("u1", NumberKind.UINT8),
          Map.entry("i2", NumberKind.INT16),
          Map.entry("u2", NumberKind.UINT16),
          Map.entry("i4", NumberKind.INT32),
          Map.entry("u4", NumberKind.UINT32),
          Map.entry("i8", NumberKind.INT64),
          Map.entry("u8", NumberKind.UINT64),
          Map.entry("f2", NumberKind.FLOAT16),
          Map.entry("f4", NumberKind.FLOAT32),
          Map.entry("f8", NumberKind.FLOAT64));

  private NumberType() {}

  static Numbers.Layout parse(String name, AxisOrder axes) {
    NumberKind kind = name.isEmpty() ? null : KINDS.get(name.substring(1));
    if (kind == null) {
      throw refused(name);
    }
    return new Numbers.Layout(kind, order(name, kind), axes);
  }

  private static ByteOrder order(String name, NumberKind kind) {
    char letter = name.charAt(0);
    if (letter == '>') {
      return ByteOrder.BIG_ENDIAN;
    }
    if (letter == '<' || (letter == '|' && kind.bytes() == 1)) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    throw damaged("the type '%s' does not say the order of its bytes".formatted(name));
  }

  private static DamagedFileException refused(String name) {
    char letter = name.length() < 2 ? ' ' : name.charAt(1);
    String what =
        switch (letter) {
          case 'O' ->
              "objects, which are pickles of Python, can run code and are not read: save numbers";
          case 'U', 'S', 'a' -> "texts, which are not read: save numbers";
          case 'c' -> "complex numbers, which are not read: save their parts";
          case 'M', 'm' -> "times, which are not read: save numbers";
          case 'V' -> "bytes with no meaning, which are not read: save numbers";
          case 'f' -> "floats of a size that is not read: save them as float64";
          default -> "unknown here; known are b1, i1 to i8, u1 to u8 and f2 to f8";
        };
    return damaged("the type '%s' is %s".formatted(name, what));
  }

  private static DamagedFileException damaged(String what) {
    return new DamagedFileException("header", what);
  }
}
