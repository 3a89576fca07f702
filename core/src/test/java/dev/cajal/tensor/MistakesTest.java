package dev.cajal.tensor;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.cajal.autodiff.Gradient;
import dev.cajal.engine.reference.Reference;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * A catalogue of typical mistakes, and what each is answered with: at the line that makes it, in
 * the user's words.
 */
class MistakesTest {
  private final Tensor images = Tensor.input("images", "batch", 784);
  private final Tensor hidden = Tensor.input("hidden", 64, 256);
  private final Tensor labels = Tensor.input("labels", DType.I32, "batch");
  private final Tensor picture = Tensor.input("picture", "batch", 28, 28, 1);
  private final Tensor sequence = Tensor.input("sequence", "batch", "time", 3);
  private final Parameter weight =
      Parameter.of("hidden.weight", Array.of(new float[512 * 256], 512, 256));
  private final Parameter bias = Parameter.of("hidden.bias", Array.of(new float[128]));

  @TestFactory
  List<DynamicTest> whenTheExpressionIsWritten() {
    return List.of(
        mistake(
            "a layer that does not fit the one before it",
            () -> images.matmul(weight.value().transpose()),
            "matmul: inner sizes differ: images [batch, 784] · hidden.weightᵀ [256, 512]: 784 ≠"
                + " 256"),
        mistake(
            "a bias of another width",
            () -> hidden.plus(bias.value()),
            "plus: shapes do not broadcast: hidden [64, 256] + hidden.bias [128]: axis -1: 256 ≠"
                + " 128"),
        mistake(
            "a batch of a fixed size mixed with one of any size",
            () -> images.plus(Tensor.input("noise", 64, 784)),
            "plus: shapes do not broadcast: images [batch, 784] + noise [64, 784]: axis -2: batch ≠"
                + " 64"),
        mistake(
            "an axis that is not there",
            () -> hidden.sum(2),
            "sum: hidden [64, 256] has axes -2 to 1, not 2"),
        mistake(
            "the same axis under two names",
            () -> hidden.mean(1, -1),
            "mean: [1, -1] of hidden [64, 256] name an axis twice"),
        mistake(
            "a reshape that loses elements",
            () -> hidden.reshape(64, 16, 15),
            "reshape: hidden [64, 256] has 16384 elements, [64, 16, 15] has 15360"),
        mistake(
            "a reshape with an open size that comes out uneven",
            () -> images.reshape("batch", -1, 28, 3),
            "reshape: images [batch, 784] has 784·batch elements, which do not divide by 84·batch"),
        mistake(
            "a mask multiplied instead of chosen with",
            () -> hidden.times(hidden.greaterThan(0)),
            "times: dtypes differ: hidden [64, 256] is f32, 0 < hidden [64, 256] is bool: cast one"
                + " of them"),
        mistake(
            "labels used as numbers",
            () -> labels.exp(),
            "exp: labels [batch] is i32: cast it to f32 first"),
        mistake(
            "an integer plus a fraction",
            () -> labels.plus(0.5),
            "number: labels [batch] is i32, which 0.5 is not: cast it to f32 first"),
        mistake(
            "numbers used as labels",
            () -> images.oneHot(10),
            "oneHot: labels images [batch, 784] are f32: they must be i32"),
        mistake(
            "numbers used as a condition",
            () -> Tensor.where(hidden, hidden, hidden),
            "where: the condition hidden [64, 256] is f32: it takes bool, as a comparison gives"),
        mistake(
            "a kernel for colour on a grey picture",
            () -> picture.conv(Tensor.input("kernel", 3, 3, 3, 8), Window.of(3, 3)),
            "conv: picture [batch, 28, 28, 1] has 1 channels, kernel [3, 3, 3, 8] takes 3"),
        mistake(
            "a window larger than the picture",
            () -> picture.conv(Tensor.input("kernel", 30, 3, 1, 8), Window.of(30, 3)),
            "conv: the window 30×3 does not fit axis 1 of picture [batch, 28, 28, 1]: it spans 30"
                + " of 28 elements (with padding 0)"),
        mistake(
            "a convolution that shortens a sequence of unknown length",
            () -> sequence.conv(Tensor.input("kernel", 3, 3, 8), Window.of(3)),
            "conv: a window 3 over axis 1 of sequence [batch, time, 3] gives a number of windows"
                + " that is no multiple of time: pad with same(), use a multiple of the stride such"
                + " as 2*n, or a number"),
        mistake(
            "rows of different widths joined",
            () -> Tensor.concat(0, images, hidden),
            "concat: images [batch, 784] and hidden [64, 256] differ in more than axis 0"),
        mistake(
            "a slice beyond the end",
            () -> hidden.slice(1, 0, 300),
            "slice: 0 to 300 in steps of 1 is not within axis 1 of hidden [64, 256]"),
        mistake(
            "a sequence shortened whose length has only a name",
            () -> sequence.slice(1, 0, -1),
            "slice: 0 to -1 in steps of 1 is not within axis 1 of sequence [batch, time, 3]: what"
                + " is left of time has no name; give it as an input of its own"),
        mistake(
            "an einsum whose operands disagree about a letter",
            () -> Tensor.einsum("ij,jk->ik", hidden, images),
            "einsum \"ij,jk->ik\": 'j' is 256 in hidden [64, 256] and batch in images [batch,"
                + " 784]"),
        mistake(
            "an einsum whose output has a letter from nowhere",
            () -> Tensor.einsum("ij->ik", hidden),
            "einsum \"ij->ik\": no operand has the 'k' of the output"),
        mistake(
            "a recurrent step that changes the size of its state",
            () ->
                Recurrence.over(Tensor.input("xs", 5, 3))
                    .states(Tensor.input("h", 3), (h, _) -> h.matmul(Tensor.input("u", 3, 4))),
            "scan: a step turns the carry h′ [3] f32 into h′ · u [4]" + " f32: both must be alike"),
        mistake(
            "a gradient of many numbers at once",
            () -> Gradient.of(hidden.relu(), hidden),
            "gradient: relu(hidden) [64, 256] is not a scalar: take its sum or mean, or use"
                + " Jacobian or vectorJacobian"),
        mistake(
            "a gradient to labels",
            () -> Gradient.of(hidden.sum(), labels),
            "gradient with respect to labels [batch]: it is i32, only floating point has a"
                + " gradient"),
        mistake(
            "a dropout that keeps nothing",
            () -> hidden.dropout(1, 7),
            "dropout: rate 1.0 of hidden [64, 256] is not in [0, 1)"),
        mistake(
            "a softmax at temperature zero",
            () -> hidden.softmax(-1, 0),
            "softmax: temperature 0.0 of hidden [64, 256] is not positive"),
        mistake("a negative size", () -> Tensor.input("x", -3), "input x: size -3 is negative"),
        mistake(
            "a parameter set to numbers of another shape",
            () -> bias.set(Array.of(new float[] {1, 2})),
            "parameter hidden.bias is [128] f32 and can't be set to [2] f32"),
        mistake(
            "a matrix with ragged rows",
            () -> Array.of(new float[][] {{1, 2}, {3}}),
            "row 1 has 1 numbers, row 0 has 2: rows of a matrix are equally long"));
  }

  @TestFactory
  List<DynamicTest> whenTheExpressionIsEvaluated() {
    Tensor targets = Tensor.input("targets", "batch", 1);
    Array pair = Array.of(new float[2 * 784], 2, 784);
    return List.of(
        mistake(
            "a forgotten input",
            () -> Reference.evaluate(images.sum()),
            "no value is given for the input images [batch, 784]"),
        mistake(
            "rows of another width than the network takes",
            () ->
                Reference.evaluate(
                    images.sum(), Bindings.of(images, Array.of(new float[2 * 783], 2, 783))),
            "bindings: images [batch, 784] is given an array [2, 783]: axis 1: 784 ≠ 783"),
        mistake(
            "as many targets as there are not rows",
            () ->
                Reference.evaluate(
                    images.plus(targets), Bindings.of(images, pair).with(targets, 1, 2, 3)),
            "bindings: targets [batch, 1] is given an array [3, 1]: axis 0: 2 ≠ 3 (batch is settled"
                + " by images)"),
        mistake(
            "a size that nothing settles",
            () -> Reference.evaluate(Tensor.zeros("time", 3)),
            "no number is given for the sizes of [time, 3]: bind them with size(name, number)"),
        mistake(
            "a label for which there is no row",
            () -> Reference.evaluate(bias.value().gather(0, labels), Bindings.of(labels, 3, 128)),
            "gather from hidden.bias [128]: index 128 at [1] is outside axis 0, which has 128"
                + " elements"));
  }

  private static DynamicTest mistake(String what, Executable code, String answer) {
    return dynamicTest(
        what,
        () ->
            assertThatThrownBy(code::execute)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(answer));
  }
}
