package dev.cajal.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.autodiff.Gradient;
import dev.cajal.engine.Program;
import dev.cajal.engine.reference.Reference;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import dev.cajal.tensor.Window;
import dev.cajal.testing.Golden;
import dev.cajal.testing.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers, and the gradients of their inputs and parameters, as PyTorch computes them. */
class LayersGoldenTest {
  private static final double TOLERANCE = 1e-12;

  static List<Golden> cases() {
    return Golden.cases("layers.json").stream()
        .filter(golden -> !golden.name().equals("batchNorm"))
        .toList();
  }

  @Test
  void thereAreAsManyCasesAsWereMade() {
    assertThat(Golden.cases("layers.json")).hasSize(16);
  }

  /** A parameter with the numbers of an input. */
  private static Parameter parameter(Golden golden, String name) {
    return Parameter.of(name, golden.numbers("inputs", name));
  }

  private static Layer layer(Golden golden) {
    Optional<Parameter> weight = of(golden, "weight");
    Optional<Parameter> bias = of(golden, "bias");
    Parameter w = weight.orElseGet(() -> Parameter.of(Array.of(new double[1])));
    Activation none = Activation.IDENTITY;
    return switch (golden.name()) {
      case "dense", "dense of a sequence" -> new Dense(w, bias, none);
      case "embedding" -> new Embedding(w);
      case "conv1d" -> new Conv1d(w, bias, Window.of(3).same(), 1, none);
      case "conv2d" -> new Conv2d(w, bias, Window.of(3, 3).same(), 1, none);
      case "conv2d with stride 2, padding 1" ->
          new Conv2d(w, bias, Window.of(3, 3).same(), 1, none)
              .with(Window.of(3, 3).stride(2).padding(1));
      case "conv2d in 2 groups" -> new Conv2d(w, bias, Window.of(2, 2), 2, none);
      case "convTranspose2d" -> new ConvTranspose2d(w, bias, Window.of(2, 2).stride(2), none);
      case "maxPool" -> MaxPool.of(2, 2);
      case "averagePool" -> AveragePool.of(2, 2);
      case "globalPool average" -> GlobalPool.AVERAGE;
      case "globalPool max" -> GlobalPool.MAX;
      case "layerNorm" -> new LayerNorm(w, bias.orElseThrow(), 1e-5);
      case "rmsNorm" -> new RmsNorm(w, 1e-6);
      case "groupNorm" -> new GroupNorm(w, bias.orElseThrow(), 2, 1e-5);
      default -> throw new AssertionError(golden.name());
    };
  }

  private static Optional<Parameter> of(Golden golden, String name) {
    return golden.hasInput(name) ? Optional.of(parameter(golden, name)) : Optional.empty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theResultIsThatOfPyTorch(Golden golden) {
    Layer layer = layer(golden);
    Tensor x = golden.input("x");
    Tensor y = layer.apply(golden.name().equals("embedding") ? x.cast(DType.I32) : x);
    golden.assertOutput("y", y, TOLERANCE);
    Parameters parameters = Parameters.of(layer);
    List<String> names = List.copyOf(golden.group("gradients").keySet());
    var leaves = new ArrayList<Tensor>();
    for (String name : names) {
      leaves.add(name.equals("x") ? x : parameters.get(name(layer, name)).value());
    }
    List<Tensor> gradients = Gradient.of(y.times(golden.input("c")).sum(), leaves);
    for (int i = 0; i < names.size(); i++) {
      Array found = Reference.evaluate(gradients.get(i), golden.bindings());
      Numbers.assertClose(
          names.get(i), found, golden.numbers("gradients", names.get(i)), TOLERANCE);
    }
  }

  /** What PyTorch calls weight and bias of a norm are its scale and shift. */
  private static String name(Layer layer, String name) {
    boolean isNorm =
        layer instanceof LayerNorm || layer instanceof RmsNorm || layer instanceof GroupNorm;
    return switch (name) {
      case "weight" -> isNorm ? "scale" : "weight";
      case "bias" -> isNorm ? "shift" : "bias";
      default -> name;
    };
  }

  /** Three batches in training, then one with the statistics that came of it. */
  @Test
  void batchNormKeepsRunningStatistics() {
    Golden golden =
        Golden.cases("layers.json").stream()
            .filter(each -> each.name().equals("batchNorm"))
            .findFirst()
            .orElseThrow();
    Array batches = golden.numbers("inputs", "x");
    Array outputs = golden.output("y");
    int size = batches.length() / 4;
    var norm =
        new BatchNorm(
            parameter(golden, "weight"),
            parameter(golden, "bias"),
            Parameter.of(Array.of(new double[3])),
            Parameter.of(Array.of(new double[] {1, 1, 1})),
            0.1,
            1e-5);
    Tensor x = Tensor.input("x", DType.F64, "batch", 3);
    Program program = Program.of(norm.apply(x));
    for (int i = 0; i < 4; i++) {
      Array batch = part(batches, i, size);
      Array found = program.training(i < 3).run(Map.of("x", batch)).getFirst();
      Numbers.assertClose("batch " + i, found, part(outputs, i, size), TOLERANCE);
    }
    Numbers.assertClose("mean", norm.runningMean().array(), golden.output("mean"), TOLERANCE);
    Numbers.assertClose(
        "variance", norm.runningVariance().array(), golden.output("variance"), TOLERANCE);
  }

  private static Array part(Array whole, int number, int size) {
    double[] numbers = whole.toDoubles();
    var part = new double[size];
    System.arraycopy(numbers, number * size, part, 0, size);
    return Array.wrap(part, Shape.of(size / 3, 3));
  }
}
