package dev.cajal.tensor;

import dev.cajal.tensor.Diagram.Kind;

/**
 * The colours of a diagram. Each box brings a background, and what is outside boxes is in a grey
 * that shows on white as on black.
 */
record Colours(String fill, String line, String text) {
  static final String FRAME = "#808080";

  static Colours of(Kind kind) {
    return switch (kind) {
      case INPUT -> new Colours("#1f6fb5", "#1f6fb5", "#ffffff");
      case PARAMETER -> new Colours("#2b7a4b", "#2b7a4b", "#ffffff");
      case CONSTANT -> new Colours("#6b7280", "#6b7280", "#ffffff");
      case RANDOM -> new Colours("#7c4dab", "#7c4dab", "#ffffff");
      case OPERATION -> new Colours("#eef1f5", "#8a94a3", "#1b2430");
      case OUTPUT -> new Colours("#fbe3c0", "#d9822b", "#1b2430");
    };
  }

  /** A text on one line, without characters that cannot be seen. */
  static String visible(String text) {
    var visible = new StringBuilder();
    text.codePoints()
        .map(c ->
            switch (Character.getType(c)) {
              case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                  ' ';
              case Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> 0xFFFD;
              default -> c;
            })
        .forEach(visible::appendCodePoint);
    return visible.toString();
  }
}
