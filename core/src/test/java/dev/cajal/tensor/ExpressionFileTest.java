package dev.cajal.tensor;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.cajal.json.Json;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ExpressionFileTest {
  private static final ParameterSource ZEROS =
      (name, shape, _) ->
          Parameter.of(name, Array.wrap(new float[(int) shape.elements().number()], shape));

  private static Tensor output(Map<String, Tensor> outputs, String name) {
    return requireNonNull(outputs.get(name), name);
  }

  @TestFactory
  Stream<DynamicTest> whatIsReadComputesTheSameBits() {
    return ExpressionSamples.all().entrySet().stream()
        .map(sample ->
            dynamicTest(
                sample.getKey(),
                () -> {
                  Map<String, Tensor> written = sample.getValue();
                  Map<String, Tensor> read =
                      ExpressionFile.read(
                          ExpressionFile.write(written), ExpressionSamples.parameters(written));
                  assertThat(ExpressionSamples.values(read))
                      .isEqualTo(ExpressionSamples.values(written));
                  read.forEach((name, output) -> {
                    assertThat(output.name()).isEqualTo(output(written, name).name());
                    assertThat(output.shape()).isEqualTo(output(written, name).shape());
                    assertThat(output.dtype()).isEqualTo(output(written, name).dtype());
                  });
                }));
  }

  @TestFactory
  Stream<DynamicTest> whatIsReadIsWrittenAsTheSameText() {
    return ExpressionSamples.all().entrySet().stream()
        .map(sample ->
            dynamicTest(
                sample.getKey(),
                () -> {
                  String text = ExpressionFile.write(sample.getValue());
                  assertThat(ExpressionFile.write(sample.getValue())).isEqualTo(text);
                  assertThat(ExpressionFile.write(ExpressionFile.read(text, ZEROS)))
                      .isEqualTo(text);
                  assertThat(Json.parse(text)).isEqualTo(ExpressionFile.json(sample.getValue()));
                }));
  }

  @Test
  void theSamplesHaveEveryOperation() {
    Set<Class<?>> found = new HashSet<>();
    for (Map<String, Tensor> sample : ExpressionSamples.all().values()) {
      found.addAll(
          ExpressionSamples.nodes(sample).stream()
              .map(node -> node.op().getClass())
              .collect(toSet()));
    }
    assertThat(found).containsExactlyInAnyOrder(Op.class.getPermittedSubclasses());
  }

  @Test
  void theTextIsANodeALine() {
    Tensor x = Tensor.input("x", "batch", 2);
    Parameter w = Parameter.of("w", Array.of(new float[] {1, 2}, 2, 1));
    Tensor y = x.matmul(w.value()).named("y").times(2).reshape("batch");
    assertThat(ExpressionFile.write(Map.of("twice", y)))
        .isEqualTo(
            """
            {
              "format": "cajal-expression",
              "version": 1,
              "parameters": [
                {"name":"w","shape":[2,1],"dtype":"f32"}
              ],
              "nodes": [
                {"op":"param","parameter":"w"},
                {"op":"input","name":"x","shape":["batch",2],"dtype":"f32"},
                {"op":"matMul","inputs":[1,0],"named":"y"},
                {"op":"constant","value":{"dtype":"f32","shape":[],"values":[2.0]}},
                {"op":"expand","inputs":[3],"shape":["batch",1]},
                {"op":"map2","inputs":[2,4],"function":"times"},
                {"op":"reshape","inputs":[5],"shape":["batch"]}
              ],
              "outputs": {"twice":6}
            }
            """);
  }

  @Test
  void parametersAreTheOnesGiven() {
    Parameter w = Parameter.of("w", Array.of(new float[] {1, 2, 3}));
    String text = ExpressionFile.write(Map.of("y", w.value().times(2)));
    Tensor y = output(ExpressionFile.read(text, Map.of("w", w)), "y");
    assertThat(Graph.of(y).parameters()).containsExactly(w);
    assertThat(Graph.of(y).nodes()).contains(w.value());
  }

  @Test
  void twoLeavesOfAParameterAreOneNode() {
    Parameter w = Parameter.of("w", Array.of(new float[] {1, 2, 3}));
    Tensor other = Tensor.of(new Op.Param(w)).named("weight");
    String text = ExpressionFile.write(Map.of("y", w.value().plus(other)));
    assertThat(text).containsOnlyOnce("\"param\"");
  }

  @Test
  void namesAreKeptOnNodesAndLeaves() {
    Parameter w = Parameter.of("w", Array.of(new float[] {1}));
    Tensor x = Tensor.input("x", 1).named("X");
    Tensor sum = x.plus(w.value().named("W")).named("sum \"of\" both");
    Map<String, Tensor> read =
        ExpressionFile.read(ExpressionFile.write(Map.of("y", sum.tanh())), Map.of("w", w));
    assertThat(output(read, "y").toString()).contains("X + W").contains("sum \"of\" both");
    assertThat(Graph.of(output(read, "y")).inputs().getFirst().op())
        .isEqualTo(new Op.Input("x", Shape.of(1), DType.F32));
  }

  @Test
  void aNodeUnderTwoNamesKeepsOne() {
    Tensor x = Tensor.input("x", 1).tanh();
    Map<String, Tensor> outputs = Map.of("a", x.named("one"), "b", x.named("other"), "c", x);
    Map<String, Tensor> read = ExpressionFile.read(ExpressionFile.write(outputs), Map.of());
    assertThat(Set.copyOf(read.values())).hasSize(1);
    assertThat(output(read, "c").name()).isPresent();
  }

  @Test
  void aChainOfAHundredThousandNodesIsWrittenAndRead() {
    Tensor x = Tensor.input("x");
    for (int i = 0; i < 100_000; i++) {
      x = x.tanh();
    }
    String text = ExpressionFile.write(Map.of("x", x));
    assertThat(Graph.of(output(ExpressionFile.read(text, Map.of()), "x")).nodes()).hasSize(100_001);
  }

  @Test
  void aParameterWithoutANameIsNotWritten() {
    Parameter unnamed = Parameter.of(Array.of(new float[] {1, 2}));
    assertThatThrownBy(() -> ExpressionFile.write(Map.of("y", unnamed.value())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a parameter [2] has no name by which a file could refer to it: give it one with"
                + " rename");
  }

  @Test
  void twoParametersOfOneNameAreNotWritten() {
    Parameter one = Parameter.of("w", Array.of(new float[] {1}));
    Parameter other = Parameter.of("w", Array.of(new float[] {2}));
    assertThatThrownBy(() -> ExpressionFile.write(Map.of("y", one.value().plus(other.value()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two parameters are named \"w\", one [1] and one [1]: rename one of them");
  }

  @Test
  void noOperationHasAComponentThatEveryNodeHas() {
    for (Class<?> op : Op.class.getPermittedSubclasses()) {
      assertThat(List.of(op.getRecordComponents()))
          .extracting(component -> component.getName())
          .doesNotContain("op", "inputs", "named");
    }
  }

  @Test
  void enumConstantsAreWrittenInOneWay() {
    assertThat(ExpressionLiterals.label(Comparison.LESS_OR_EQUAL)).isEqualTo("lessOrEqual");
    assertThat(Arrays.stream(DType.values()).map(ExpressionLiterals::label))
        .containsExactly("f32", "f64", "i32", "bool");
  }
}
