package dev.cajal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cajal.CajalException;
import dev.cajal.DamagedFileException;
import dev.cajal.tensor.Array;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFileTest {
  @TempDir private Path folder;

  private static Map<String, Array> arrays() {
    Map<String, Array> arrays = new LinkedHashMap<>();
    arrays.put("w", Array.of(new float[] {1, -0f, Float.NaN, Float.MIN_VALUE, 5, 6}, 2, 3));
    arrays.put("empty", Array.of(new float[0], 0, 4));
    arrays.put("truths", Array.of(new boolean[] {true, false, true}));
    arrays.put("scalar", Array.of(new double[] {Math.PI}, new int[0]));
    arrays.put("labels", Array.of(new int[] {Integer.MIN_VALUE, 7}));
    return arrays;
  }

  private Path written() {
    Path file = folder.resolve("model.safetensors");
    TensorFile.write(file, arrays(), Map.of("made", "by \"hand\""));
    return file;
  }

  @Test
  void whatIsWrittenIsRead() {
    TensorFile file = TensorFile.read(written());
    assertThat(file.arrays()).isEqualTo(arrays());
    assertThat(file.arrays().keySet()).containsExactlyElementsOf(arrays().keySet());
    assertThat(file.metadata()).containsExactly(Map.entry("made", "by \"hand\""));
  }

  /** To the byte, by the description of the format. */
  @Test
  void theFileIsAsTheFormatSays() throws IOException {
    Path file = folder.resolve("x");
    TensorFile.write(file, Map.of("x", Array.of(new float[] {1, 2})), Map.of());
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int length = Math.toIntExact(all.getLong());
    assertThat((8 + length) % 8).isZero();
    var header = new byte[length];
    all.get(header);
    assertThat(new String(header, StandardCharsets.UTF_8))
        .startsWith("{\"__metadata__\":{\"crc32c\":\"")
        .contains(",\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}");
    assertThat(all.getFloat()).isEqualTo(1);
    assertThat(all.getFloat()).isEqualTo(2);
    assertThat(all.remaining()).isZero();
  }

  private Path file(String header, int bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).array());
    out.write(text);
    out.write(new byte[bytes]);
    return Files.write(folder.resolve("other.safetensors"), out.toByteArray());
  }

  /** As other software writes it: blanks after the header, arrays in any order, no checksum. */
  @Test
  void othersFilesAreRead() throws IOException {
    Path file =
        file(
            "{\"b\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[8,12]},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]}}   ",
            12);
    assertThat(TensorFile.read(file).arrays().keySet()).containsExactly("a", "b");
  }

  private void assertDamaged(Path file, String message) {
    assertThatExceptionOfType(DamagedFileException.class)
        .isThrownBy(() -> TensorFile.read(file))
        .withMessageStartingWith(file + ": ")
        .withMessageContaining(message);
  }

  @Test
  void headersThatLieAreRefused() throws IOException {
    String x = "{\"x\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%s]}}";
    assertDamaged(file(x.formatted("F32", "2", "0,8"), 7), "0 to 8");
    assertDamaged(file(x.formatted("F32", "2", "0,8"), 9), "1 bytes belong to no array");
    assertDamaged(file(x.formatted("F32", "2", "4,12"), 12), "4 to 12");
    assertDamaged(file(x.formatted("F32", "3", "0,8"), 8), "8 bytes for 3 numbers");
    assertDamaged(file(x.formatted("F32", "-2", "0,8"), 8), "no array has such sizes");
    assertDamaged(
        file(x.formatted("F32", "65536,65536,65536", "0,8"), 8), "no array has such sizes");
    assertDamaged(file(x.formatted("F32", "2", "0"), 8), "two numbers are expected");
    assertDamaged(
        file(x.formatted("C64", "1", "0,8"), 8), "C64 is not among F32, F64, I32 and BOOL");
    assertDamaged(file("{\"x\":", 8), "header");
    assertDamaged(file("[]", 0), "expected");
  }

  @Test
  void noPartOfAFilePassesForAllOfIt() throws IOException {
    byte[] whole = Files.readAllBytes(written());
    Path cut = folder.resolve("cut");
    for (int length = 0; length < whole.length; length++) {
      Files.write(cut, java.util.Arrays.copyOf(whole, length));
      assertThatExceptionOfType(DamagedFileException.class).isThrownBy(() -> TensorFile.read(cut));
    }
  }

  @Test
  void aFlippedBitAnywhereIsNoticed() throws IOException {
    byte[] whole = Files.readAllBytes(written());
    for (int i = 0; i < 8 * whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i / 8] ^= (byte) (1 << (i % 8));
      Path file = Files.write(folder.resolve("flipped"), damaged);
      assertThat(isTaken(file)).as("bit %d of byte %d", i % 8, i / 8).isFalse();
    }
  }

  /** One whose checksum has another name looks like a file of somebody else's. */
  private static boolean isTaken(Path file) {
    try {
      return TensorFile.read(file).checksum().isPresent();
    } catch (DamagedFileException e) {
      return false;
    }
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path none = folder.resolve("none");
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> TensorFile.read(none))
        .withMessage("there is no file " + none);
  }
}
