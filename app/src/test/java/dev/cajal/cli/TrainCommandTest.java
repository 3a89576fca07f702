package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.json.At;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {

  @TempDir Path folder;
  private Commands commands;

  @BeforeEach
  void makeData() {
    commands = new Commands(folder);
    commands.insects("insects.csv");
  }

  @Test
  void resultsAreOnStandardOutputAndProgressIsNot() {
    var run = commands.train("@insects.csv", "one");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Right on ", "report    ", "predict   ./cajal predict ");
    assertThat(run.out()).doesNotContain("epoch 1/3");
    assertThat(run.err()).contains("kind is the last column", "epoch 1/3", "done in ");
    assertThat(commands.path("runs/one"))
        .isDirectoryContaining("glob:**/report.html")
        .isDirectoryContaining("glob:**/model.json")
        .isDirectoryContaining("glob:**/model.safetensors")
        .isDirectoryContaining("glob:**/history.csv");
  }

  @Test
  void quietSaysNothingWhileItTrains() {
    var run = commands.train("@insects.csv", "one", "--quiet");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("Right on ");
  }

  @Test
  void jsonIsAloneOnStandardOutput() {
    var run = commands.train("@insects.csv", "one", "--json", "--l2", "0.5", "--seed", "4");
    At all = run.json();
    assertThat(run.exitCode()).isZero();
    assertThat(all.get("task").asString()).isEqualTo("classification");
    assertThat(all.get("target").asString()).isEqualTo("kind");
    assertThat(all.get("seed").asLong()).isEqualTo(4);
    assertThat(all.get("epochs").asLong()).isEqualTo(3);
    assertThat(all.get("ending").asString()).isEqualTo("done");
    assertThat(all.get("classes").list(At::asString)).containsExactly("ant", "bee", "moth");
    At rows = all.get("rows");
    assertThat(
            rows.get("training").asLong()
                + rows.get("validation").asLong()
                + rows.get("test").asLong())
        .isEqualTo(60);
    assertThat(all.get("test").get("accuracy").asDouble()).isBetween(0.0, 1.0);
    At settings = all.get("settings");
    assertThat(settings.get("hidden").asString()).isEqualTo("8");
    assertThat(settings.get("l2").asString()).isEqualTo("0.5");
    assertThat(Path.of(all.get("report").asString())).exists();
  }

  @Test
  void aRunWithoutANameIsCalledByItsDataWithANumber() {
    for (String name : List.of("insects", "insects-2")) {
      var run =
          commands.cajal("train", "@insects.csv", "--epochs", "1", "--out", "@runs", "--json");
      assertThat(Path.of(run.json().get("run").asString()))
          .isEqualTo(commands.path("runs/" + name));
    }
  }

  @Test
  void theSameSeedGivesTheSameModel() throws IOException {
    commands.train("@insects.csv", "one", "--threads", "1");
    commands.train("@insects.csv", "two", "--threads", "2");
    commands.train("@insects.csv", "three", "--seed", "1");
    assertThat(weights("two")).isEqualTo(weights("one"));
    assertThat(weights("three")).isNotEqualTo(weights("one"));
  }

  @Test
  void aRunThatWasCutOffGoesOnToTheSameModel() throws IOException {
    commands.train("@insects.csv", "whole");
    commands.cajal(
        "train",
        "@insects.csv",
        "--hidden",
        "8",
        "--epochs",
        "1",
        "--out",
        "@runs",
        "--name",
        "cut");
    // As if the first words had asked for 3 epochs, and the run had been killed after one.
    Files.copy(
        commands.path("runs/whole/run.json"),
        commands.path("runs/cut/run.json"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(weights("cut")).isNotEqualTo(weights("whole"));
    var run = commands.cajal("resume", "@runs/cut");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("goes on after step");
    assertThat(weights("cut")).isEqualTo(weights("whole"));
  }

  @Test
  void otherDataAreNotGoneOnWith() throws IOException {
    commands.train("@insects.csv", "one");
    Files.writeString(
        commands.path("insects.csv"),
        Files.readString(commands.path("insects.csv")) + "1,2,red,ant\n");
    var changed = commands.cajal("resume", "@runs/one");
    assertThat(changed.exitCode()).isEqualTo(1);
    assertThat(changed.complaint()).endsWith("can't be resumed: its training data is another");
    Files.delete(commands.path("insects.csv"));
    var gone = commands.cajal("resume", "@runs/one");
    assertThat(gone.exitCode()).isEqualTo(1);
    assertThat(gone.complaint()).contains("can't go on: there is no file or folder ");
  }

  @Test
  void builtInDataNeedNoFile() {
    var run = commands.train("xor", "xor");
    assertThat(run.exitCode()).isZero();
    assertThat(commands.cajal("evaluate", "@runs/xor", "xor").exitCode()).isZero();
  }

  @Test
  void inspectTellsHowAModelWasMade() {
    commands.train("@insects.csv", "one");
    var run = commands.cajal("inspect", "@runs/one");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("kind from insects.csv", "./cajal train ", "length  standardised")
        .contains("tells kind, one of 3 classes", "numbers in all");
  }

  private byte[] weights(String name) throws IOException {
    return Files.readAllBytes(commands.path("runs").resolve(name).resolve("model.safetensors"));
  }
}
