package dev.cajal;

/**
 * A file or a text that cannot be what it claims to be.
 *
 * <p>The message says where and what: {@code line 3, column 7: expected a value, found ']'}. Code
 * that knows more of the place puts it in front with {@link #in}.
 */
public final class DamagedFileException extends CajalException {

  public DamagedFileException(String where, String what) {
    super(where + ": " + what);
  }

  private DamagedFileException(String where, DamagedFileException inner) {
    super(where + ": " + inner.getMessage(), inner);
  }

  /** The same trouble, told from further out: {@code in("model.json")}. */
  public DamagedFileException in(String where) {
    return new DamagedFileException(where, this);
  }
}
