package dev.cajal.data.numpy;

import dev.cajal.DamagedFileException;
import dev.cajal.data.bytes.AxisOrder;
import dev.cajal.data.bytes.Numbers;
import dev.cajal.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a header: {@code {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }},
 * which is a literal of Python with these three keys in any order.
 */
final class HeaderText {
  private static final int LONGEST_NUMBER = 18;
  private static final char END = '\0';

  private final String text;
  private int position;
  private @Nullable String type;
  private @Nullable AxisOrder axes;
  private @Nullable Shape shape;

  private HeaderText(String text) {
    this.text = text;
  }

  static NpyHeader parse(String text) {
    return new HeaderText(text).header();
  }

  private NpyHeader header() {
    expect('{');
    while (!accept('}')) {
      member();
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    if (next() != END || position < text.length()) {
      throw expected("the end of the header");
    }
    return NpyHeader.of(given("descr", type), given("fortran_order", axes), given("shape", shape));
  }

  private void member() {
    String key = string();
    expect(':');
    switch (key) {
      case "descr" -> type = once(key, type, type());
      case "fortran_order" -> axes = once(key, axes, axes());
      case "shape" -> shape = once(key, shape, Numbers.shape(sizes()));
      default ->
          throw damaged("unknown key '%s'; known are descr, fortran_order, shape".formatted(key));
    }
  }

  private static <T> T once(String key, @Nullable T before, T now) {
    if (before != null) {
      throw damaged("the key '%s' is there twice".formatted(key));
    }
    return now;
  }

  private static <T> T given(String key, @Nullable T value) {
    if (value == null) {
      throw damaged("the key '%s' is missing".formatted(key));
    }
    return value;
  }

  private String type() {
    if (next() == '[') {
      throw damaged("these are records of several types, which are not read: save one array each");
    }
    return string();
  }

  private AxisOrder axes() {
    next();
    if (text.startsWith("False", position)) {
      position += "False".length();
      return AxisOrder.LAST_FASTEST;
    }
    if (text.startsWith("True", position)) {
      position += "True".length();
      return AxisOrder.FIRST_FASTEST;
    }
    throw expected("True or False");
  }

  /** A tuple: {@code ()}, {@code (3,)}, {@code (2, 3)}; {@code (3)} is none. */
  private List<Long> sizes() {
    List<Long> sizes = new ArrayList<>();
    expect('(');
    while (!accept(')')) {
      sizes.add(number());
      if (sizes.size() == 1) {
        expect(',');
      } else if (!accept(',')) {
        expect(')');
        break;
      }
    }
    return sizes;
  }

  private long number() {
    next();
    int start = position;
    while (position < text.length() && isDigit(text.charAt(position))) {
      position++;
    }
    String digits = text.substring(start, position);
    if (digits.isEmpty()
        || digits.length() > LONGEST_NUMBER
        || (digits.length() > 1 && digits.startsWith("0"))) {
      position = start;
      throw expected("a size");
    }
    if (position < text.length() && text.charAt(position) == 'L') {
      position++; // Python 2 wrote long numbers so.
    }
    return Long.parseLong(digits);
  }

  private static boolean isDigit(char letter) {
    return letter >= '0' && letter <= '9';
  }

  private String string() {
    char quote = next();
    if (quote != '\'' && quote != '"') {
      throw expected("a string");
    }
    int end = text.indexOf(quote, position + 1);
    if (end < 0) {
      throw expected("the end of a string");
    }
    String value = text.substring(position + 1, end);
    if (value.indexOf('\\') >= 0) {
      throw expected("a string without a backslash");
    }
    position = end + 1;
    return value;
  }

  private boolean accept(char wanted) {
    if (next() == wanted && position < text.length()) {
      position++;
      return true;
    }
    return false;
  }

  private void expect(char wanted) {
    if (!accept(wanted)) {
      throw expected("'" + wanted + "'");
    }
  }

  /** The next letter that is no blank, or the end. */
  private char next() {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    return position < text.length() ? text.charAt(position) : END;
  }

  private DamagedFileException expected(String what) {
    String found =
        position >= text.length()
            ? "the end"
            : "'" + text.substring(position, Math.min(text.length(), position + 10)).strip() + "'";
    return damaged("character %d: expected %s, found %s".formatted(position, what, found));
  }

  private static DamagedFileException damaged(String what) {
    return new DamagedFileException("header", what);
  }
}
