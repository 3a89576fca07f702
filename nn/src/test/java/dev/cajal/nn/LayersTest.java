package dev.cajal.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.autodiff.GradientCheck;
import dev.cajal.engine.Program;
import dev.cajal.engine.reference.Reference;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.ExpressionFile;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import dev.cajal.tensor.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayersTest {

  /** A layer, and the shape of an input for it. */
  record Case(Layer layer, Shape input) {
    Case(Layer layer, Object... sizes) {
      this(layer, Shape.of(sizes));
    }

    @Override
    public String toString() {
      return layer.getClass().getSimpleName();
    }
  }

  static List<Case> cases() {
    var cases = new ArrayList<Case>();
    for (Activation activation : Activation.values()) {
      cases.add(new Case(new Dense(4, 3, activation), 5, 4));
    }
    cases.addAll(
        List.of(
            new Case(new Dense(4, 3).withoutBias(), 5, 4),
            new Case(new Conv1d(3, 4, 3, Activation.TANH), 2, 6, 3),
            new Case(new Conv2d(2, 4, 3, Activation.TANH), 2, 5, 5, 2),
            new Case(new Conv2d(4, 4, Window.of(3, 3), 2, Activation.TANH), 2, 5, 5, 4),
            new Case(new ConvTranspose2d(3, 2, Window.of(2, 2).stride(2)), 2, 3, 3, 3),
            new Case(MaxPool.of(2, 2), 2, 4, 4, 3),
            new Case(AveragePool.of(2, 2), 2, 4, 4, 3),
            new Case(new AveragePool(Window.of(3, 3).padding(1)), 2, 4, 4, 3),
            new Case(GlobalPool.AVERAGE, 2, 4, 4, 3),
            new Case(GlobalPool.MAX, 2, 4, 4, 3),
            new Case(new BatchNorm(3), 6, 3),
            new Case(new LayerNorm(5), 3, 5),
            new Case(new GroupNorm(2, 4), 2, 3, 3, 4),
            new Case(new RmsNorm(5), 3, 5),
            new Case(new Dropout(0.3), 6, 5),
            new Case(new Noise(0.3), 6, 5),
            new Case(new Flatten(), 3, 2, 2),
            new Case(new Residual(new Dense(4, 4, Activation.TANH)), 3, 4),
            new Case(new Maxout(4, 3, 2), 5, 4),
            new Case(Sequential.ofSizes(Activation.SILU, 4, 6, 2), 5, 4)));
    return cases;
  }

  /** To the input and to each parameter, in training and otherwise. */
  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAreThoseOfCentralDifferences(Case of) {
    boolean hasNone = of.layer instanceof Dense dense && dense.activation() == Activation.STEP;
    Parameters parameters = Parameters.of(of.layer).initialise(3);
    Tensor x = Tensor.input("x", of.input.sizes().toArray());
    Tensor y = of.layer.apply(x);
    var numbers = new float[Math.toIntExact(of.input.elements().number())];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) Math.sin(1 + i * 1.7);
    }
    var leaves = new ArrayList<>(List.of(x));
    parameters
        .byPath()
        .forEach((path, parameter) -> {
          if (!path.startsWith("running")) {
            leaves.add(parameter.value());
          }
        });
    Bindings plain = Bindings.of(x, Array.wrap(numbers, of.input));
    for (Bindings bindings : List.of(plain, plain.inTraining())) {
      GradientCheck check = GradientCheck.of(y, bindings);
      GradientCheck.Report report =
          new GradientCheck(y, leaves, bindings, check.step(), check.tolerance()).run();
      assertThat(report.passed()).as("%s %s", of.layer, report).isTrue();
      assertThat(report.elements()).isPositive();
      assertThat(hasNone || report.elements() > report.belowRounding()).isTrue();
    }
  }

  @Test
  void dropoutIsForTrainingAlone() {
    Tensor x = Tensor.input("x", 1000);
    Tensor y = new Dropout(0.25).apply(x);
    var ones = new float[1000];
    Arrays.fill(ones, 1);
    Map<String, Array> inputs = Map.of("x", Array.of(ones));
    assertThat(Program.of(y).run(inputs).getFirst().toFloats()).containsOnly(1);
    float[] dropped = Program.of(y).training(true).run(inputs).getFirst().toFloats();
    assertThat(dropped).containsOnly(0, 1 / 0.75f);
    int zeros = 0;
    for (float number : dropped) {
      zeros += number == 0 ? 1 : 0;
    }
    // 250 expected, 14 are a deviation.
    assertThat(zeros).isBetween(180, 320);
  }

  @Test
  void noiseIsForTrainingAlone() {
    Tensor x = Tensor.input("x", 1000);
    Tensor y = new Noise(0.5).apply(x);
    Map<String, Array> inputs = Map.of("x", Array.of(new float[1000]));
    assertThat(Program.of(y).run(inputs).getFirst().toFloats()).containsOnly(0);
    double[] noise = Program.of(y).training(true).run(inputs).getFirst().toDoubles();
    double squares = Arrays.stream(noise).map(n -> n * n).average().orElseThrow();
    assertThat(squares).isBetween(0.2, 0.3);
  }

  @Test
  void statisticsRunInTrainingAlone() {
    var norm = new BatchNorm(2);
    Parameters.of(norm);
    Tensor x = Tensor.input("x", "batch", 2);
    Program program = Program.of(norm.apply(x));
    Map<String, Array> inputs = Map.of("x", Array.of(new float[][] {{1, 10}, {3, 30}}));
    program.run(inputs);
    assertThat(norm.runningMean().array().toFloats()).containsExactly(0, 0);
    program.training(true).run(inputs);
    assertThat(norm.runningMean().array().toFloats()).containsExactly(0.2f, 2);
    // Of samples: 2 and 200, a tenth of the way from 1.
    assertThat(norm.runningVariance().array().toFloats()).containsExactly(1.1f, 20.9f);
  }

  @Test
  void embeddingsArePickedByNumber() {
    var embedding = new Embedding(Parameter.of(Array.of(new float[][] {{1, 2}, {3, 4}, {5, 6}})));
    Tensor words = Tensor.input("words", DType.I32, "batch");
    Array picked =
        Reference.evaluate(embedding.apply(words), Bindings.of(words, Array.of(new int[] {2, 0})));
    assertThat(picked.toDoubles()).containsExactly(5, 6, 1, 2);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Dropout(1))
        .withMessage("dropout: a rate is from 0 to below 1, not 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GroupNorm(4, 6))
        .withMessage("6 channels do not divide into 4 groups");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Conv2d(3, 4, Window.of(3, 3), 2, Activation.RELU))
        .withMessage("3 inputs and 4 outputs do not divide into 2 groups");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Conv2d(3, 4, Window.of(3), 1, Activation.RELU))
        .withMessageContaining("has 1 axes; this convolution needs 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Conv2d(3, 4, 3).with(Window.of(5, 5)))
        .withMessageStartingWith("the kernel is for a window 3×3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Residual(new Dense(4, 1)).apply(Tensor.input("x", "batch", 4)))
        .withMessageStartingWith("residual: what is added to x [batch, 4] is");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Dense(5, 2).apply(Tensor.input("x", "batch", 4)))
        .withMessageContaining("inner sizes differ");
  }

  /** Two that were the same would keep one half, with 4 for each. */
  @Test
  void dropoutThatIsAppliedTwiceDropsTwice() {
    var dropout = new Dropout(0.5);
    Layer twice = x -> dropout.apply(dropout.apply(x));
    Parameters.of(dropout);
    Tensor x = Tensor.input("x", 1000);
    var ones = new float[1000];
    Arrays.fill(ones, 1);
    float[] left =
        Program.of(twice.apply(x))
            .training(true)
            .run(Map.of("x", Array.of(ones)))
            .getFirst()
            .toFloats();
    assertThat(left).containsOnly(0, 4);
    int kept = 0;
    for (float number : left) {
      kept += number == 0 ? 0 : 1;
    }
    // 250 expected, 14 are a deviation.
    assertThat(kept).isBetween(180, 320);
  }

  @Test
  void namingTheModelAgainGivesTheSameExpressionAgain() {
    var dropout = new Dropout(0.5);
    Tensor x = Tensor.input("x", 1000);
    Parameters.of(dropout);
    String first = ExpressionFile.write(Map.of("y", dropout.apply(dropout.apply(x))));
    Parameters.of(dropout);
    assertThat(ExpressionFile.write(Map.of("y", dropout.apply(dropout.apply(x))))).isEqualTo(first);
    assertThat(ExpressionFile.write(Map.of("y", dropout.apply(dropout.apply(x)))))
        .isNotEqualTo(first);
  }

  /** As in a siamese network; the numbers are those of PyTorch's BatchNorm1d. */
  @Test
  void statisticsOfANormThatIsAppliedTwiceMoveTwice() {
    Tensor a = Tensor.input("a", "first", 2);
    Tensor b = Tensor.input("b", "second", 2);
    Bindings batches =
        Bindings.none()
            .with(a, Array.of(new float[][] {{1, 10}, {3, 30}}))
            .with(b, Array.of(new float[][] {{0, 4}, {2, 8}, {7, 0}}))
            .inTraining();
    var norm = new BatchNorm(2);
    Parameters.of(norm).initialise(1);
    Program program = Program.of(norm.apply(a), norm.apply(b));
    program.training(true).run(batches);
    assertStatistics(norm);
    program.training(false).run(Bindings.of(a, 1, 2).with(b, Array.of(new float[][] {{3, 4}})));
    assertStatistics(norm);

    var other = new BatchNorm(2);
    Parameters.of(other).initialise(1);
    Reference.run(List.of(other.apply(a), other.apply(b)), batches).commit();
    assertStatistics(other);
  }

  private static void assertStatistics(BatchNorm norm) {
    assertThat(norm.runningMean().array().toDoubles())
        .containsExactly(new double[] {0.48, 2.2}, within(1e-6));
    assertThat(norm.runningVariance().array().toDoubles())
        .containsExactly(new double[] {2.29, 20.41}, within(1e-5));
  }

  @Test
  void aSingleValueHasNoVariance() {
    var norm = new BatchNorm(2);
    Parameters.of(norm);
    Tensor x = Tensor.input("x", "batch", 2);
    Program.of(norm.apply(x)).training(true).run(Map.of("x", Array.of(new float[][] {{1, 10}})));
    assertThat(norm.runningMean().array().toFloats()).containsExactly(0.1f, 1);
    assertThat(norm.runningVariance().array().toFloats()).containsExactly(1, 1);
  }

  @Test
  void normsOfOtherWidthsAreRefused() {
    Tensor x = Tensor.input("x", "batch", 8);
    Tensor narrow = Tensor.input("narrow", "batch", 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchNorm(3).apply(x))
        .withMessage("batch norm: x [batch, 8] has 8 channels, not 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchNorm(3).apply(narrow))
        .withMessage("batch norm: narrow [batch, 1] has 1 channels, not 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LayerNorm(3).apply(narrow))
        .withMessage("layer norm: narrow [batch, 1] has 1 channels, not 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RmsNorm(3).apply(narrow))
        .withMessage("RMS norm: narrow [batch, 1] has 1 channels, not 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GroupNorm(2, 4).apply(x))
        .withMessage("group norm: x [batch, 8] has 8 channels, not 4");
  }

  @Test
  void parametersThatDoNotFitEachOtherAreRefused() {
    Parameter weight = Parameter.of(Init.ones(), 2, 3);
    Parameter three = Parameter.of(Init.ones(), 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Dense(weight, Optional.of(three), Activation.RELU))
        .withMessage("dense: the bias is [3], not [2]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LayerNorm(three, Parameter.of(Init.zeros(), 1), 1e-5))
        .withMessage("layer norm: the shift is [1], not [3]");
    Parameter kernel = Parameter.of(Init.ones(), 2, 2, 3, 4);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Conv2d(kernel, Optional.of(three), Window.of(2, 2), 1, Activation.RELU))
        .withMessage("conv2d: the bias is [3], not [4]");
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchNorm(3, 0.1, 0))
        .withMessage("batch norm: epsilon is positive, not 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchNorm(3, 1.5, 1e-5))
        .withMessage("batch norm: the momentum is from 0 to 1, not 1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LayerNorm(3, Double.NaN))
        .withMessage("layer norm: epsilon is positive, not NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Dropout(-0.1, new Dice()))
        .withMessage("dropout: a rate is from 0 to below 1, not -0.1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Noise(-1, new Dice()))
        .withMessage("noise: the deviation is not negative; it is -1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Init.uniform(1, -1))
        .withMessage("uniform first numbers: from 1.0 to -1.0 is no range");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Init.normal(-1))
        .withMessage("normal first numbers: the deviation is not negative; it is -1.0");
  }

  @Test
  void aMeanOfPaddingAloneIsRefused() {
    Tensor x = Tensor.input("x", "batch", 4, 4, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AveragePool(Window.of(2, 2).padding(2)).apply(x))
        .withMessage(
            "averagePool: a window 2×2 padding 2 over x [batch, 4, 4, 3] could lie in padding"
                + " alone");
  }

  /** The numbers are those of PyTorch's ConvTranspose2d with output_padding=1. */
  @Test
  void outputPaddingDoublesAnImage() {
    var window = Window.of(3, 3).stride(2).padding(1);
    var layer = new ConvTranspose2d(1, 1, window).withoutBias().withOutputPadding(1, 1);
    assertThat(layer.apply(Tensor.input("x", "batch", 14, 14, 1)).shape())
        .isEqualTo(Shape.of("batch", 28, 28, 1));
    assertThat(layer.apply(Tensor.input("x", "batch", "height", "width", 1)).shape())
        .hasToString("[batch, 2·height, 2·width, 1]");
    layer.weight().set(Array.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 3, 3, 1, 1));
    Tensor x = Tensor.input("x", 1, 2, 2, 1);
    assertThat(Reference.evaluate(layer.apply(x), Bindings.of(x, 1, 2, 3, 4)).toDoubles())
        .containsExactly(5, 14, 10, 12, 14, 36, 24, 30, 15, 34, 20, 24, 24, 55, 32, 36);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.withOutputPadding(1, 1))
        .withMessage("an output padding is from 0 to the padding, which is 0; it is 1");
  }
}
