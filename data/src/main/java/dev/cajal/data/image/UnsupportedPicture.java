package dev.cajal.data.image;

/** A picture that is whole, and of a kind that is not read. */
final class UnsupportedPicture extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnsupportedPicture(String what) {
    super(what);
  }
}
