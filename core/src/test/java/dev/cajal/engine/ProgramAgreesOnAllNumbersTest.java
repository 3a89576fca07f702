package dev.cajal.engine;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Binary;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Comparison;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import dev.cajal.tensor.Unary;
import dev.cajal.testing.RandomGraph;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every function of one number and of two on numbers of all magnitudes: infinities, NaN, both zeros
 * and what is next to them, and random ones, half of which have random bits.
 */
class ProgramAgreesOnAllNumbersTest {
  private static final int COUNT = 10_007;
  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    0.5f,
    -0.5f,
    1.5f,
    2.5f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    0x1p-12f,
    88.7f,
    -87.4f,
    -103.9f,
    0x1p23f,
    -0x1p23f - 1,
    0x1p31f,
    -0x1p31f
  };

  @TestFactory
  Stream<DynamicTest> functionsOfOneNumber() {
    return Arrays.stream(Unary.values())
        .filter(f -> f != Unary.NOT)
        .map(f -> test(f, (x, _) -> Tensor.of(new Op.Map1(f), x)));
  }

  @TestFactory
  Stream<DynamicTest> functionsOfTwoNumbers() {
    return Arrays.stream(Binary.values())
        .filter(f -> f != Binary.AND && f != Binary.OR)
        .map(f -> test(f, (x, y) -> Tensor.of(new Op.Map2(f), x, y)));
  }

  @TestFactory
  Stream<DynamicTest> comparisons() {
    return Arrays.stream(Comparison.values())
        .map(f -> test(f, (x, y) -> Tensor.of(new Op.Compare(f), x, y)));
  }

  @TestFactory
  Stream<DynamicTest> casts() {
    return Stream.of(DType.I32, DType.BOOL, DType.F64)
        .map(dtype -> test(dtype, (x, _) -> x.cast(dtype)));
  }

  @TestFactory
  Stream<DynamicTest> reductions() {
    return Stream.of(
        test("largest", (x, _) -> x.reshape(1, -1).max(1)),
        test("position of the largest", (x, _) -> x.slice(0, 24, 10_005).reshape(-1, 9).argMax(1)),
        test("position where some are NaN", (x, _) -> x.argMax(0)));
  }

  private static DynamicTest test(Object name, BiFunction<Tensor, Tensor, Tensor> function) {
    return dynamicTest(name.toString(), () -> check(function));
  }

  private static void check(BiFunction<Tensor, Tensor, Tensor> function) {
    var random = new SplittableRandom(1);
    Tensor x = Tensor.input("x", COUNT);
    Tensor y = Tensor.input("y", COUNT);
    Tensor result = function.apply(x, y);
    Bindings bindings = Bindings.of(x, numbers(random, 1));
    boolean hasTwo = result.inputs().contains(y);
    bindings = hasTwo ? bindings.with(y, numbers(random, SPECIAL.length)) : bindings;
    new RandomGraph(List.of(result), Map.of(), bindings)
        .check(ProgramAgreesOnRandomGraphsTest.onThreads(1));
  }

  /** All pairs of special numbers, and then random ones. */
  private static Array numbers(SplittableRandom random, int repeated) {
    var numbers = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      boolean isSpecial = i < SPECIAL.length * SPECIAL.length;
      float wild = Float.intBitsToFloat(random.nextInt());
      // A subnormal number may be taken for 0.
      wild = Math.abs(wild) < Float.MIN_NORMAL ? 0 : wild;
      float tame = (float) random.nextDouble(-20, 20);
      float other = random.nextBoolean() ? wild : tame;
      numbers[i] = isSpecial ? SPECIAL[i / repeated % SPECIAL.length] : other;
    }
    return Array.wrap(numbers, Shape.of(COUNT));
  }
}
