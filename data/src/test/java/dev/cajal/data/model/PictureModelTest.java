package dev.cajal.data.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cajal.CajalException;
import dev.cajal.DamagedFileException;
import dev.cajal.data.image.Fit;
import dev.cajal.data.image.Images;
import dev.cajal.data.image.PixelFormat;
import dev.cajal.json.At;
import dev.cajal.json.Json;
import dev.cajal.nn.Dense;
import dev.cajal.nn.Flatten;
import dev.cajal.nn.Parameters;
import dev.cajal.nn.SavedModel;
import dev.cajal.nn.Sequential;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureModelTest {
  private static final PixelFormat FORMAT = new PixelFormat(3, 2, 4);
  private static final List<String> CLASSES = List.of("cat", "dog", "owl");

  @TempDir private Path folder;

  private static PictureModel model() {
    var network = Sequential.of(new Flatten(), new Dense(24, 3));
    Parameters.of(network).initialise(2);
    return new PictureModel(SavedModel.of(network, 2, 4, 3), FORMAT, Fit.PAD, CLASSES);
  }

  private static Images pictures(PixelFormat format, int count) {
    var pixels = new byte[count * format.bytes()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 37);
    }
    return Images.wrap(format, pixels, new int[count], CLASSES);
  }

  @Test
  void whatIsSavedSaysTheSameWhenItIsReadAgain() {
    PictureModel model = model();
    model.saved().write(folder.resolve("kept"));
    PictureModel read = PictureModel.of(SavedModel.read(folder.resolve("kept")), folder);
    assertThat(read.format()).isEqualTo(FORMAT);
    assertThat(read.fit()).isEqualTo(Fit.PAD);
    assertThat(read.classes()).isEqualTo(CLASSES);
    assertThat(read.saved().about()).isEqualTo(model.saved().about());
    Predictions.OfClasses before = model.predict(pictures(FORMAT, 5));
    Predictions.OfClasses after = read.predict(pictures(FORMAT, 5));
    for (int i = 0; i < 5; i++) {
      assertThat(after.probabilities(i)).isEqualTo(before.probabilities(i));
    }
  }

  @Test
  void everyOneOfManyPicturesIsAnswered() {
    Predictions.OfClasses said = model().predict(pictures(FORMAT, 1030));
    assertThat(said.rows()).isEqualTo(1030);
    assertThat(said.names()).isEqualTo(CLASSES);
    assertThat(said.unseen()).isEmpty();
    // 24 bytes of 37 · i begin again after 32 pictures, as 32 · 24 is a multiple of 256.
    assertThat(said.name(1029)).isEqualTo(said.name(1029 % 32));
    assertThat(said.probabilities(1029)[0]).isBetween(0.0, 1.0);
  }

  @Test
  void picturesOfAnotherFormatAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model().predict(pictures(new PixelFormat(1, 2, 4), 1)))
        .withMessage("pictures are 4 x 2, grey, and the model takes 4 x 2, RGB");
  }

  @Test
  void aNetworkForPicturesIsTold() {
    SavedModel network = model().network();
    assertThat(PictureModel.is(model().saved())).isTrue();
    assertThat(PictureModel.is(network)).isFalse();
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> PictureModel.of(network, Path.of("runs/x")))
        .withMessage("the model in runs/x does not take pictures");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"width\":4|\"width\":0|width",
        "\"channels\":3|\"channels\":-1|channels",
        "\"height\":2|\"height\":\"2\"|height",
        "PAD|SQUEEZE|fit",
        "\"dog\"|3|classes[1]"
      })
  void whatIsDamagedIsRefusedByItsPlace(String part, String other, String name) {
    String pictures = At.top(model().saved().about()).get("pictures").value().write();
    assertThat(pictures).contains(part);
    SavedModel damaged =
        model().network().with("pictures", Json.parse(pictures.replace(part, other)));
    assertThatExceptionOfType(DamagedFileException.class)
        .isThrownBy(() -> PictureModel.of(damaged, Path.of("runs/x")))
        .withMessageContaining("pictures." + name)
        .withMessageContaining("model.json");
  }
}
