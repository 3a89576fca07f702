package dev.cajal.bench.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.autodiff.Gradient;
import dev.cajal.engine.reference.Reference;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The networks of the workloads, made small, compute and learn what those of PyTorch do. */
class TrainingGoldenTest {

  /** Parameters are floats between steps. */
  private static final double TOLERANCE = 1e-6;

  record Case(String name, Network network, Training training) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static List<Case> cases() {
    Network xor = Mlp.of(Tensor::tanh, 2, 3, 1);
    Network mlp = Mlp.of(Tensor::relu, 5, 4, 3, 3);
    Network convolutional = Convolutional.of(10, 2, 3, 3);
    Network lstm = Lstm.of(5, 3, 4);
    Network gpt = Gpt.of(new Gpt.Size(5, 4, 2, 2, 3));
    var adam = new Adam(0.01);
    var adamW = new Adam(0.01, 0.01);
    return List.of(
        new Case("xor", xor, Training.ofSquares(xor, new Sgd(0.5), 2, 1)),
        new Case("mlp", mlp, Training.ofClasses(mlp, adam, 3, 5)),
        new Case(
            "convolutional", convolutional, Training.ofClasses(convolutional, adam, 3, 10, 10, 1)),
        new Case("lstm", lstm, Training.ofTokens(lstm, adam, 5, 3)),
        new Case("gpt", gpt, Training.ofTokens(gpt, adamW, 5, 3)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theLossAndItsGradientsAreThoseOfPyTorch(Case one) {
    var golden = GoldenTraining.of(one.name());
    List<Parameter> parameters = one.network().parameters();
    golden.fill(parameters);
    Tensor loss = one.training().loss();
    List<Tensor> gradients = Gradient.of(loss, parameters.stream().map(Parameter::value).toList());
    List<Tensor> outputs = Stream.concat(Stream.of(loss), gradients.stream()).toList();
    var evaluation = Reference.run(outputs, bindings(one, golden));
    assertThat(evaluation.value(loss).item()).isCloseTo(golden.loss(), within(TOLERANCE));
    assertClose(gradients.stream().map(evaluation::value).toList(), golden.arrays("gradients"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void threeStepsOfTheOptimizerLeadWhereThoseOfPyTorchDo(Case one) {
    var golden = GoldenTraining.of(one.name());
    List<Parameter> parameters = one.network().parameters();
    golden.fill(parameters);
    Map<Parameter, Tensor> updates = one.training().updates();
    for (int step = 0; step < 3; step++) {
      var evaluation = Reference.run(updates.values(), bindings(one, golden));
      updates.forEach((parameter, value) ->
          parameter.set(evaluation.value(value).as(DType.F32, parameter.shape())));
    }
    assertClose(parameters.stream().map(Parameter::array).toList(), golden.arrays("after"));
  }

  @Test
  void theGptOfTheWorkloadHasAsManyParametersAsThatOfPyTorch() {
    Network gpt = Gpt.of(new Gpt.Size(65, 128, 4, 4, 128));
    assertThat(gpt.parameters().stream().mapToInt(each -> each.array().length()).sum())
        .isEqualTo(826_368);
  }

  private static Bindings bindings(Case one, GoldenTraining golden) {
    Tensor x = one.training().x();
    Tensor y = one.training().y();
    return Bindings.of(x, golden.array("x", x.dtype())).with(y, golden.array("y", y.dtype()));
  }

  private static void assertClose(List<Array> found, List<Array> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i).shape()).isEqualTo(expected.get(i).shape());
      double largest = DoubleStream.of(expected.get(i).toDoubles()).map(Math::abs).max().orElse(0);
      assertThat(found.get(i).toDoubles())
          .as("parameter %d", i)
          .containsExactly(expected.get(i).toDoubles(), within(TOLERANCE * Math.max(largest, 1)));
    }
  }
}
