package dev.cajal.engine.cpu.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.math.ErrorFunction;
import dev.cajal.tensor.Binary;
import dev.cajal.tensor.Unary;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The generated functions against double precision, and against themselves with other lanes. */
class FunctionsTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  /** The largest errors that {@link Exhaustive} has found over all floats. */
  private static double bound(Unary f) {
    return switch (f) {
      case NEGATE, ABS, SIGN, FLOOR, CEIL, ROUND, RELU, NOT -> 0;
      case SQRT -> 0.5;
      case EXP, LOG -> 0.9;
      case ERF -> 1.28;
      case TANH -> 1.41;
      case LOG1P -> 1.47;
      case EXPM1 -> 1.53;
      case SIN, COS -> 1.54;
      case SIGMOID -> 1.65;
      case SOFTPLUS -> 1.87;
    };
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOT")
  void aFunctionStaysWithinItsBoundEverywhere(Unary f) {
    float[] x = Samples.floats(1 << 18, 11);
    float[] found = new float[x.length];
    Floats.of(f, Lanes.ONE).apply(x, x, found, x.length);
    for (int i = 0; i < x.length; i++) {
      assertThat(Exact.ulps(found[i], Exact.value(f, x[i])))
          .as("%s(%s) = %s", f, x[i], found[i])
          .isLessThanOrEqualTo(bound(f));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOT")
  void anyNumberOfLanesGivesTheSameBits(Unary f) {
    float[] x = Samples.floats(1 << 10, 7);
    float[] one = new float[x.length];
    Floats.of(f, Lanes.ONE).apply(x, x, one, x.length);
    for (Lanes lanes : Widths.all()) {
      float[] found = new float[x.length];
      Floats.of(f, lanes).apply(x, x, found, x.length);
      int different = Arrays.mismatch(found, one);
      assertThat(different).as("%s of %s", lanes, x[Math.max(different, 0)]).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "EXP, -Infinity, 0",
    "EXP, 88.72284, Infinity",
    "EXP, -103.97, 1e-45",
    "EXPM1, -Infinity, -1",
    "LOG, 0, -Infinity",
    "LOG, -0.0, -Infinity",
    "LOG, -1, NaN",
    "LOG, -Infinity, NaN",
    "LOG, Infinity, Infinity",
    "LOG, 1, 0",
    "LOG1P, -1, -Infinity",
    "LOG1P, -1.0000001, NaN",
    "LOG1P, -0.0, -0.0",
    "EXPM1, -0.0, -0.0",
    "SIN, -0.0, -0.0",
    "SIN, Infinity, NaN",
    "COS, -Infinity, NaN",
    "TANH, -0.0, -0.0",
    "TANH, -Infinity, -1",
    "ERF, -0.0, -0.0",
    "ERF, Infinity, 1",
    "SIGMOID, -Infinity, 0",
    "SIGMOID, Infinity, 1",
    "SOFTPLUS, -Infinity, 0",
    "SOFTPLUS, Infinity, Infinity",
    "RELU, NaN, NaN",
    "RELU, -0.0, 0",
    "SIGN, -0.0, -0.0",
    "ROUND, -0.5, -0.0",
    "ROUND, 2.5, 2",
    "CEIL, -0.9, -0.0",
    "FLOOR, -0.1, -1",
    "SQRT, -1, NaN"
  })
  void endsAndZerosAreAsUsual(Unary f, float x, float expected) {
    float[] found = new float[16];
    float[] arguments = new float[16];
    arguments[3] = x;
    Floats.of(f, Lanes.preferred()).apply(arguments, arguments, found, 16);
    // as an object, 0 differs from -0 and NaN equals itself
    assertThat(Float.valueOf(found[3])).isEqualTo(Float.valueOf(expected));
  }

  @Test
  void theLargerOfNaNAndANumberIsNaNAndMinusZeroIsLessThanZero() {
    float[] x = {Float.NaN, 1, -0f, 0, -INFINITY, 2};
    float[] y = {1, Float.NaN, 0, -0f, 3, INFINITY};
    for (Lanes lanes : Widths.all()) {
      assertThat(Arrays.copyOf(applied(Binary.MAX, lanes, x, y), x.length))
          .containsExactly(Float.NaN, Float.NaN, 0, 0, 3, INFINITY);
      assertThat(Arrays.copyOf(applied(Binary.MIN, lanes, x, y), x.length))
          .containsExactly(Float.NaN, Float.NaN, -0f, -0f, -INFINITY, 2);
    }
  }

  private static float[] applied(Binary f, Lanes lanes, float[] x, float[] y) {
    float[] z = new float[16];
    Floats.of(f, lanes).apply(Arrays.copyOf(x, 16), Arrays.copyOf(y, 16), z, 16);
    return z;
  }

  @Test
  void integersWrap() {
    int smallest = Integer.MIN_VALUE;
    int[] x = {0, 5, -7, smallest, Integer.MAX_VALUE};
    for (Lanes lanes : Widths.all()) {
      assertThat(integers(Unary.SIGN, lanes, x)).startsWith(0, 1, -1, -1, 1);
      assertThat(integers(Unary.ABS, lanes, x)).startsWith(0, 5, 7, smallest, Integer.MAX_VALUE);
      assertThat(integers(Unary.NEGATE, lanes, x)).startsWith(0, -5, 7, smallest, smallest + 1);
      assertThat(integers(Unary.RELU, lanes, x)).startsWith(0, 5, 0, 0, Integer.MAX_VALUE);
    }
  }

  /** By way of floats that have the integers' bits. */
  private static int[] integers(Unary f, Lanes lanes, int[] x) {
    float[] bits = new float[16];
    for (int i = 0; i < x.length; i++) {
      bits[i] = Float.intBitsToFloat(x[i]);
    }
    float[] found = new float[16];
    Floats.of(
            f.name(),
            lanes,
            (code, a, _) -> code.fromBits(new Functions(code).apply(f, code.toBits(a))))
        .apply(bits, bits, found, 16);
    int[] integers = new int[16];
    for (int i = 0; i < 16; i++) {
      integers[i] = Float.floatToRawIntBits(found[i]);
    }
    return integers;
  }

  @Test
  void truthsAreNegatedAndCombined() {
    float[] x = {1, 1, 3, 3};
    float[] y = {2, 0, 4, 2};
    for (Lanes lanes : Widths.all()) {
      // not (x < y) or (x < y and y < 3)
      Floats kernel =
          Floats.of("truths", lanes, (code, a, b) -> truth(code, new Functions(code), a, b));
      float[] found = new float[16];
      kernel.apply(Arrays.copyOf(x, 16), Arrays.copyOf(y, 16), found, 16);
      assertThat(Arrays.copyOf(found, 4)).containsExactly(1, 1, 0, 1);
    }
  }

  private static Value truth(Code code, Functions functions, Value a, Value b) {
    Value less = code.less(a, b);
    Value both = functions.apply(Binary.AND, less, code.less(b, code.constant(3f)));
    Value either = functions.apply(Binary.OR, functions.apply(Unary.NOT, less), both);
    return code.convert(either, Kind.F32);
  }

  /** One function of f64. */
  interface Double1 {
    double apply(double x);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOT")
  void doublesAreWhatStrictMathSays(Unary f) {
    Double1 function =
        Generated.instance(
            MethodHandles.lookup(),
            Double1.class,
            f.name(),
            "apply",
            MethodTypeDesc.of(ConstantDescs.CD_double, ConstantDescs.CD_double),
            out -> {
              Code code = new Code(out, Lanes.ONE);
              Value y = new Functions(code).apply(f, code.parameter(Kind.F64, 0));
              out.dload(y.local()).dreturn();
            });
    double[] some = {0, -0.0, 0.3, -0.3, 2.5, -2.5, 1e-300, 700, -800, 1e300, 1 / 0.0, 0 / 0.0};
    for (double x : some) {
      assertThat(Double.valueOf(function.apply(x)))
          .as("%s(%s)", f, x)
          .isEqualTo(Double.valueOf(strict(f, x)));
    }
  }

  private static double strict(Unary f, double x) {
    double e = StrictMath.exp(-Math.abs(x));
    return switch (f) {
      case EXP -> StrictMath.exp(x);
      case EXPM1 -> StrictMath.expm1(x);
      case LOG -> StrictMath.log(x);
      case LOG1P -> StrictMath.log1p(x);
      case SIN -> StrictMath.sin(x);
      case COS -> StrictMath.cos(x);
      case TANH -> StrictMath.tanh(x);
      case SIGMOID -> x >= 0 ? 1 / (1 + e) : e / (1 + e);
      case SOFTPLUS -> Math.max(x, 0) + StrictMath.log1p(e);
      case ERF -> ErrorFunction.erf(x);
      case NEGATE, ABS, SIGN, FLOOR, CEIL, ROUND, SQRT, RELU, NOT -> Exact.value(f, x);
    };
  }

  @Test
  void whatAKindDoesNotTakeIsRefused() {
    assertThatThrownBy(() -> written(Kind.I32, Unary.EXP)).hasMessage("EXP does not take I32");
    assertThatThrownBy(() -> written(Kind.F32, Unary.NOT)).hasMessage("NOT does not take F32");
    assertThatThrownBy(() -> written(Kind.BOOL, Unary.ABS)).hasMessage("ABS does not take BOOL");
  }

  private static void written(Kind kind, Unary f) {
    ClassFile.of()
        .build(
            ClassDesc.of("Refused"),
            type ->
                type.withMethodBody(
                    "refused",
                    MethodTypeDesc.of(ConstantDescs.CD_void),
                    ClassFile.ACC_STATIC,
                    out -> {
                      Code code = new Code(out, Lanes.ONE);
                      new Functions(code).apply(f, code.number(kind, 1));
                    }));
  }
}
