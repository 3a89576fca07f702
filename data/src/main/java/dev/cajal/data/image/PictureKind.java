package dev.cajal.data.image;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats of pictures that are read, which their first bytes tell. */
enum PictureKind {
  PNG("png", "\u0089PNG\r\n\u001a\n"),
  JPEG("jpeg", "\u00ff\u00d8\u00ff"),
  GIF("gif", "GIF8"),
  BMP("bmp", "BM");

  /** How many bytes tell. */
  static final int FIRST_BYTES = 12;

  private static final List<String> ENDINGS =
      List.of(".png", ".jpg", ".jpeg", ".gif", ".bmp", ".jpe", ".jfif");

  /** Two letters alone may begin any text. */
  private static final String BMP_RESERVED = "\0\0\0\0";

  private final String reader;
  private final String first;

  PictureKind(String reader, String first) {
    this.reader = reader;
    this.first = first;
  }

  /** The name of its readers among those of the platform. */
  String reader() {
    return reader;
  }

  static Optional<PictureKind> of(byte[] firstBytes) {
    String letters = new String(firstBytes, StandardCharsets.ISO_8859_1);
    for (PictureKind kind : values()) {
      boolean isMore = kind != BMP || letters.startsWith(BMP_RESERVED, 6);
      if (letters.startsWith(kind.first) && isMore) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** Whether a file is named as if it were one of them. */
  static boolean isClaimedBy(String name) {
    String small = name.toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(small::endsWith);
  }
}
