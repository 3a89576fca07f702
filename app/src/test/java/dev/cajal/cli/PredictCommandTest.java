package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What predict and evaluate say, of tables and of pictures. */
class PredictCommandTest {

  @TempDir static Path folder;
  private static Commands commands;

  @BeforeAll
  static void trainModels() throws IOException {
    commands = new Commands(folder);
    commands.insects("insects.csv");
    for (int i = 0; i < 12; i++) {
      picture("photos/dark/%02d.png".formatted(i), 8, 8, 10 + i, 20);
      picture("photos/light/%02d.png".formatted(i), 8, 8, 200 + i, 250);
    }
    succeeds(commands.train("@insects.csv", "insects"));
    succeeds(commands.train("@insects.csv", "width", "--target", "width"));
    succeeds(
        commands.cajal(
            "train",
            "@photos",
            "--hidden",
            "8",
            "--dropout",
            "0",
            "--lr",
            "0.01",
            "--no-conv",
            "--activation",
            "tanh",
            "--epochs",
            "60",
            "--patience",
            "60",
            "--batch",
            "8",
            "--out",
            "@runs"));
  }

  @Test
  void eachRowHasItsClassAndHowLikelyEachIs() {
    var run = commands.cajal("predict", "@runs/insects", "@insects.csv");
    succeeds(run);
    assertThat(run.lines()).hasSize(61).first().isEqualTo("prediction,p(ant),p(bee),p(moth)");
    for (String line : run.lines().subList(1, 61)) {
      List<String> cells = cells(line);
      assertThat(cells.getFirst()).isIn("ant", "bee", "moth");
      assertThat(cells.stream().skip(1).mapToDouble(Double::parseDouble).sum())
          .isBetween(0.99999, 1.00001);
    }
  }

  @Test
  void aQuantityIsANumberForEachRow() {
    var run = commands.cajal("predict", "@runs/width", "@insects.csv");
    assertThat(run.lines()).hasSize(61).first().isEqualTo("prediction");
    assertThat(Double.parseDouble(run.lines().getLast())).isBetween(-5.0, 10.0);
  }

  @Test
  void standardInputIsReadLikeAFile() throws IOException {
    String text = Files.readString(commands.path("insects.csv"));
    var file = commands.cajal("predict", "@runs/insects", "@insects.csv");
    assertThat(commands.told(text, "predict", "@runs/insects")).isEqualTo(file);
    assertThat(commands.told(text, "predict", "@runs/insects", "-")).isEqualTo(file);
  }

  @Test
  void standardInputWithNothingInItIsCalledByItsName() {
    var run = commands.told("", "predict", "@runs/insects");
    fails(run, "standard input is empty");
  }

  @Test
  void columnsAreFoundByTheirNamesAndTheTargetIsNotNeeded() {
    String row = "1.2,0.3,red";
    var one = commands.told("length,width,colour\n" + row + "\n", "predict", "@runs/insects");
    var other = commands.told("colour,width,length\nred,0.3,1.2\n", "predict", "@runs/insects");
    succeeds(one);
    assertThat(other.out()).isEqualTo(one.out());
  }

  @Test
  void predictionsGoIntoAFile() throws IOException {
    var run = commands.cajal("predict", "@runs/insects", "@insects.csv", "--out", "@said.csv");
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("60 predictions are in ");
    assertThat(Files.readString(commands.path("said.csv")))
        .isEqualTo(commands.cajal("predict", "@runs/insects", "@insects.csv").out());
  }

  @Test
  void whatIsAskedAboutIsNotWrittenOver() throws IOException {
    byte[] before = Files.readAllBytes(commands.path("insects.csv"));
    fails(
        commands.cajal("predict", "@runs/insects", "@insects.csv", "--out", "@insects.csv"),
        "is what the model is asked about, and would be lost: take another name");
    assertThat(Files.readAllBytes(commands.path("insects.csv"))).isEqualTo(before);
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() {
    fails(
        commands.cajal("predict", "@runs/insects", "@insects.csv", "--out", "@no/said.csv"),
        "said.csv: there is no such folder");
    fails(
        commands.cajal("predict", "@runs/insects", "@insects.csv", "--out", "@photos"),
        "photos: Is a directory");
  }

  @Test
  void aWordThatTheModelNeverSawIsCounted() {
    var run =
        commands.told(
            "length,width,colour\n1,1,green\n1,1,red\n1,1,green\n", "predict", "@runs/insects");
    assertThat(run.exitCode()).isZero();
    assertThat(run.lines()).hasSize(4);
    assertThat(run.complaint())
        .isEqualTo(
            "cajal: colour: 2 of 3 rows have a word that the model never saw; they were told"
                + " without it");
  }

  @Test
  void aColumnThatIsNotThereIsNamed() {
    fails(
        commands.told("length,width\n1,1\n", "predict", "@runs/insects"),
        "column \"colour\" is not in standard input; it has length, width");
  }

  @Test
  void whatIsNoModelIsNotPredictedWith() throws IOException {
    commands.write("file.txt", "x");
    fails(
        commands.cajal("predict", "@file.txt", "@insects.csv"),
        "file.txt is a file; the folder of a run is expected, such as runs/iris");
    var nothing = commands.cajal("predict", "@runs", "@insects.csv");
    fails(nothing, "no model.json; look in ");
    assertThat(nothing.err()).contains(commands.path("runs/insects").toString());
    fails(commands.cajal("predict", "@nosuch", "@insects.csv"), "there is no folder ");
  }

  @Test
  void aRunWithoutAModelYetIsToBeResumed() throws IOException {
    Files.createDirectories(commands.path("begun"));
    commands.write("begun/run.json", "{}");
    fails(commands.cajal("predict", "@begun"), "begun' goes on with its training");
  }

  @Test
  void aModelWithAFileGoneOrDamagedIsRefused() throws IOException {
    Path broken = Files.createDirectories(commands.path("broken"));
    Path model = commands.path("runs/insects/model.json");
    Path weights = commands.path("runs/insects/model.safetensors");
    Files.copy(model, broken.resolve("model.json"));
    fails(commands.cajal("predict", "@broken", "@insects.csv"), "there is no file ");
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(broken.resolve("model.safetensors"), Arrays.copyOf(bytes, bytes.length / 2));
    fails(commands.cajal("predict", "@broken", "@insects.csv"), "model.safetensors: ");
    bytes[bytes.length - 1] ^= 1;
    Files.write(broken.resolve("model.safetensors"), bytes);
    fails(commands.cajal("predict", "@broken", "@insects.csv"), "their checksum is ");
  }

  @Test
  void evaluateMeasuresRowsWhoseAnswersAreKnown() {
    var run = commands.cajal("evaluate", "@runs/insects", "@insects.csv");
    succeeds(run);
    assertThat(run.out())
        .contains("of 60 test rows", "accuracy ", "recall", "0 is ant, 1 is bee, 2 is moth");
    var json = commands.cajal("evaluate", "@runs/insects", "@insects.csv", "--json").json();
    assertThat(json.get("rows").asLong()).isEqualTo(60);
    assertThat(json.get("test").get("accuracy").asDouble()).isBetween(0.0, 1.0);
    var number = commands.cajal("evaluate", "@runs/width", "@insects.csv", "--json").json();
    assertThat(number.get("test").get("rmse").asDouble()).isPositive();
  }

  @Test
  void evaluateNeedsAnswersThatTheModelKnows() {
    String names = "length,width,colour,kind\n";
    fails(
        commands.told(names + "1,1,red,ant\n1,1,red,wasp\n", "evaluate", "@runs/insects"),
        "row 2 of standard input: kind is \"wasp\", which the model has never seen; it knows ant,"
            + " bee, moth");
    fails(
        commands.told(names + "1,1,red,\n", "evaluate", "@runs/insects"),
        "row 1 of standard input has no kind: what is not known can't be measured by");
  }

  @Test
  void aPictureIsScaledToThoseThatTheModelLearnedFrom() throws IOException {
    picture("night.png", 30, 17, 8, 20);
    picture("snow.jpg", 9, 20, 240, 240);
    var night = commands.cajal("predict", "@runs/photos", "@night.png");
    succeeds(night);
    assertThat(night.lines()).hasSize(2).first().isEqualTo("file,prediction,p(dark),p(light)");
    assertThat(cells(night.lines().get(1)))
        .startsWith(commands.path("night.png").toString(), "dark");
    assertThat(cells(commands.cajal("predict", "@runs/photos", "@snow.jpg").lines().get(1)))
        .contains("light");
  }

  @Test
  void aFolderOfPicturesIsALineForEachFile() throws IOException {
    picture("album/b.png", 8, 8, 240, 240);
    picture("album/in/a.png", 8, 8, 5, 5);
    commands.write("album/notes.txt", "none of these");
    var run = commands.cajal("predict", "@runs/photos", "@album");
    succeeds(run);
    assertThat(run.lines().stream().skip(1).map(line -> cells(line).subList(0, 2)))
        .containsExactly(
            List.of("b.png", "light"), List.of(Path.of("in", "a.png").toString(), "dark"));
  }

  @Test
  void picturesOfAnIdxFileAreNumbered() throws IOException {
    idx();
    var run = commands.cajal("predict", "@runs/photos", "@few-images-idx3-ubyte");
    succeeds(run);
    String file = commands.path("few-images-idx3-ubyte").toString();
    assertThat(run.lines().stream().skip(1).map(line -> cells(line).subList(0, 2)))
        .containsExactly(List.of(file + " 1", "dark"), List.of(file + " 2", "light"));
    fails(
        commands.cajal("evaluate", "@runs/photos", "@few-images-idx3-ubyte"),
        "has the class 0, which the model has never seen; it knows dark, light");
  }

  @Test
  void evaluateMeasuresAFolderByClass() {
    var run = commands.cajal("evaluate", "@runs/photos", "@photos", "--json");
    succeeds(run);
    assertThat(run.json().get("rows").asLong()).isEqualTo(24);
    assertThat(run.json().get("test").get("accuracy").asDouble()).isEqualTo(1);
    assertThat(commands.cajal("evaluate", "@runs/photos", "@photos").out())
        .contains("0 is dark, 1 is light");
  }

  @Test
  void evaluateMeasuresByClassesThatTheModelKnows() throws IOException {
    picture("other/dark/a.png", 8, 8, 5, 5);
    picture("other/purple/a.png", 8, 8, 5, 5);
    fails(
        commands.cajal("evaluate", "@runs/photos", "@other"),
        "has the class purple, which the model has never seen; it knows dark, light");
    fails(commands.cajal("evaluate", "@runs/photos", "@other/dark"), "has no folders in it: ");
    fails(commands.cajal("evaluate", "@runs/photos", "@other/dark/a.png"), "has no classes");
  }

  @Test
  void whatIsNoPictureIsRefused() throws IOException {
    commands.write("fake.png", "not at all");
    Files.createDirectories(commands.path("nothing"));
    fails(commands.cajal("predict", "@runs/photos", "@insects.csv"), "is no PNG, JPEG, GIF or BMP");
    fails(commands.cajal("predict", "@runs/photos", "@fake.png"), "although its name says so");
    fails(commands.cajal("predict", "@runs/photos", "@nothing"), "there are no pictures in ");
    fails(commands.cajal("predict", "@runs/photos", "@nosuch"), "there is no file or folder ");
    fails(commands.cajal("predict", "@runs/photos"), "the model takes pictures: name a file");
    fails(
        commands.cajal("predict", "@runs/photos", "digits"),
        "the pictures of digits are 28 x 28, grey, and the model takes 8 x 8, RGB");
  }

  @Test
  void aSinglePictureIsNothingToLearnFrom() throws IOException {
    picture("alone.png", 8, 8, 1, 2);
    fails(commands.cajal("train", "@alone.png", "--out", "@runs"), "is a single picture: ");
  }

  /** Of two colours that are nearly the same, in stripes. */
  private static void picture(String name, int width, int height, int red, int blue)
      throws IOException {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int green = Math.max(0, red - x % 3);
        image.setRGB(x, y, (red << 16) | (green << 8) | blue);
      }
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, name.endsWith(".jpg") ? "jpg" : "png", file.toFile());
  }

  /** Two grey pictures, one dark and one light, and their labels. */
  private static void idx() throws IOException {
    var images = new ByteArrayOutputStream();
    var out = new DataOutputStream(images);
    for (int number : new int[] {0x803, 2, 8, 8}) {
      out.writeInt(number);
    }
    for (int i = 0; i < 128; i++) {
      out.writeByte(i < 64 ? 12 : 240);
    }
    Files.write(folder.resolve("few-images-idx3-ubyte"), images.toByteArray());
    Files.write(folder.resolve("few-labels-idx1-ubyte"), new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 0, 1});
  }

  private static List<String> cells(String line) {
    return Arrays.asList(line.split(",", -1));
  }

  private static void succeeds(Commands.Run run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private static void fails(Commands.Run run, String message) {
    assertThat(run.complaint()).contains(message);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
  }
}
