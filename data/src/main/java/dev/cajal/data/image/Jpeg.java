package dev.cajal.data.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the segments of a JPEG say before its pixels: how many colours there are, which way is up,
 * and at which bytes profiles of colours begin.
 */
record Jpeg(int components, int orientation, List<Integer> profiles) {
  private static final int UPRIGHT = 1;
  private static final int START_OF_SCAN = 0xda;
  private static final int EXIF_SEGMENT = 0xe1;
  private static final int PROFILE_SEGMENT = 0xe2;
  private static final String EXIF = "Exif\0\0";
  private static final int ORIENTATION = 0x0112;

  static Jpeg of(byte[] file) {
    int components = 0;
    int orientation = UPRIGHT;
    List<Integer> profiles = new ArrayList<>();
    int at = 2;
    while (at + 4 <= file.length && file[at] == (byte) 0xff) {
      int marker = Byte.toUnsignedInt(file[at + 1]);
      if (marker == 0xff) {
        at++;
        continue;
      }
      int length = Short.toUnsignedInt(ByteBuffer.wrap(file).getShort(at + 2));
      if (marker == START_OF_SCAN || length < 2 || at + 2 + length > file.length) {
        break;
      }
      ByteBuffer segment = ByteBuffer.wrap(file, at + 4, length - 2).slice();
      if (isFrame(marker) && segment.limit() > 5) {
        components = Byte.toUnsignedInt(segment.get(5));
      } else if (marker == EXIF_SEGMENT) {
        orientation = orientation(segment);
      } else if (marker == PROFILE_SEGMENT) {
        profiles.add(at + 4);
      }
      at += 2 + length;
    }
    return new Jpeg(components, orientation, profiles);
  }

  private static boolean isFrame(int marker) {
    boolean isTable = marker == 0xc4 || marker == 0xc8 || marker == 0xcc;
    return marker >= 0xc0 && marker <= 0xcf && !isTable;
  }

  /** Whether the picture lies on a side, is upside down or mirrored. */
  boolean isTurned() {
    return orientation != UPRIGHT;
  }

  /** Takes their names from the profiles, which readers then pass over, as they do in a PNG. */
  byte[] withoutProfiles(byte[] file) {
    byte[] changed = file.clone();
    for (int start : profiles) {
      changed[start] = 0;
    }
    return changed;
  }

  /** By the first directory of the TIFF that is in an EXIF segment. */
  private static int orientation(ByteBuffer segment) {
    var name = new byte[EXIF.length()];
    if (segment.limit() < name.length + 8) {
      return UPRIGHT;
    }
    segment.get(name);
    if (!new String(name, StandardCharsets.ISO_8859_1).equals(EXIF)) {
      return UPRIGHT;
    }
    ByteBuffer tiff = segment.slice();
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    if (directory < 8 || directory > tiff.limit() - 2) {
      return UPRIGHT;
    }
    int entries = Short.toUnsignedInt(tiff.getShort(directory));
    for (int i = 0; i < entries && directory + 2 + (i + 1) * 12 <= tiff.limit(); i++) {
      int entry = directory + 2 + i * 12;
      if (Short.toUnsignedInt(tiff.getShort(entry)) == ORIENTATION) {
        int value = tiff.getShort(entry + 8);
        return value >= 1 && value <= 8 ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }
}
