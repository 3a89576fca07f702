package dev.cajal.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.nn.Layer;
import dev.cajal.nn.SavedModel;
import dev.cajal.optim.Optimizers;
import dev.cajal.search.Dimension;
import dev.cajal.search.Search;
import dev.cajal.search.Space;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where people write other digits, files are the same. */
class ForeignDigitsTest {
  private static final List<Batch> PARTS = KeptRun.samples();

  @TempDir private Path folder;

  private static <T> T inEgypt(Supplier<T> work) {
    Locale usual = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat("%d".formatted(1)).isEqualTo("١");
      return work.get();
    } finally {
      Locale.setDefault(usual);
    }
  }

  private Trained resume(int epochs) {
    Layer model = KeptRun.model();
    return KeptRun.trainer(model).epochs(epochs).in(folder).resume(PARTS.get(0), PARTS.get(1));
  }

  @Test
  void aRunGoesOnInAnotherCountry() {
    Trained first = inEgypt(() -> resume(2));
    assertThat(SavedModel.read(folder).predict(PARTS.get(1).x()))
        .isEqualTo(first.predict(PARTS.get(1).x()));

    assertThat(resume(4).history()).hasSize(4);

    assertThat(inEgypt(() -> resume(5)).history()).hasSize(5);
  }

  @Test
  void namesAndPicturesOfASearchAreOfOrdinaryDigits() throws IOException {
    Space space = Space.of(Dimension.logUniform("rate", 1e-4, 1e-1));
    inEgypt(() ->
        Search.of(
                space,
                setting ->
                    KeptRun.trainer(KeptRun.model())
                        .optimizer(new Optimizers.Sgd(setting.number("rate")))
                        .epochs(1))
            .random(2)
            .in(folder)
            .run(PARTS.get(0), PARTS.get(1)));

    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.map(Path::toString)).allMatch(name -> name.chars().allMatch(c -> c < 128));
    }
    String picture = Files.readString(folder.resolve("trials.svg"));
    assertThat(picture.substring(0, picture.indexOf('>')))
        .containsPattern("viewBox=\"0 0 \\d+ \\d+");
  }
}
