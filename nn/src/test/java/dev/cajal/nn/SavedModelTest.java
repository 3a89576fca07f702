package dev.cajal.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cajal.CajalException;
import dev.cajal.DamagedFileException;
import dev.cajal.engine.Program;
import dev.cajal.json.Json;
import dev.cajal.json.JsonArray;
import dev.cajal.json.JsonString;
import dev.cajal.optim.Optimizers.Adam;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import dev.cajal.train.Batch;
import dev.cajal.train.Samples;
import dev.cajal.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedModelTest {
  @TempDir private Path folder;

  private record Block(Dense inner, Optional<LayerNorm> norm) implements Layer {
    @Override
    public Tensor apply(Tensor x) {
      Tensor y = inner.apply(x);
      return norm.map(it -> it.apply(y)).orElse(y).plus(x);
    }
  }

  private record Net(Dense first, List<Block> blocks, BatchNorm norm, Dropout drop, Dense last)
      implements Layer {
    Net() {
      this(
          new Dense(3, 8, Activation.GELU),
          List.of(
              new Block(new Dense(8, 8), Optional.of(new LayerNorm(8))),
              new Block(new Dense(8, 8), Optional.empty())),
          new BatchNorm(8),
          new Dropout(0.3),
          new Dense(8, 2));
    }

    @Override
    public Tensor apply(Tensor x) {
      Tensor h = first.apply(x);
      for (Block block : blocks) {
        h = block.apply(h);
      }
      return last.apply(drop.apply(norm.apply(h)));
    }
  }

  private static Array inputs(int rows) {
    var random = new SplittableRandom(4);
    var x = new float[3 * rows];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return Array.of(x, rows, 3);
  }

  private static Net net() {
    var net = new Net();
    Parameters.of(net).initialise(5);
    return net;
  }

  private static Array run(Layer model, Array x) {
    Tensor input = Tensor.input("x", "batch", 3);
    return Program.of(model.apply(input)).run(Map.of("x", x)).getFirst();
  }

  @Test
  void whatIsReadComputesTheSameBits() {
    Net net = net();
    SavedModel.of(net, 3).write(folder);
    SavedModel saved = SavedModel.read(folder);
    assertThat(saved.predict(inputs(7))).isEqualTo(run(net, inputs(7)));
    assertThat(saved.run(Map.of("x", inputs(7)))).containsOnly(Map.entry("y", run(net, inputs(7))));
    assertThat(saved.inputs().keySet()).containsExactly("x");
  }

  @Test
  void namesArePaths() {
    SavedModel.of(net(), 3).write(folder);
    assertThat(SavedModel.read(folder).parameters().keySet())
        .containsExactlyInAnyOrder(
            "first.weight",
            "first.bias",
            "blocks.0.inner.weight",
            "blocks.0.inner.bias",
            "blocks.0.norm.scale",
            "blocks.0.norm.shift",
            "blocks.1.inner.weight",
            "blocks.1.inner.bias",
            "norm.scale",
            "norm.shift",
            "norm.runningMean",
            "norm.runningVariance",
            "last.weight",
            "last.bias");
  }

  @Test
  void manyRowsGoThroughInParts() {
    SavedModel.of(net(), 3).write(folder);
    SavedModel saved = SavedModel.read(folder);
    Array all = saved.predict(inputs(600));
    assertThat(all.rowCount()).isEqualTo(600);
    // The last 88 are the last part.
    int[] last = IntStream.range(512, 600).toArray();
    assertThat(all.rows(last)).isEqualTo(saved.predict(inputs(600).rows(last)));
  }

  /** The expression is trained as the model is that it came from: dropout, running statistics. */
  @Test
  void itIsTrainedFurtherWithoutItsClasses() {
    Net net = net();
    SavedModel.of(net, 3).write(folder);
    SavedModel saved = SavedModel.read(folder);
    Batch samples = Samples.of(inputs(64), Array.of(new int[64]));
    for (Layer each : List.of(net, saved)) {
      Trainer.of(each, Losses.crossEntropy()).optimizer(new Adam(0.01)).epochs(3).fit(samples);
    }
    assertThat(Parameters.of(saved).byPath().keySet())
        .containsExactlyInAnyOrderElementsOf(Parameters.of(net).byPath().keySet());
    Parameters.of(net)
        .byPath()
        .forEach((path, parameter) ->
            assertThat(Parameters.of(saved).get(path).array())
                .as(path)
                .isEqualTo(parameter.array()));
  }

  /** The time axis of the saved one is open: any number of steps may be learned from. */
  @Test
  void whatItLeavesOpenIsOpenInTrainingToo() {
    Layer model = Sequential.of(new Dense(3, 4, Activation.RELU), new Dense(4, 1));
    Parameters.of(model).initialise(1);
    SavedModel.of(model, "time", 3).write(folder);
    SavedModel saved = SavedModel.read(folder);
    Batch samples = Samples.of(inputs(20).as(DType.F32, Shape.of(4, 5, 3)), ones(4, 5, 1));
    Trainer.of(saved, Losses.meanSquaredError()).epochs(2).fit(samples);
    Batch longer = Samples.of(inputs(36).as(DType.F32, Shape.of(4, 9, 3)), ones(4, 9, 1));
    assertThat(Trainer.of(saved, Losses.meanSquaredError()).epochs(2).fit(longer).history())
        .hasSize(2);
  }

  private static Array ones(int... sizes) {
    var numbers = new float[IntStream.of(sizes).reduce(1, (a, b) -> a * b)];
    Arrays.fill(numbers, 1);
    return Array.of(numbers, sizes);
  }

  @Test
  void whatElseIsKnownIsKept() {
    Json classes = JsonArray.of(List.of("cat", "\"dog\""), JsonString::new);
    SavedModel.of(net(), 3).with("classes", classes).write(folder);
    assertThat(SavedModel.read(folder).about().members())
        .containsOnly(Map.entry("classes", classes));
  }

  private void assertRefused(Class<? extends CajalException> type, String message) {
    assertThatExceptionOfType(type)
        .isThrownBy(() -> SavedModel.read(folder))
        .withMessageContaining(message);
  }

  @Test
  void filesOfDifferentModelsAreRefused() throws IOException {
    Net net = net();
    SavedModel.of(net, 3).write(folder);
    byte[] former = Files.readAllBytes(folder.resolve("model.json"));
    net.last().bias().orElseThrow().set(Array.of(new float[] {1, 2}));
    SavedModel.of(net, 3).write(folder);
    Files.write(folder.resolve("model.json"), former);
    assertRefused(DamagedFileException.class, "model.safetensors is of another model");
  }

  @Test
  void damagedFilesAreRefused() throws IOException {
    SavedModel.of(net(), 3).write(folder);
    Path model = folder.resolve("model.json");
    String text = Files.readString(model);
    Files.writeString(model, text.replace("\"erf\"", "\"tanh\""));
    assertRefused(DamagedFileException.class, "its checksum is");
    Files.writeString(model, text.substring(0, text.length() / 2));
    assertRefused(DamagedFileException.class, model.toString());
    Files.delete(model);
    assertRefused(CajalException.class, "there is no model in " + folder);
    Files.writeString(model, text);
    Files.delete(folder.resolve("model.safetensors"));
    assertRefused(CajalException.class, "there is no file");
  }

  @Test
  void aModelWithTwoInputsSaysSo() {
    Tensor a = Tensor.input("a", "n");
    Tensor b = Tensor.input("b", "n");
    SavedModel model = SavedModel.of(Map.of("sum", a.plus(b)));
    Array ones = Array.of(new float[] {1, 1});
    assertThat(model.run(Map.of("a", ones, "b", ones)).get("sum"))
        .isEqualTo(Array.of(new float[] {2, 2}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.predict(ones))
        .withMessage("the model has 2 inputs (a, b), not one: see run");
  }

  @Test
  void aParameterWithoutANameIsRefused() {
    Tensor w = Parameter.of(Array.of(new float[] {1})).value();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SavedModel.of(Map.of("w", w)))
        .withMessageContaining("without a name");
  }

  @Test
  void aModelThatWasAPartOfAnotherIsWrittenUnderItsOwnNames(@TempDir Path folder) {
    record Wrap(SavedModel base, Dense head) implements Layer {
      @Override
      public Tensor apply(Tensor x) {
        return head.apply(base.apply(x));
      }
    }
    SavedModel.of(new Dense(3, 2), 3).write(folder);
    SavedModel base = SavedModel.read(folder);
    Parameters.of(new Wrap(base, new Dense(2, 1))).initialise(1);

    base.write(folder);

    assertThat(SavedModel.read(folder).parameters()).containsOnlyKeys("weight", "bias");
  }
}
