package dev.cajal.train;

import dev.cajal.tensor.Array;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** A number that depends on every bit of samples, and hardly comes of others. */
final class Checksum {
  /** About so many numbers of inputs are loaded at a time. */
  private static final int NUMBERS = 1 << 20;

  private final CRC32C crc = new CRC32C();
  private ByteBuffer bytes = ByteBuffer.allocate(0);

  private Checksum() {}

  static long of(Samples samples) {
    var checksum = new Checksum();
    checksum.crc.update(("" + samples.size()).getBytes(StandardCharsets.UTF_8));
    samples
        .inBatches(atATime(samples))
        .forEach(some -> {
          checksum.add(some.x());
          checksum.add(some.y());
          some.weight().ifPresent(checksum::add);
        });
    return checksum.crc.getValue();
  }

  /** How many samples are looked at at a time, where all of them are. */
  static int atATime(Samples samples) {
    if (samples.size() == 0) {
      return 1;
    }
    Batch one = samples.rows(0);
    int weights = one.weight().map(Array::length).orElse(0);
    return Math.max(1, NUMBERS / Math.max(1, one.x().length() + one.y().length() + weights));
  }

  private void add(Array array) {
    crc.update((array.dtype() + " " + array.shape()).getBytes(StandardCharsets.UTF_8));
    if (bytes.capacity() < array.length() * Double.BYTES) {
      bytes = ByteBuffer.allocate(array.length() * Double.BYTES);
    }
    bytes.clear();
    int size = array.length() * put(array);
    crc.update(bytes.limit(size));
  }

  /** Gives how many bytes each of them took. */
  private int put(Array array) {
    switch (array.data()) {
      case float[] f -> bytes.asFloatBuffer().put(f);
      case double[] d -> bytes.asDoubleBuffer().put(d);
      case int[] i -> bytes.asIntBuffer().put(i);
      case boolean[] b -> {
        for (int i = 0; i < b.length; i++) {
          bytes.put(i, (byte) (b[i] ? 1 : 0));
        }
      }
      default -> throw new AssertionError(array.data());
    }
    return array.data() instanceof double[]
        ? Double.BYTES
        : array.data() instanceof boolean[] ? 1 : Float.BYTES;
  }
}
