package dev.cajal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Recurrence;
import dev.cajal.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramTest {
  private final Tensor x = Tensor.input("x", "batch", 2);
  private final Parameter w = Parameter.of("w", Array.of(new float[] {1, 2}));
  private final Tensor y = x.times(w.value()).sum(1);

  private static Array rows(float... numbers) {
    return Array.of(numbers, numbers.length / 2, 2);
  }

  @Test
  void outputsComeInTheirOrder() {
    var results = Program.of(y, y.square()).run(Map.of("x", rows(1, 2, 3, 4)));
    assertThat(results)
        .containsExactly(Array.of(new float[] {5, 11}), Array.of(new float[] {25, 121}));
  }

  @Test
  void aProgramTakesAnySize() {
    Program program = Program.of(y);
    assertThat(program.run(Bindings.of(x, rows(1, 2))).getFirst().toFloats()).containsExactly(5);
    assertThat(program.run(Bindings.of(x, rows(1, 2, 3, 4))).getFirst().toFloats())
        .containsExactly(5, 11);
    assertThat(program.run(Bindings.of(x, rows(1, 2))).getFirst().toFloats()).containsExactly(5);
  }

  @Test
  void updatesSeeOldValues() {
    Parameter v = Parameter.of("v", Array.of(new float[] {10, 20}));
    Program swap =
        Program.of(w.value().plus(v.value())).updating(w, v.value()).updating(v, w.value());
    assertThat(swap.run(Map.of()).getFirst().toFloats()).containsExactly(11, 22);
    assertThat(w.array().toFloats()).containsExactly(10, 20);
    assertThat(v.array().toFloats()).containsExactly(1, 2);
  }

  @Test
  void theOutputIsTheOldValueOfWhatIsUpdated() {
    Program program = Program.of(w.value()).updating(w, w.value().times(3));
    assertThat(program.run(Map.of()).getFirst().toFloats()).containsExactly(1, 2);
    assertThat(w.array().toFloats()).containsExactly(3, 6);
  }

  @Test
  void runningStatisticsAreWritten() {
    Parameter mean = Parameter.of("mean", Array.of(new float[] {0, 0}));
    Program.of(x.assigning(mean, x.mean(0))).run(Map.of("x", rows(1, 2, 3, 4)));
    assertThat(mean.array().toFloats()).containsExactly(2, 3);
  }

  @Test
  void trainingIsSaidToTheProgram() {
    Program program = Program.of(Tensor.where(Tensor.training(), x, x.negated()).sum());
    Map<String, Array> one = Map.of("x", rows(1, 2));
    assertThat(program.run(one).getFirst().item()).isEqualTo(-3);
    assertThat(program.training(true).run(one).getFirst().item()).isEqualTo(3);
    assertThat(program.run(Bindings.of(x, rows(1, 2)).inTraining()).getFirst().item()).isEqualTo(3);
  }

  @Test
  void aCallReadsItsInputsAgain() {
    var numbers = new float[] {1, 2};
    Program.Call call = Program.of(y).call().set("x", Array.wrap(numbers, rows(1, 2).shape()));
    call.run();
    assertThat(call.output(0).item()).isEqualTo(5);
    numbers[0] = 3;
    call.run();
    assertThat(call.output(0).item()).isEqualTo(7);
    call.set("x", rows(1, 2, 3, 4)).run();
    assertThat(call.output(0).toFloats()).containsExactly(5, 11);
  }

  @Test
  void doublesAreRoundedForAnInputOfFloats() {
    Array doubles = Array.of(new double[] {1, 2}, 1, 2);
    assertThat(Program.of(y).run(Map.of("x", doubles)).getFirst().item()).isEqualTo(5);
  }

  @Test
  void anInputThatItDoesNotHaveIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Program.of(y).run(Map.of("X", rows(1, 2))))
        .withMessage("program: it has no input \"X\"; it has x");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Program.of(y).run(Bindings.of(y, 1, 2)))
        .withMessageContaining("is not one of its inputs; they are x");
  }

  @Test
  void anInputWithoutAValueIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Program.of(y).run(Map.of()))
        .withMessage("program: no value is given for the input x");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Program.of(y).call().run())
        .withMessage("program: no value is given for the input x");
  }

  @Test
  void anArrayOfAnotherShapeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Program.of(y).run(Map.of("x", Array.of(new float[] {1, 2, 3}, 1, 3))))
        .withMessage("bindings: x [batch, 2] is given an array [1, 3]: axis 1: 2 ≠ 3");
  }

  @Test
  void twoUpdatesOfOneParameterAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Program.of(y).updating(w, w.value().times(2)).updating(w, w.value().times(3)))
        .withMessage("program: parameter w [2] is updated twice");
  }

  @Test
  void anUpdateOfAnotherShapeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Program.of(y).updating(w, w.value().sum()))
        .withMessageStartingWith("assign: w [2] f32 is to become");
  }

  @Test
  void anOutputIsThereAfterTheRun() {
    assertThatIllegalStateException().isThrownBy(() -> Program.of(y).call().output(0));
  }

  @Test
  void itExplainsWhatItDoes() {
    Parameter weight = Parameter.of("weight", Array.of(new float[6], 2, 3));
    Tensor hidden = x.matmul(weight.value()).plus(1).relu();
    Program.Call call = Program.of(hidden).call().set("x", rows(1, 2, 3, 4));
    assertThat(call.explain())
        .contains("matMul [2, 2]·[2, 3] + plus relu: x, weight")
        .contains("1 kernel,")
        .doesNotContain("µs");
    assertThat(call.profile(2).explain()).contains("2 runs measured");
  }

  @Test
  void itExplainsTheSizesItWasLastRunWith() {
    Program program = Program.of(y);
    assertThatIllegalArgumentException()
        .isThrownBy(program::explain)
        .withMessageContaining("batch");
    program.run(Map.of("x", rows(1, 2, 3, 4)));
    assertThat(program.explain()).contains("KB between them").doesNotContain("µs");
    assertThat(Program.of(Tensor.input("a", 3).exp()).explain()).contains("map [1·3] exp: a");
  }

  @Test
  void itExplainsWhatLoopsDo() {
    Parameter weight = Parameter.of("weight", Array.of(new float[4], 2, 2));
    Tensor xs = Tensor.input("xs", 5, 3, 2);
    Tensor states =
        Recurrence.over(xs)
            .states(Tensor.zeros(3, 2), (h, x) -> h.matmul(weight.value()).plus(x).tanh());
    Program.Call call = Program.of(states).call().set("xs", Array.of(new float[30], 5, 3, 2));
    // 5 steps of 3·2·2 multiplications and additions, and of an addition and a tanh for 6 numbers
    String product =
        "(?s).*\\n[0-9]+\\.[0-9]+ +0\\.000 .*  matMul \\[3, 2]·\\[2, 2] \\+ plus tanh.*";
    assertThat(call.profile(1).explain()).matches(product).isEqualTo(call.explain());
  }

  @Test
  void itExplainsOnMoreThreadsThanThereAreCores() {
    Program.Call call = Program.of(y).threads(80).call().set("x", rows(1, 2, 3, 4));
    assertThat(call.profile(1).explain()).contains("1 run measured", "max: % of what is possible");
  }

  @Test
  void anIndexOutsideIsNamed() {
    Tensor table = Tensor.input("table", 3, 2);
    Tensor index = Tensor.input("index", DType.I32, 2);
    Map<String, Array> values =
        Map.of("table", rows(1, 2, 3, 4, 5, 6), "index", Array.of(new int[] {0, 7}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Program.of(table.gather(0, index)).run(values))
        .withMessage(
            "gather from table: index 7, element 1 of the indices, is outside axis 0, which has 3"
                + " elements");
  }

  /** What is the parameter itself outside training is no update, and nothing is run for it. */
  @Test
  void anAssignmentForTrainingAloneIsNoneOtherwise() {
    Parameter count = Parameter.of("count", Array.of(new float[] {1}));
    Tensor next = Tensor.where(Tensor.training(), count.value().plus(1), count.value());
    Tensor x = Tensor.input("x", 1);
    Program program = Program.of(x.exp().assigning(count, next));
    Program plain = Program.of(x.exp());
    program.run(Bindings.of(x, 3));
    plain.run(Bindings.of(x, 3));
    assertThat(count.array().item()).isEqualTo(1);
    assertThat(program.explain().lines().count()).isEqualTo(plain.explain().lines().count());
    program.training(true).run(Bindings.of(x, 3));
    assertThat(count.array().item()).isEqualTo(2);
  }
}
