package dev.cajal.data.table;

import dev.cajal.CajalException;
import dev.cajal.files.WholeFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps arrays: in memory as long as they are few, then in a file without a name, which is gone
 * when the process is. What was in memory before stays there.
 *
 * <p>The file is written, not mapped for writing: where the disk is full that is an error with
 * words, and not the end of the JVM.
 */
public final class Spill {
  /** What part of the memory that the JVM may have is filled before the file is used. */
  private static final int PART = 8;

  private final long room;
  private final Path folder;
  private long held;
  private long written;
  private @Nullable FileChannel channel;
  private ByteBuffer bytes = ByteBuffer.allocate(0);

  private Spill(long room, Path folder) {
    this.room = room;
    this.folder = folder;
  }

  /** With as much memory as there is usually left for data, and a file in this folder. */
  public static Spill in(Path folder) {
    return of(Runtime.getRuntime().maxMemory() / PART, folder);
  }

  /** With so many bytes in memory. */
  public static Spill of(long room, Path folder) {
    return new Spill(room, folder);
  }

  /** Where an array is kept. */
  public sealed interface Kept {}

  private record Held(MemorySegment segment) implements Kept {}

  private record Written(long from, long size) implements Kept {}

  /** Keeps the first numbers of an array, which may be written over afterwards. */
  public Kept keep(double[] values, int count) {
    if (fits((long) count * Double.BYTES)) {
      return new Held(MemorySegment.ofArray(Arrays.copyOf(values, count)));
    }
    ByteBuffer buffer = buffer(count * Double.BYTES);
    buffer.asDoubleBuffer().put(values, 0, count);
    return write(buffer.limit(count * Double.BYTES));
  }

  /** Keeps the first numbers of an array, which may be written over afterwards. */
  public Kept keep(int[] values, int count) {
    if (fits((long) count * Integer.BYTES)) {
      return new Held(MemorySegment.ofArray(Arrays.copyOf(values, count)));
    }
    ByteBuffer buffer = buffer(count * Integer.BYTES);
    buffer.asIntBuffer().put(values, 0, count);
    return write(buffer.limit(count * Integer.BYTES));
  }

  /** Keeps the first numbers of an array, which may be written over afterwards. */
  public Kept keep(float[] values, int count) {
    if (fits((long) count * Float.BYTES)) {
      return new Held(MemorySegment.ofArray(Arrays.copyOf(values, count)));
    }
    ByteBuffer buffer = buffer(count * Float.BYTES);
    buffer.asFloatBuffer().put(values, 0, count);
    return write(buffer.limit(count * Float.BYTES));
  }

  private boolean fits(long size) {
    if (channel != null || held + size > room) {
      return false;
    }
    held += size;
    return true;
  }

  private ByteBuffer buffer(int size) {
    if (bytes.capacity() < size) {
      bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }
    return bytes.clear();
  }

  private Kept write(ByteBuffer buffer) {
    // Doubles are read where their address is a multiple of their size.
    written = Math.ceilDiv(written, Double.BYTES) * Double.BYTES;
    long from = written;
    int size = buffer.remaining();
    try {
      FileChannel file = channel();
      while (buffer.hasRemaining()) {
        written += file.write(buffer, written);
      }
    } catch (IOException e) {
      throw new CajalException(
          "can't keep the data in %s, which do not fit into memory: %s"
              .formatted(folder, WholeFile.why(e)),
          e);
    }
    return new Written(from, size);
  }

  private FileChannel channel() throws IOException {
    if (channel == null) {
      channel =
          FileChannel.open(
              Files.createTempFile(folder, "cajal", ".data"),
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    }
    return channel;
  }

  /** Some of what was kept, to be read; more may be kept afterwards. */
  public List<MemorySegment> segments(List<Kept> all) {
    try {
      MemorySegment file = MemorySegment.NULL;
      if (channel != null && channel.isOpen()) {
        file = channel.map(FileChannel.MapMode.READ_ONLY, 0, written, Arena.ofAuto());
      }
      var segments = new ArrayList<MemorySegment>();
      for (Kept kept : all) {
        segments.add(
            switch (kept) {
              case Held(var segment) -> segment;
              case Written(long from, long size) -> file.asSlice(from, size);
            });
      }
      return segments;
    } catch (IOException e) {
      throw new CajalException(
          "can't read back the data that are kept in %s: %s".formatted(folder, WholeFile.why(e)),
          e);
    }
  }

  /** Lets go of the file; what was mapped of it stays as long as it is used. */
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // It has been read; that its name is still there does no harm.
    }
  }
}
