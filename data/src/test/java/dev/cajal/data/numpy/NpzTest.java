package dev.cajal.data.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cajal.CajalException;
import dev.cajal.DamagedFileException;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {
  @TempDir private Path folder;

  /** The numbers that the golden script makes, in every type and order. */
  @Test
  void everyTypeInEveryOrderIsRead() {
    SequencedMap<String, Array> arrays = Npz.read(Golden.file("types.npz"));
    assertThat(arrays).hasSize(48);
    arrays.forEach((name, array) -> {
      int less = name.startsWith("u") ? 0 : 5;
      assertThat(array.shape()).as(name).isEqualTo(Shape.of(2, 3, 4));
      assertThat(array.dtype()).as(name).isEqualTo(dtype(name));
      for (int i = 0; i < 24; i++) {
        double wanted = name.startsWith("b") ? (i % 3 == 0 ? 1 : 0) : i - less;
        assertThat(array.at(i)).as("%s at %d", name, i).isEqualTo(wanted);
      }
    });
  }

  private static DType dtype(String name) {
    return switch (name.substring(0, 2)) {
      case "b1" -> DType.BOOL;
      case "f2", "f4" -> DType.F32;
      case "f8" -> DType.F64;
      default -> DType.I32;
    };
  }

  @Test
  void halvesAreReadAsNumPyConvertsThem() {
    SequencedMap<String, Array> arrays = Npz.read(Golden.file("halves.npz"));
    assertThat(arrays.get("halves")).isEqualTo(arrays.get("floats"));
  }

  @Test
  void whatNumPyCompressedIsReadInItsOrder() {
    SequencedMap<String, Array> arrays = Npz.read(Golden.file("compressed.npz"));
    assertThat(arrays.keySet()).containsExactly("x", "empty", "scalar");
    var numbers = new float[10_000];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    assertThat(arrays.get("x")).isEqualTo(Array.of(numbers));
    assertThat(arrays.get("empty")).isEqualTo(Array.of(new int[0], 0, 7));
    assertThat(arrays.get("scalar")).isEqualTo(Array.scalar(DType.F64, 2.5));
  }

  @Test
  void oneArrayIsReadBesideOthersThatCannotBe() {
    Path file = Golden.file("mixed.npz");
    assertThat(Npz.names(file)).containsExactly("names", "x");
    assertThat(Npz.read(file, "x")).isEqualTo(Array.of(new int[] {1, 2}));
    assertThatExceptionOfType(DamagedFileException.class)
        .isThrownBy(() -> Npz.read(file))
        .withMessage(
            file
                + ": names.npy: header: the type '<U1' is texts, which are not read: save numbers");
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> Npz.read(file, "y"))
        .withMessage("there is no array y in %s; there are names, x".formatted(file));
  }

  private static Map<String, Array> arrays() {
    Map<String, Array> arrays = new LinkedHashMap<>();
    arrays.put("z", Array.of(new float[50_000], 500, 100));
    arrays.put("a/b", Array.of(new boolean[] {true, false}));
    arrays.put("größe", Array.scalar(DType.I32, 3));
    return arrays;
  }

  @Test
  void whatIsWrittenIsRead() {
    Path file = folder.resolve("x.npz");
    Npz.write(file, arrays());
    assertThat(Npz.read(file)).isEqualTo(arrays());
    assertThat(Npz.names(file)).containsExactlyElementsOf(arrays().keySet());
  }

  @Test
  void whatIsWrittenCompressedIsReadAndSmaller() throws IOException {
    Path stored = folder.resolve("stored.npz");
    Path compressed = folder.resolve("compressed.npz");
    Npz.write(stored, arrays());
    Npz.writeCompressed(compressed, arrays());
    assertThat(Npz.read(compressed)).isEqualTo(arrays());
    assertThat(Files.size(compressed)).isLessThan(Files.size(stored) / 100);
  }

  @Test
  void equalArraysMakeEqualFiles() throws IOException {
    Path first = folder.resolve("first.npz");
    Npz.write(first, arrays());
    Path second = folder.resolve("second.npz");
    Npz.write(second, arrays());
    assertThat(first).hasSameBinaryContentAs(second);
    try (var archive = new ZipFile(first.toFile())) {
      assertThat(archive.getEntry("z.npy").getTimeLocal()).hasToString("1980-01-01T00:00");
    }
  }

  @Test
  void aChangedNumberIsFoundByTheChecksum() throws IOException {
    Path file = folder.resolve("x.npz");
    Npz.write(file, Map.of("x", Array.of(new int[] {0x7a797877})));
    byte[] bytes = Files.readAllBytes(file);
    String letters = new String(bytes, StandardCharsets.ISO_8859_1);
    bytes[letters.indexOf("wxyz")]++;
    Files.write(file, bytes);
    assertThatExceptionOfType(DamagedFileException.class)
        .isThrownBy(() -> Npz.read(file))
        .withMessageStartingWith(file + ": x.npy: contents: their checksum is ");
  }

  @Test
  void anArchiveThatIsCutIsRefused() throws IOException {
    Path file = folder.resolve("x.npz");
    Npz.write(file, arrays());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatExceptionOfType(DamagedFileException.class)
        .isThrownBy(() -> Npz.read(file))
        .withMessageStartingWith(file + ": compressed bytes: ");
  }

  /** A few bytes whose header promises gigabytes. */
  @Test
  void aSmallEntryThatPromisesMuchIsRefused() throws IOException {
    Path file = folder.resolve("x.npz");
    byte[] header = Files.readAllBytes(Golden.file("empty.npy"));
    String text = new String(header, StandardCharsets.ISO_8859_1);
    String large = text.replace("(0, 3), }        ", "(500000000, 3), }");
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("x.npy"));
      zip.write(large.getBytes(StandardCharsets.ISO_8859_1));
      zip.closeEntry();
    }
    assertThatExceptionOfType(DamagedFileException.class)
        .isThrownBy(() -> Npz.read(file))
        .withMessageMatching(
            ".*: x.npy: numbers: 6000000000 bytes are expected, and at most \\d+ can be left in a"
                + " compressed file of its size");
  }

  @Test
  void oneNameForTwoIsRefused() throws IOException {
    Path file = folder.resolve("x.npz");
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("x.npy"));
      zip.putNextEntry(new ZipEntry("x"));
    }
    assertThatExceptionOfType(DamagedFileException.class)
        .isThrownBy(() -> Npz.names(file))
        .withMessage(file + ": archive: the name x is there twice");
  }

  @Test
  void aFileThatIsNotThereIsSaidSo() {
    Path file = folder.resolve("none.npz");
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> Npz.read(file))
        .withMessage("there is no file " + file);
  }
}
