package dev.cajal.diagnosis;

/** Words in lines that fit a terminal. */
final class Text {
  private static final int WIDTH = 78;

  private Text() {}

  /** Lines of the words, of which all but the first begin with so many blanks. */
  static String wrapped(int hanging, String words) {
    var lines = new StringBuilder();
    int column = 0;
    int from = 0;
    while (from < words.length()) {
      int blank = from;
      // Blanks before a word are the indent of a line, or what aligns columns.
      while (blank < words.length() && words.charAt(blank) == ' ') {
        blank++;
      }
      int end = words.indexOf(' ', blank);
      int to = end < 0 ? words.length() : end;
      if (column > 0 && column + to - from > WIDTH) {
        lines.append('\n').repeat(" ", hanging);
        column = hanging;
        from = blank;
      }
      lines.append(words, from, to);
      column += to - from;
      from = to;
    }
    return lines.toString();
  }
}
