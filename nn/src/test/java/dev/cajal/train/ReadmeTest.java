package dev.cajal.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Dense;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Losses;
import dev.cajal.optim.Optimizers.Adam;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The README's first network, word by word, learns what it is to learn. */
class ReadmeTest {

  // The text between the marks is the README's.
  // begin
  record Classifier(Dense hidden, Dense output) implements Layer {
    Classifier(int features, int classes) {
      this(new Dense(features, 32, Activation.RELU), new Dense(32, classes));
    }

    @Override
    public Tensor apply(Tensor x) {
      return output.apply(hidden.apply(x));
    }
  }

  // end

  @Test
  void theFirstNetworkLearns() {
    var random = new SplittableRandom(1);
    var numbers = new float[600 * 2];
    var classes = new int[600];
    for (int i = 0; i < 600; i++) {
      classes[i] = i % 3;
      numbers[2 * i] = (float) (Math.cos(2.1 * classes[i]) + random.nextGaussian(0, 0.2));
      numbers[2 * i + 1] = (float) (Math.sin(2.1 * classes[i]) + random.nextGaussian(0, 0.2));
    }
    Array x = Array.of(numbers, 600, 2);
    Array labels = Array.of(classes);

    List<Batch> parts = Samples.of(x, labels).split(1, 0.6, 0.2, 0.2);
    Trained trained =
        Trainer.of(new Classifier(2, 3), Losses.crossEntropy())
            .optimizer(new Adam(0.01))
            .epochs(100)
            .earlyStopping(10)
            .seed(1)
            .fit(parts.get(0), parts.get(1));
    Array scores = trained.predict(parts.get(2).x());
    ConfusionMatrix matrix =
        ConfusionMatrix.of(parts.get(2).y().toInts(), Metrics.predictions(scores), 3);
    assertThat(matrix.accuracy()).isGreaterThan(0.97);
  }

  /** Without blanks, which the formatter sets otherwise. */
  @Test
  void theReadmeSaysTheSame() throws IOException {
    String readme = plain(Files.readString(Path.of("..", "README.md")));
    String mine =
        Files.readString(
            Path.of("src", "test", "java", "dev", "cajal", "train", "ReadmeTest.java"));
    String record = mine.substring(mine.indexOf("// begin") + 8, mine.indexOf("// end"));
    assertThat(readme).contains(plain(record));
    String training =
        mine.substring(mine.indexOf("Trained trained ="), mine.indexOf("ConfusionMatrix matrix ="));
    assertThat(readme).contains(plain(training));
  }

  private static String plain(String text) {
    return text.replaceAll("\\s", "");
  }
}
