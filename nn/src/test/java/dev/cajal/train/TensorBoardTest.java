package dev.cajal.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of events, byte by byte as the formats of records and of protocol buffers say. */
class TensorBoardTest {
  @TempDir private Path folder;

  /** The checksum as TensorFlow's documentation of the format of records has it. */
  private static int masked(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    long value = crc.getValue();
    return (int) (((value >>> 15) | (value << 17)) + 0xa282ead8L);
  }

  /** The messages of a file, whose lengths and checksums are right. */
  private static List<byte[]> messages(Path file) throws IOException {
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    var messages = new ArrayList<byte[]>();
    while (all.hasRemaining()) {
      var length = new byte[8];
      all.get(length);
      assertThat(all.getInt()).isEqualTo(masked(length));
      var data = new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      all.get(data);
      assertThat(all.getInt()).isEqualTo(masked(data));
      messages.add(data);
    }
    return messages;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** All but the time, which comes first: a tag and eight bytes. */
  private static String hex(byte[] message) {
    assertThat(message[0]).isEqualTo((byte) 0x09);
    return HexFormat.of().formatHex(message, 9, message.length);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aRunIsAFileOfEvents() throws IOException {
    TensorBoard board = TensorBoard.in(folder);
    board.accept(new Event.Began(100, 1, 10, 100, OptionalLong.empty(), List.of()));
    var metrics = new LinkedHashMap<String, Double>();
    metrics.put("f1", 0.5);
    board.accept(new Event.Epoch(1, 300, 2, OptionalDouble.empty(), metrics, true, 1));
    List<byte[]> messages = messages(files().getFirst());
    assertThat(files().getFirst().getFileName().toString()).contains("tfevents");
    assertThat(messages).hasSize(3);
    // step 0; file_version
    assertThat(hex(messages.get(0))).isEqualTo("1000" + "1a0d" + hex("brain.Event:2"));
    // step 300; summary { value { tag, simple_value 2 } }
    assertThat(hex(messages.get(1)))
        .isEqualTo("10ac02" + "2a13" + "0a11" + "0a0a" + hex("epoch/loss") + "1500000040");
    assertThat(hex(messages.get(2)))
        .isEqualTo("10ac02" + "2a11" + "0a0f" + "0a08" + hex("epoch/f1") + "150000003f");
  }

  @Test
  void aRunThatGoesOnHasAnotherFileThatSaysSinceWhen() throws IOException {
    TensorBoard.in(folder)
        .accept(new Event.Began(100, 1, 10, 100, OptionalLong.empty(), List.of()));
    TensorBoard.in(folder).accept(new Event.Began(100, 1, 10, 100, OptionalLong.of(54), List.of()));
    assertThat(files()).hasSize(2);
    List<byte[]> messages = messages(files().getLast());
    // step 55; session_log { status: START }
    assertThat(hex(messages.getLast())).isEqualTo("1037" + "3a02" + "0801");
  }
}
