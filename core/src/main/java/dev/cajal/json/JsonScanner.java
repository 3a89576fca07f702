package dev.cajal.json;

import dev.cajal.DamagedFileException;
import java.util.HexFormat;

/** Goes through a JSON text and reads its words, numbers and strings. */
final class JsonScanner {

  static final int END = -1;

  private final String text;
  private int position;

  JsonScanner(String text) {
    this.text = text;
  }

  int position() {
    return position;
  }

  /** Goes past the word, for which the value stands. */
  Json word(String word, Json value) {
    if (!text.startsWith(word, position)) {
      throw expected("a value");
    }
    position += word.length();
    return value;
  }

  /** The number that begins here. */
  JsonNumber number() {
    int end = JsonNumber.end(text, position);
    if (end < 0) {
      position = ~end;
      throw expected("a digit");
    }
    var number = new JsonNumber(text.substring(position, end));
    position = end;
    if (peek() >= '0' && peek() <= '9') {
      throw expected("no digit after a leading zero");
    }
    return number;
  }

  /** The string whose opening quote is here. */
  String string() {
    int start = ++position;
    while (isPlain(peek())) {
      position++;
    }
    if (peek() == '"') {
      return text.substring(start, position++);
    }
    var built = new StringBuilder().append(text, start, position);
    while (peek() != '"') {
      if (peek() == '\\') {
        escape(built);
      } else if (peek() == END) {
        throw expected("a closing '\"'");
      } else if (peek() < ' ') {
        throw expected("an escape such as \\n for a control character");
      } else if (isPlain(peek())) {
        built.append(text.charAt(position++));
      } else {
        pair(built, position, text.charAt(position++));
      }
    }
    position++;
    return built.toString();
  }

  /** Whether a string holds the character as it is, without a second look. */
  private static boolean isPlain(int c) {
    return c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate((char) c);
  }

  private void escape(StringBuilder built) {
    int start = position++;
    switch (peek()) {
      case '"', '\\', '/' -> built.append((char) peek());
      case 'b' -> built.append('\b');
      case 'f' -> built.append('\f');
      case 'n' -> built.append('\n');
      case 'r' -> built.append('\r');
      case 't' -> built.append('\t');
      case 'u' -> {
        pair(built, start, unit());
        return;
      }
      default -> throw expected("one of \" \\ / b f n r t u after '\\'");
    }
    position++;
  }

  /** Appends one UTF-16 unit, just read, and if it is half a pair the other half as well. */
  private void pair(StringBuilder built, int start, char unit) {
    built.append(unit);
    if (!Character.isSurrogate(unit)) {
      return;
    }
    char other = ' ';
    if (text.startsWith("\\u", position)) {
      position++;
      other = unit();
    } else if (peek() != END) {
      other = text.charAt(position++);
    }
    if (!Character.isSurrogatePair(unit, other)) {
      throw damaged(start, "half a surrogate pair, U+%04X".formatted((int) unit));
    }
    built.append(other);
  }

  /** The unit of uXXXX. */
  private char unit() {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      position++;
      if (!HexFormat.isHexDigit(peek())) {
        throw expected("four hexadecimal digits after '\\u'");
      }
      unit = 16 * unit + HexFormat.fromHexDigit(peek());
    }
    position++;
    return (char) unit;
  }

  /** Whether the next character that is not white space is the wanted one; if so, goes past it. */
  boolean accept(char wanted) {
    boolean found = next() == wanted;
    if (found) {
      position++;
    }
    return found;
  }

  /** Goes to the next character that is not white space: that character, or END. */
  int next() {
    int c = peek();
    while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
      position++;
      c = peek();
    }
    return c;
  }

  private int peek() {
    return position < text.length() ? text.charAt(position) : END;
  }

  DamagedFileException expected(String what) {
    return damaged(position, Found.insteadOf(what, text, position));
  }

  DamagedFileException damaged(int at, String what) {
    int line = 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    int column = 1 + text.codePointCount(text.lastIndexOf('\n', at - 1) + 1, at);
    return new DamagedFileException("line %d, column %d".formatted(line, column), what);
  }
}
