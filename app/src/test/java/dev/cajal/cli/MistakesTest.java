package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people get wrong, and what they are told. */
class MistakesTest {

  @TempDir Path folder;
  private Commands commands;

  @BeforeEach
  void makeData() {
    commands = new Commands(folder);
    commands.insects("insects.csv");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --lr         | -1     | --lr takes a number above 0, not -1
          --lr         | 0      | --lr takes a number above 0, not 0
          --lr         | NaN    | --lr takes a number above 0, not NaN
          --lr         | fast   | --lr: "fast" is no number
          --batch      | 0      | --batch takes 1 row or more, not 0
          --batch      | 1e3    | --batch: "1e3" is no whole number, or is too large
          --hidden     | 64,x   | --hidden: "x" is no whole number, or is too large
          --hidden     | 0      | --hidden takes sizes above 0, not 0
          --dropout    | 2      | --dropout takes a part from 0 to below 1, not 2
          --dropout    | -0.1   | --dropout takes a part from 0 to below 1, not -0.1
          --l2         | -1     | --l2 takes a number from 0 on, not -1
          --epochs     | 0      | --epochs takes 1 or more, not 0
          --patience   | 0      | --patience takes 1 or more, not 0
          --threads    | 0      | --threads takes a number from 1 to 1024, not 0
          --seed       | x      | --seed: "x" is no whole number, or is too large
          --separator  | ab     | --separator takes a single character, or tab, not "ab"
          --size       | 3x     | --size takes 32x32 or the like, from 1 to 9999 pixels, not "3x"
          --task       | guess  | --task: there is no "guess"; there are regression, binary, classification
          --missing    | men    | --missing: there is no "men"; there are refuse, mean, median, mode, drop
          """)
  void aValueThatMakesNoSenseIsAMistakeOfUsage(String option, String value, String message) {
    var run = commands.cajal("train", "@insects.csv", "--out", "@runs", option, value);
    assertThat(run.err().lines())
        .containsExactly("cajal: " + message, "'cajal train --help' says what there is.");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(commands.path("runs")).doesNotExist();
  }

  @Test
  void namesOfActivationsAndOptimizersAreListed() {
    assertUsage("no activation is called \"rleu\"; there are identity, ", "--activation", "rleu");
    assertUsage("there is no \"adm\"; there are sgd, momentum, ", "--optimizer", "adm");
  }

  @Test
  void aNameThatIsNoFolderIsAMistakeOfUsage() {
    for (String name : new String[] {"a/b", "..", "", "a\\b"}) {
      assertUsage("--name takes the name of a folder", "--name", name);
    }
  }

  @Test
  void theNearestOptionIsTheOneOfTheNearestLength() {
    var run = commands.cajal("train", "--sed", "1");
    assertThat(run.err().lines())
        .containsExactly(
            "cajal: no such option: '--sed'",
            "Did you mean '--seed'?",
            "'cajal train --help' says what there is.");
  }

  @Test
  void aMisspeltColumnIsAnsweredWithTheNearestOne() {
    assertFailure(
        "column \"knd\" is not in insects.csv; did you mean \"kind\"?",
        "insects.csv",
        "--target",
        "knd");
    assertFailure("there is no column 9: insects.csv has 4", "insects.csv", "--target", "9");
    assertFailure("column \"colr\" is not in", "insects.csv", "--drop", "colr");
  }

  @Test
  void whatIsNotThereIsSaidSo() {
    assertFailure("there is no file or folder ", "nosuch.csv");
    var run = commands.cajal("train", "digit");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.complaint()).contains("no built-in data of that name (digits, spirals,");
  }

  @Test
  void filesWithoutRowsAreRefused() {
    commands.write("empty.csv");
    commands.write("names.csv", "a,b,c");
    assertFailure("empty.csv is empty", "empty.csv");
    assertFailure("names.csv has the names of columns and no rows", "names.csv");
  }

  @Test
  void oneClassAloneCannotBeTold() {
    commands.write("one.csv", "a,y", "1,x", "2,x", "3,x", "4,x", "5,x", "6,x");
    assertFailure("y is \"x\" in all 6 rows: there is nothing to tell apart", "one.csv");
  }

  @Test
  void aTargetThatIsMissingIsNamedWithItsRow() {
    commands.write("gap.csv", "a,y", "1,2.5", "2,", "3,1.5", "4,2.5", "5,7.5", "6,0.5");
    assertFailure("row 2 of gap.csv: y is empty (use --missing", "gap.csv");
  }

  @Test
  void fewerRowsThanPartsAreRefused() {
    commands.write("few.csv", "a,y", "1,x", "2,z", "3,x");
    assertFailure("few.csv has 3 rows to learn from", "few.csv");
  }

  @Test
  void rowsOfAnotherLengthAreRefused() {
    commands.write("ragged.csv", "a,b,y", "1,2,x", "2,3");
    assertFailure("row 2 of ragged.csv (line 3) has 2 cells, and the first has 3", "ragged.csv");
  }

  @Test
  void classesOfARowEachAreRefused() {
    String[] rows = IntStream.range(0, 40).mapToObj(i -> i + "," + i * 1.5).toArray(String[]::new);
    commands.write(
        "each.csv", Stream.concat(Stream.of("a,y"), Stream.of(rows)).toArray(String[]::new));
    assertFailure(
        "each.csv has too few rows of each class", "each.csv", "--task", "classification");
  }

  @Test
  void aBinaryFileIsNoTable() throws IOException {
    Files.write(commands.path("noise.csv"), new byte[] {7, 0, 0, 9, 0, 3});
    assertFailure("noise.csv is no text: there are zero bytes in it", "noise.csv");
  }

  @Test
  void aFolderWithoutClassesIsRefused() throws IOException {
    Files.createDirectory(commands.path("empty"));
    assertFailure("has no folders in it: images are expected in one folder a class", "empty");
  }

  @Test
  void optionsForOtherDataAreRefused() {
    assertFailure("--size is for pictures, and ", "insects.csv", "--size", "8x8");
    var run = commands.cajal("train", "--target", "kind", "--out", "@runs");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.complaint())
        .isEqualTo("cajal: --target is for tables, not for pictures (digits)");
  }

  @Test
  void runsAreKeptInNoFile() {
    commands.write("file", "x");
    var run = commands.cajal("train", "@insects.csv", "--out", "@file");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.complaint()).endsWith("file is a file; runs are kept in a folder");
  }

  @Test
  void aNameInUseIsNotTakenTwice() throws IOException {
    Files.createDirectories(commands.path("runs/other"));
    commands.write("runs/other/x", "");
    var run = commands.train("@insects.csv", "other");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.complaint())
        .startsWith("cajal: there is something in ")
        .endsWith("already: take another --name");
  }

  @Test
  void whatIsNoRunIsNotResumed() throws IOException {
    commands.write("file", "x");
    Files.createDirectories(commands.path("runs/other"));
    assertThat(commands.cajal("resume", "@file").complaint())
        .endsWith("file is a file; the folder of a run is expected, such as runs/iris");
    assertThat(commands.cajal("resume", "@nosuch").complaint())
        .startsWith("cajal: there is no folder ");
    var run = commands.cajal("resume", "@runs/other");
    assertThat(run.complaint()).startsWith("cajal: there is no run in ").endsWith("no run.json");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void aDamagedRunFileIsNamed() throws IOException {
    Files.createDirectories(commands.path("run"));
    commands.write("run/run.json", "{\"arguments\": 3}");
    assertThat(commands.cajal("resume", "@run").complaint())
        .endsWith("run.json: at arguments: expected an array, found 3");
  }

  private void assertUsage(String message, String... options) {
    var run =
        commands.cajal(
            Stream.concat(Stream.of("train", "@insects.csv"), Stream.of(options))
                .toArray(String[]::new));
    assertThat(run.complaint()).contains(message);
    assertThat(run.exitCode()).isEqualTo(2);
  }

  private void assertFailure(String message, String data, String... options) {
    Stream<String> words = Stream.of("train", "@" + data, "--out", "@runs");
    var run = commands.cajal(Stream.concat(words, Stream.of(options)).toArray(String[]::new));
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .startsWith("cajal: ")
        .contains(message);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(commands.path("runs")).doesNotExist();
  }
}
