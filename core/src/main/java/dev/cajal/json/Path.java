package dev.cajal.json;

/** The way from the top of a JSON text to a value in it, such as {@code nodes[3].axis}. */
sealed interface Path {

  int LONGEST_WORD = 40;

  record Top() implements Path {}

  record Member(Path parent, String name) implements Path {}

  record Item(Path parent, int index) implements Path {}

  /** The path as errors show it. */
  default String text() {
    return switch (this) {
      case Top _ -> "the top";
      case Member(Top _, var name) when isWord(name) -> name;
      case Member(var parent, var name) ->
          prefix(parent) + (isWord(name) ? "." + name : "[" + Names.quoted(name) + "]");
      case Item(var parent, var index) -> prefix(parent) + "[" + index + "]";
    };
  }

  private static String prefix(Path parent) {
    return parent instanceof Top ? "" : parent.text();
  }

  private static boolean isWord(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST_WORD
        && name.chars().allMatch(Character::isJavaIdentifierPart);
  }
}
