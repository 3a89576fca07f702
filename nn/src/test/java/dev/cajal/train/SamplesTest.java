package dev.cajal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.nn.Dense;
import dev.cajal.nn.Losses;
import dev.cajal.nn.SavedModel;
import dev.cajal.random.RandomStream;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
  /** More than are looked at at a time when all of them are. */
  private static final int MANY = 3000;

  private static final int WIDTH = 500;

  /** Samples that are made when they are asked for: no more than a few are ever in memory. */
  private record Made(int size, int wrong) implements Samples {

    @Override
    public Batch rows(int... positions) {
      var x = new float[positions.length * WIDTH];
      var y = new int[positions.length];
      for (int i = 0; i < positions.length; i++) {
        RandomStream random = RandomStream.of(1, "made").derive(positions[i]);
        for (int k = 0; k < WIDTH; k++) {
          x[i * WIDTH + k] = (float) random.uniform(k);
        }
        y[i] = positions[i] == wrong ? 7 : x[i * WIDTH] > 0.5 ? 1 : 0;
      }
      return Samples.of(
          Array.wrap(x, Shape.of(positions.length, WIDTH)),
          Array.wrap(y, Shape.of(positions.length)));
    }
  }

  private static Trainer trainer() {
    return Trainer.of(new Dense(WIDTH, 2), Losses.crossEntropy())
        .metrics(Metric.accuracy())
        .epochs(2)
        .seed(3);
  }

  @Test
  void samplesMadeWhenAskedForTrainToTheSameBitsAsThoseInMemory() {
    var made = new Made(MANY, -1);
    Batch held = made.part(0, MANY);
    Samples others = made.those(IntStream.range(100, 400).toArray());

    Trained a = trainer().fit(made, others);
    Trained b = trainer().fit(held, held.part(100, 400));

    assertThat(a.predict(held.x())).isEqualTo(b.predict(held.x()));
    assertThat(a.test(made)).isEqualTo(b.test(held));
    assertThat(a.history().getLast().metrics()).isEqualTo(b.history().getLast().metrics());
    SavedModel saved = a.model();
    assertThat(saved.predict(held.x())).isEqualTo(a.predict(held.x()));
  }

  @Test
  void theChecksumIsThatOfTheNumbersWhereverTheyLie() {
    var made = new Made(MANY, -1);

    assertThat(made.checksum()).isEqualTo(made.part(0, MANY).checksum());
    assertThat(made.those(5, 7).checksum()).isEqualTo(made.rows(5, 7).checksum());
    assertThat(made.checksum()).isNotEqualTo(new Made(MANY, MANY - 1).checksum());
    assertThat(made.rows(5, 7).checksum()).isNotEqualTo(made.rows(7, 5).checksum());
  }

  @Test
  void aTargetFarInIsFoundBeforeAnythingIsLearned() {
    assertThatThrownBy(() -> trainer().fit(new Made(MANY, 2500)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 408")
        .hasMessageContaining("(counted from row 2092 on)");
  }

  @Test
  void someAreFromAllOverTheSet() {
    var made = new Made(10, -1);

    assertThat(made.some(5)).isEqualTo(made.rows(0, 2, 4, 6, 8));
    assertThat(made.some(100)).isEqualTo(made.part(0, 10));
  }

  @Test
  void namesOfFeaturesStayWithTheSamples() {
    Batch named =
        Samples.of(Array.of(new float[][] {{1, 2}, {3, 4}}), Array.of(new int[] {0, 1}))
            .named(List.of("width", "height"));

    assertThat(named.rows(1).features()).containsExactly("width", "height");
    assertThat(named.those(0).features()).containsExactly("width", "height");
    assertThatThrownBy(() -> named.named(List.of("width")))
        .hasMessage("samples: 1 names for 2 numbers of an input");
  }
}
