package dev.cajal.data.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cajal.CajalException;
import dev.cajal.DamagedFileException;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
  @TempDir private Path folder;

  /** What is in the golden files, to be written as NumPy does. */
  private static final Map<String, Array> WRITTEN =
      Map.of(
          "floats", Array.of(new float[] {1, -0f, Float.NaN, 4.25f, 5, 6}, 2, 3),
          "doubles", Array.of(new double[] {Math.PI}),
          "ints", Array.of(new int[] {0, 1, 2, 3000, 3001, 3002}, 2, 1, 3),
          "truths", Array.of(new boolean[] {true, false}),
          "scalar", Array.wrap(new int[] {7}, Shape.SCALAR),
          "empty", Array.of(new float[0], 0, 3));

  @ParameterizedTest
  @ValueSource(strings = {"floats", "doubles", "ints", "truths", "scalar", "empty"})
  void whatNumPyWroteIsReadAndWrittenToTheSameBytes(String name) throws IOException {
    Array array = Objects.requireNonNull(WRITTEN.get(name));
    assertThat(Npy.read(Golden.file(name + ".npy"))).isEqualTo(array);
    Path file = folder.resolve("x.npy");
    Npy.write(file, array);
    assertThat(file).hasSameBinaryContentAs(Golden.file(name + ".npy"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void allVersionsOfTheFormatAreRead(int version) {
    assertThat(Npy.read(Golden.file("version" + version + ".npy")))
        .isEqualTo(Array.of(new float[] {1.5f, -2}, 1, 2));
  }

  @Test
  void manyNumbersAreWrittenAndReadInSeveralPieces() {
    var numbers = new double[40_000];
    Arrays.setAll(numbers, i -> i * 0.5);
    Array array = Array.of(numbers, 100, 400);
    Path file = folder.resolve("x.npy");
    Npy.write(file, array);
    assertThat(Npy.read(file)).isEqualTo(array);
  }

  @Test
  void aFileThatGzipCompressedIsRead() throws IOException {
    Path file = folder.resolve("x.npy");
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      Files.copy(Golden.file("floats.npy"), out);
    }
    assertThat(Npy.read(file)).isEqualTo(WRITTEN.get("floats"));
  }

  private Path file(String header, byte... numbers) throws IOException {
    var out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    var length = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
    out.write(length.putShort((short) text.length).array());
    out.write(text);
    out.write(numbers);
    return Files.write(folder.resolve("x.npy"), out.toByteArray());
  }

  private static void assertRefused(Path file, String message) {
    assertThatExceptionOfType(DamagedFileException.class)
        .isThrownBy(() -> Npy.read(file))
        .withMessage(file + ": " + message);
  }

  @Test
  void aHeaderMayBeWrittenInOtherWays() throws IOException {
    Path file =
        file("{\"shape\":(2L,1), \"descr\" : '|i1','fortran_order': True}", (byte) 3, (byte) -4);
    assertThat(Npy.read(file)).isEqualTo(Array.of(new int[] {3, -4}, 2, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "{'descr': '<f4', 'fortran_order': False}#the key 'shape' is missing",
        "{'descr': '<f4', 'descr': '<f4'}#the key 'descr' is there twice",
        "{'desc': '<f4'}#unknown key 'desc'; known are descr, fortran_order, shape",
        "{'descr': '<f4', 'fortran_order': 0}#character 34: expected True or False, found '0}'",
        "{'shape': (3)}#character 12: expected ',', found ')}'",
        "{'shape': (-3,)}#character 11: expected a size, found '-3,)}'",
        "{'shape': (03,)}#character 11: expected a size, found '03,)}'",
        "{'shape': (3 4)}#character 13: expected ',', found '4)}'",
        "{'shape': (,)}#character 11: expected a size, found ',)}'",
        "{'shape': [3]}#character 10: expected '(', found '[3]}'",
        "{'descr': f()}#character 10: expected a string, found 'f()}'",
        "{'descr': '<f4}#character 10: expected the end of a string, found ''<f4}'",
        "{'descr': '\\x3c'}#character 10: expected a string without a backslash, found ''\\x3c'}'",
        "{'descr': '<f4'#character 15: expected '}', found the end",
        "{'descr': 'f4'}#the key 'fortran_order' is missing",
        "{} import os#character 3: expected the end of the header, found 'import os'",
        "[]#character 0: expected '{', found '[]'",
        "{'shape': (3000000000,)}#an array of the sizes [3000000000] has more than the 2147483639"
            + " numbers that one can have",
        "{'shape': (65536, 65536)}#an array of the sizes [65536, 65536] has more than the"
            + " 2147483639 numbers that one can have",
      })
  void aHeaderIsReadAsTheLiteralThatItIs(String header, String message) throws IOException {
    assertRefused(file(header), "header: " + message);
  }

  private static String header(String type, String shape) {
    return "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "objects#the type '|O' is objects, which are pickles of Python, can run code and are not"
            + " read: save numbers",
        "texts#the type '<U2' is texts, which are not read: save numbers",
        "letters#the type '|S1' is texts, which are not read: save numbers",
        "complex#the type '<c16' is complex numbers, which are not read: save their parts",
        "times#the type '<M8[D]' is times, which are not read: save numbers",
        "long_floats#the type '<f16' is floats of a size that is not read: save them as float64",
        "records#these are records of several types, which are not read: save one array each",
      })
  void otherThanNumbersIsRefusedByName(String name, String message) {
    assertRefused(Golden.file("refused_" + name + ".npy"), "header: " + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"=f4", "|f4", "xf4"})
  void aTypeMustSayTheOrderOfItsBytes(String type) throws IOException {
    assertRefused(
        file(header(type, "(1,)")),
        "header: the type '%s' does not say the order of its bytes".formatted(type));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<", "<f", "<i16", "<q8", "f4"})
  void anUnknownTypeIsRefused(String type) throws IOException {
    assertThatExceptionOfType(DamagedFileException.class)
        .isThrownBy(() -> Npy.read(file(header(type, "(1,)"))))
        .withMessageContaining("header: the type '" + type + "' is ");
  }

  @Test
  void aShapeFarLargerThanTheFileIsRefusedBeforeAnythingIsAllocated() throws IOException {
    assertRefused(
        file(header("<f8", "(1000000000,)"), (byte) 0),
        "numbers: 8000000000 bytes are expected, and only 1 are left");
  }

  @Test
  void sizesThatOverflowAreNothingWhereOneIsZero() throws IOException {
    Path file = file(header("<f4", "(2147483639, 0, 2147483639)"));
    assertThat(Npy.read(file).length()).isZero();
  }

  @Test
  void aFileWithMoreThanItsNumbersIsRefused() throws IOException {
    assertRefused(
        file(header("|b1", "(1,)"), (byte) 1, (byte) 0),
        "numbers: there are bytes after byte 68, the last");
  }

  @Test
  void aFileThatEndsTooEarlyIsRefusedWhereverItEnds() throws IOException {
    byte[] whole = Files.readAllBytes(Golden.file("floats.npy"));
    for (int length = 0; length < whole.length; length++) {
      Path file = Files.write(folder.resolve("x.npy"), Arrays.copyOf(whole, length));
      assertThatExceptionOfType(DamagedFileException.class)
          .as("%d bytes", length)
          .isThrownBy(() -> Npy.read(file))
          .withMessageContaining("bytes are expected, and only");
    }
  }

  @Test
  void integersThatDoNotFitAreRefusedWithTheirPlace() throws IOException {
    byte[] big = ByteBuffer.allocate(16).putLong(1).putLong(3_000_000_000L).array();
    assertRefused(
        file(header(">i8", "(1, 2)"), big),
        "numbers: at [0, 1]: 3000000000 does not fit the dtype i32, which ends at 2147483647: save"
            + " the numbers as float64");
    byte[] most = {-1, -1, -1, -1, -1, -1, -1, -1};
    assertRefused(
        file(header("<u8", "(1,)"), most),
        "numbers: at [0]: 18446744073709551615 does not fit the dtype i32, which ends at"
            + " 2147483647: save the numbers as float64");
    byte[] least = ByteBuffer.allocate(8).putLong(Long.MIN_VALUE).array();
    assertRefused(
        file(header(">i8", "(1,)"), least),
        String.format(
            Locale.ROOT,
            "numbers: at [0]: %d does not fit the dtype i32, which ends at %d: save the numbers as"
                + " float64",
            Long.MIN_VALUE,
            Integer.MIN_VALUE));
  }

  @Test
  void aTruthValueIsZeroOrOne() throws IOException {
    assertRefused(
        file(header("|b1", "(2,)"), (byte) 1, (byte) 200),
        "numbers: at [1]: a truth value is 0 or 1, not 200");
  }

  @Test
  void otherFilesAreToldByTheirFirstBytes() throws IOException {
    Path file = folder.resolve("x.npy");
    Files.write(file, new byte[] {(byte) 0x80, 4, (byte) 0x95, 0, 0, 0});
    assertRefused(file, "header: this is a pickle of Python, which can run code and is not read");
    Files.writeString(file, "PK\3\4....");
    assertRefused(file, "header: this is an archive of arrays, which Npz reads");
    Files.writeString(file, "a,b,c\n1,2,3\n");
    assertRefused(file, "header: an array of NumPy begins with the bytes \\x93NUMPY");
  }

  @Test
  void anUnknownVersionOrALongHeaderIsRefused() throws IOException {
    Path file = folder.resolve("x.npy");
    Files.write(file, new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 4, 1});
    assertRefused(file, "header: the format has the versions 1.0, 2.0 and 3.0, not 4.1");
    Files.write(file, new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1});
    assertRefused(file, "header: 4294967295 bytes are expected, and only 0 are left");
    var long2 =
        Arrays.copyOf(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, 0, 0, 1}, 70_000);
    Files.write(file, long2);
    assertRefused(file, "header: it has 65536 bytes, which no array of plain numbers needs");
  }

  @Test
  void aFileThatIsNotThereIsSaidSo() {
    Path file = folder.resolve("none.npy");
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> Npy.read(file))
        .withMessage("there is no file " + file);
  }

  @Test
  void moreAxesThanNumPyHasAreNotWritten() {
    var ones = new int[65];
    Arrays.fill(ones, 1);
    Array array = Array.of(new float[1], ones);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Npy.write(folder.resolve("x.npy"), array))
        .withMessage("NumPy has arrays of at most 64 axes, and this one has 65");
  }
}
