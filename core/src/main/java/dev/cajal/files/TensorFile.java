package dev.cajal.files;

import dev.cajal.CajalException;
import dev.cajal.DamagedFileException;
import dev.cajal.json.At;
import dev.cajal.json.Json;
import dev.cajal.json.JsonArray;
import dev.cajal.json.JsonObject;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Shape;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;

/**
 * Arrays by name in a file of the safetensors format: eight bytes that say how long the header is,
 * the header, which is JSON, and the numbers, little-endian, one array after the other. A file can
 * hold nothing that runs.
 *
 * <p>What is written here carries a checksum of the header and the numbers among the metadata,
 * which is checked when it is read.
 */
public final class TensorFile {
  private static final String METADATA = "__metadata__";
  private static final String CHECKSUM = "crc32c";

  /** What stands in the place of the checksum while it is taken. */
  private static final String NO_CHECKSUM = "00000000";

  private static final int ALIGNMENT = 8;

  /** Numbers are written by so many at a time. */
  private static final int CHUNK = 1 << 14;

  private static final ValueLayout.OfFloat FLOATS =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLES =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INTS =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final SequencedMap<String, Array> arrays;
  private final SequencedMap<String, String> metadata;
  private final Optional<String> checksum;

  private TensorFile(
      SequencedMap<String, Array> arrays,
      SequencedMap<String, String> metadata,
      Optional<String> checksum) {
    this.arrays = arrays;
    this.metadata = metadata;
    this.checksum = checksum;
  }

  /** The arrays by their names, in the order in which they lie in the file. */
  public SequencedMap<String, Array> arrays() {
    return Collections.unmodifiableSequencedMap(arrays);
  }

  /** What else the header says. */
  public SequencedMap<String, String> metadata() {
    return Collections.unmodifiableSequencedMap(metadata);
  }

  /** The checksum that the file has, as all that are written here do; it was right. */
  public Optional<String> checksum() {
    return checksum;
  }

  // Writing.

  /**
   * Writes a file, or replaces it: see {@link WholeFile}.
   *
   * @return the checksum of its contents
   */
  public static String write(Path file, Map<String, Array> arrays, Map<String, String> metadata) {
    JsonObject said = JsonObject.empty().with(CHECKSUM, NO_CHECKSUM);
    for (var entry : metadata.entrySet()) {
      said = said.with(entry.getKey(), entry.getValue());
    }
    Map<String, Json> header = new LinkedHashMap<>();
    header.put(METADATA, said);
    long offset = 0;
    for (var entry : arrays.entrySet()) {
      long end = offset + (long) entry.getValue().length() * bytes(entry.getValue().dtype());
      header.put(entry.getKey(), described(entry.getValue(), offset, end));
      offset = end;
    }
    String plain = padded(new JsonObject(header).write());
    String checksum = checksum(plain, arrays.values());
    byte[] text =
        plain.replaceFirst(member(NO_CHECKSUM), member(checksum)).getBytes(StandardCharsets.UTF_8);
    WholeFile.write(
        file,
        out -> {
          var size = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, text.length);
          out.write(size.array(), size.arrayOffset(), 8);
          out.write(text);
          WritableByteChannel channel = Channels.newChannel(out);
          for (Array array : arrays.values()) {
            eachChunk(array, channel::write);
          }
        });
    return checksum;
  }

  private static String checksum(String header, Collection<Array> arrays) {
    var crc = new CRC32C();
    crc.update(header.getBytes(StandardCharsets.UTF_8));
    try {
      for (Array array : arrays) {
        eachChunk(array, crc::update);
      }
    } catch (IOException e) {
      throw new AssertionError("nothing is written yet", e);
    }
    return "%08x".formatted(crc.getValue());
  }

  /** As it stands in the header: the first of all members, so that nothing else is taken for it. */
  private static String member(String checksum) {
    return "\"%s\":\"%s\"".formatted(CHECKSUM, checksum);
  }

  private static JsonObject described(Array array, long from, long to) {
    int[] sizes = array.shape().numbers();
    return JsonObject.empty()
        .with("dtype", array.dtype().name())
        .with("shape", new JsonArray(IntStream.of(sizes).<Json>mapToObj(Json::number).toList()))
        .with("data_offsets", new JsonArray(List.of(Json.number(from), Json.number(to))));
  }

  /** With blanks, so that numbers begin where any of them may lie. */
  private static String padded(String header) {
    int length = header.getBytes(StandardCharsets.UTF_8).length;
    return header + " ".repeat(Math.floorMod(-length, ALIGNMENT));
  }

  private interface ChunkUser {
    void use(ByteBuffer chunk) throws IOException;
  }

  private static void eachChunk(Array array, ChunkUser user) throws IOException {
    int bytes = bytes(array.dtype());
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < array.length(); from += CHUNK) {
      int count = Math.min(CHUNK, array.length() - from);
      chunk.clear();
      switch (array.data()) {
        case float[] f -> chunk.asFloatBuffer().put(f, from, count);
        case double[] d -> chunk.asDoubleBuffer().put(d, from, count);
        case int[] i -> chunk.asIntBuffer().put(i, from, count);
        case boolean[] b -> {
          for (int k = 0; k < count; k++) {
            chunk.put(k, (byte) (b[from + k] ? 1 : 0));
          }
        }
        case Object other -> throw new AssertionError(other);
      }
      chunk.limit(count * bytes);
      user.use(chunk);
    }
  }

  // Reading.

  /**
   * Reads a file.
   *
   * @throws DamagedFileException if it is not whole, or not of this format
   * @throws CajalException if it can't be read
   */
  public static TensorFile read(Path file) {
    try {
      return Interrupts.held(() -> {
        try (Arena arena = Arena.ofConfined();
            FileChannel channel = FileChannel.open(file)) {
          return read(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
        }
      });
    } catch (NoSuchFileException e) {
      throw new CajalException("there is no file " + file, e);
    } catch (DamagedFileException e) {
      throw e.in(file.toString());
    } catch (IOException e) {
      throw new CajalException("can't read %s: %s".formatted(file, WholeFile.why(e)), e);
    }
  }

  private static TensorFile read(MemorySegment all) {
    if (all.byteSize() < 8) {
      throw new DamagedFileException("header", "the file ends before it");
    }
    long length = all.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0);
    if (length < 2 || length > all.byteSize() - 8 || length > Integer.MAX_VALUE) {
      throw new DamagedFileException(
          "header", "its length is %d in a file of %d bytes".formatted(length, all.byteSize()));
    }
    var text = new byte[(int) length];
    MemorySegment.copy(all, ValueLayout.JAVA_BYTE, 8, text, 0, text.length);
    String said = new String(text, StandardCharsets.UTF_8);
    At header;
    try {
      header = At.top(Json.parse(said.stripTrailing()));
    } catch (DamagedFileException e) {
      throw e.in("header");
    }
    MemorySegment numbers = all.asSlice(8 + length);
    SequencedMap<String, String> metadata = new LinkedHashMap<>();
    header.find(METADATA).ifPresent(at -> metadata.putAll(at.map(At::asString)));
    String checksum = metadata.remove(CHECKSUM);
    if (checksum != null) {
      requireChecksum(said.replace(member(checksum), member(NO_CHECKSUM)), numbers, checksum);
    }
    return new TensorFile(arrays(header, numbers), metadata, Optional.ofNullable(checksum));
  }

  private static void requireChecksum(String header, MemorySegment numbers, String wanted) {
    var crc = new CRC32C();
    crc.update(header.getBytes(StandardCharsets.UTF_8));
    long size = numbers.byteSize();
    for (long from = 0; from < size; from += 1 << 30) {
      crc.update(numbers.asSlice(from, Math.min(1 << 30, size - from)).asByteBuffer());
    }
    String found = "%08x".formatted(crc.getValue());
    if (!found.equals(wanted)) {
      throw new DamagedFileException(
          "contents", "their checksum is %s, and should be %s".formatted(found, wanted));
    }
  }

  private static SequencedMap<String, Array> arrays(At header, MemorySegment numbers) {
    record Entry(String name, At at, long from, long to) {}
    List<Entry> entries =
        header.map(at -> at).entrySet().stream()
            .filter(entry -> !entry.getKey().equals(METADATA))
            .map(entry -> {
              List<Long> offsets = entry.getValue().get("data_offsets").list(At::asLong);
              if (offsets.size() != 2) {
                throw entry.getValue().get("data_offsets").damaged("two numbers are expected");
              }
              return new Entry(entry.getKey(), entry.getValue(), offsets.get(0), offsets.get(1));
            })
            .sorted((a, b) -> Long.compare(a.from, b.from))
            .toList();
    SequencedMap<String, Array> arrays = new LinkedHashMap<>();
    long end = 0;
    for (Entry entry : entries) {
      if (entry.from != end || entry.to < end || entry.to > numbers.byteSize()) {
        throw entry
            .at
            .get("data_offsets")
            .damaged(
                "%d to %d, where the numbers before end at %d and all at %d"
                    .formatted(entry.from, entry.to, end, numbers.byteSize()));
      }
      arrays.put(entry.name, array(entry.at, numbers.asSlice(end, entry.to - end)));
      end = entry.to;
    }
    if (end != numbers.byteSize()) {
      throw new DamagedFileException(
          "numbers", "%d bytes belong to no array".formatted(numbers.byteSize() - end));
    }
    return arrays;
  }

  private static Array array(At at, MemorySegment numbers) {
    DType dtype = dtype(at.get("dtype"));
    long[] sizes = at.get("shape").list(At::asLong).stream().mapToLong(Long::longValue).toArray();
    long count = 1;
    for (long size : sizes) {
      if (size < 0 || size > Integer.MAX_VALUE || count * size > Integer.MAX_VALUE) {
        throw at.get("shape").damaged("no array has such sizes");
      }
      count *= size;
    }
    if (count * bytes(dtype) != numbers.byteSize()) {
      throw at.get("data_offsets")
          .damaged("%d bytes for %d numbers".formatted(numbers.byteSize(), count));
    }
    Shape shape = Shape.of(LongStream.of(sizes).boxed().toArray());
    return Array.wrap(data(dtype, (int) count, numbers, at), shape);
  }

  private static Object data(DType dtype, int count, MemorySegment numbers, At at) {
    return switch (dtype) {
      case F32 -> numbers.toArray(FLOATS);
      case F64 -> numbers.toArray(DOUBLES);
      case I32 -> numbers.toArray(INTS);
      case BOOL -> {
        var truths = new boolean[count];
        for (int i = 0; i < count; i++) {
          byte number = numbers.get(ValueLayout.JAVA_BYTE, i);
          if (number != 0 && number != 1) {
            throw at.damaged("a truth value is 0 or 1, not " + number);
          }
          truths[i] = number == 1;
        }
        yield truths;
      }
    };
  }

  private static int bytes(DType dtype) {
    return switch (dtype) {
      case F32, I32 -> 4;
      case F64 -> 8;
      case BOOL -> 1;
    };
  }

  private static DType dtype(At at) {
    return switch (at.asString()) {
      case "F32" -> DType.F32;
      case "F64" -> DType.F64;
      case "I32" -> DType.I32;
      case "BOOL" -> DType.BOOL;
      case String other ->
          throw at.damaged("%s is not among F32, F64, I32 and BOOL".formatted(other));
    };
  }
}
