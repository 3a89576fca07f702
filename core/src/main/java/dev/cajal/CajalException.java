package dev.cajal;

/**
 * Trouble with files or data: something outside the program is not as it should be.
 *
 * <p>A mistake of the calling code is an {@link IllegalArgumentException} instead.
 */
public class CajalException extends RuntimeException {

  public CajalException(String message) {
    super(message);
  }

  public CajalException(String message, Throwable cause) {
    super(message, cause);
  }
}
