package dev.cajal.data.image;

import dev.cajal.DamagedFileException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** Finds pictures that end too early or were changed, of which readers make what they can. */
final class Wholeness {
  private static final int PNG_SIGNATURE = 8;
  private static final int PNG_END = 0x49454e44;

  private Wholeness() {}

  static void require(PictureKind kind, byte[] file) {
    switch (kind) {
      case PNG -> png(file);
      case BMP -> bmp(file);
      case JPEG, GIF -> {} // Their readers tell.
    }
  }

  /** Every chunk has its length in front, and behind it a checksum of its name and content. */
  private static void png(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    int at = PNG_SIGNATURE;
    while (true) {
      if (at > file.length - 12) {
        throw endsAt(file.length);
      }
      int length = bytes.getInt(at);
      if (length < 0 || length > file.length - 12 - at) {
        throw endsAt(file.length);
      }
      var crc = new CRC32();
      crc.update(file, at + 4, length + 4);
      if ((int) crc.getValue() != bytes.getInt(at + 8 + length)) {
        throw new DamagedFileException(
            "picture", "the chunk at byte %d has another checksum than it should".formatted(at));
      }
      if (bytes.getInt(at + 4) == PNG_END) {
        return;
      }
      at += 12 + length;
    }
  }

  /** The header says how long the file is, or 0. */
  private static void bmp(byte[] file) {
    if (file.length < 6
        || Integer.toUnsignedLong(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(2))
            > file.length) {
      throw endsAt(file.length);
    }
  }

  private static DamagedFileException endsAt(int length) {
    return new DamagedFileException(
        "picture", "the file ends at byte %d, too early".formatted(length));
  }
}
