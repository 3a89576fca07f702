package dev.cajal.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Recurrence;
import dev.cajal.tensor.Tensor;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SummaryTest {

  /** What Keras counts for its example of digits: 320, 18,496, 34,826 with pooling between. */
  @Test
  void aConvolutionalNetworkIsCountedAsKerasDoes() {
    Layer model =
        Sequential.of(
            new Conv2d(1, 32, 3, Activation.RELU).with(dev.cajal.tensor.Window.of(3, 3)),
            MaxPool.of(2, 2),
            new Conv2d(32, 64, 3, Activation.RELU).with(dev.cajal.tensor.Window.of(3, 3)),
            new Flatten(),
            new Dropout(0.5),
            new Dense(64 * 11 * 11, 10),
            Activation.SOFTMAX);
    assertThat(Summary.of(model, 28, 28, 1).toString())
        .isEqualTo(
            """
            layer     type     output               parameters  Mflop
            ─────────────────────────────────────────────────────────
            layers.0  Conv2d   [batch, 26, 26, 32]         320  0.411
            layers.1  MaxPool  [batch, 13, 13, 32]
            layers.2  Conv2d   [batch, 11, 11, 64]      18,496  4.468
            layers.3  Flatten  [batch, 7744]
            layers.4  Dropout  [batch, 7744]
            layers.5  Dense    [batch, 10]              77,450  0.155
            layers.6  softmax  [batch, 10]
            ─────────────────────────────────────────────────────────
            all                                         96,266  5.095\
            """);
  }

  record Model(Embedding words, Dense hidden, BatchNorm norm, Dense output) implements Layer {
    @Override
    public Tensor apply(Tensor x) {
      Tensor h = hidden.apply(words.apply(x)).relu().mean(1);
      return output.apply(norm.apply(h));
    }
  }

  @Test
  void theLayersOfARecordShowWhatTheyGive() {
    var model =
        new Model(new Embedding(50, 8), new Dense(8, 16), new BatchNorm(16), new Dense(16, 3));
    Summary summary = Summary.of(model, DType.I32, "time");
    assertThat(summary.rows())
        .extracting(row -> row.path() + " " + row.output().orElseThrow() + " " + row.parameters())
        .containsExactly(
            "words [batch, time, 8] 400",
            "hidden [batch, time, 16] 144",
            "norm [batch, 16] 64",
            "output [batch, 3] 51");
    assertThat(summary.parameters()).isEqualTo(659);
    assertThat(summary.assigned()).isEqualTo(32);
    assertThat(summary.rows().get(1).flops()).isCloseTo(2 * 8 * 16 + 16, within(1e-9));
    assertThat(summary.toString()).endsWith("32 of the parameters are running statistics");
  }

  @Test
  void aSingleLayerIsAModelToo() {
    assertThat(Summary.of(new Dense(4, 3), 4).toString()).contains("(the model)  Dense");
  }

  record Recurrent(Dense input, Dense state) implements Layer {
    @Override
    public Tensor apply(Tensor x) {
      return Recurrence.over(x.transpose(1, 0, 2))
          .states(
              Tensor.zeros("batch", 4), (h, each) -> input.apply(each).plus(state.apply(h)).tanh());
    }
  }

  /**
   * A step is two products, 2·3·4 and 2·4·4, two biases and a sum, and a tanh: of 4 numbers each.
   */
  @Test
  void theStepsOfALoopAreCounted() {
    double step = 2 * 3 * 4 + 2 * 4 * 4 + 4 * 4;
    var model = new Recurrent(new Dense(3, 4), new Dense(4, 4));
    Summary ten = Summary.of(model, 10, 3);
    assertThat(ten.flops()).isCloseTo(10 * step, within(1e-9));
    assertThat(ten.rows())
        .extracting(row -> row.path() + " " + row.output().orElseThrow() + " " + row.flops())
        .containsExactly(
            "input [batch, 4] " + (10 * (2 * 3 * 4 + 4.0)),
            "state [batch, 4] " + (10 * (2 * 4 * 4 + 4.0)));
    assertThat(Summary.of(model, "time", 3).flops()).isCloseTo(step, within(1e-9));
  }

  @Test
  void theUnitIsThatOfTheWhole() {
    assertThat(Summary.of(new Dense(4, 3), 4).toString()).contains(" flop\n").endsWith(" 27");
    assertThat(Summary.of(new Dense(100, 100), 100).toString())
        .contains(" kflop\n")
        .endsWith(" 20.100");
    assertThat(Summary.of(new Conv2d(64, 64, 3), 224, 224, 64).toString()).contains(" Gflop\n");
  }

  @Test
  void aParameterThatIsNoComponentIsRefused() {
    var stray = Parameter.of("stray", Array.of(new float[] {1, 2}));
    record Plain(Supplier<Tensor> stray) implements Layer {
      @Override
      public Tensor apply(Tensor x) {
        return x.times(stray.get());
      }
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Summary.of(new Plain(stray::value), 2))
        .withMessage(
            "summary: the model uses parameters that are not among its components: stray [2]; make"
                + " them components of a record");
  }
}
