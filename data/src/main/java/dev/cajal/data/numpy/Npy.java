package dev.cajal.data.numpy;

import dev.cajal.data.bytes.ByteSource;
import dev.cajal.data.bytes.Numbers;
import dev.cajal.files.WholeFile;
import dev.cajal.tensor.Array;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * One array in a file of NumPy, {@code .npy}: what {@code numpy.save} writes and {@code numpy.load}
 * reads.
 *
 * <p>Read are truth values, integers of 8 to 64 bits and floats of 16 to 64, in either order of
 * bytes and of axes. Integers become i32, and one that does not fit is refused; float16 and float32
 * become f32. Objects are refused: they are pickles, which can run code.
 */
public final class Npy {
  private Npy() {}

  /**
   * Reads a file.
   *
   * @throws dev.cajal.DamagedFileException if it is not whole, or not of this format
   * @throws dev.cajal.CajalException if it can't be read
   */
  public static Array read(Path file) {
    return ByteSource.read(file, Npy::read);
  }

  static Array read(ByteSource source) {
    NpyHeader header = NpyHeader.read(source);
    Array array = Numbers.read(source, header.layout(), header.shape());
    source.requireEnd(Numbers.PLACE);
    return array;
  }

  /** Writes a file, or replaces it: see {@link WholeFile}. */
  public static void write(Path file, Array array) {
    byte[] header = NpyHeader.of(array);
    WholeFile.write(
        file,
        out -> {
          out.write(header);
          Numbers.write(out, array);
        });
  }

  static void write(OutputStream out, Array array) throws IOException {
    out.write(NpyHeader.of(array));
    Numbers.write(out, array);
  }

  /** How many bytes the file of an array has. */
  static long size(Array array) {
    return NpyHeader.of(array).length + (long) array.length() * Numbers.bytes(array.dtype());
  }
}
