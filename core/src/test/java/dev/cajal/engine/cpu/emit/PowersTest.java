package dev.cajal.engine.cpu.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.tensor.Binary;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PowersTest {
  private static final float[] SPECIAL = {
    0f,
    -0f,
    1,
    -1,
    2,
    -2,
    0.5f,
    -0.5f,
    3,
    -3,
    1.5f,
    -1.5f,
    7,
    126,
    127,
    128,
    -149,
    -150,
    100.5f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN,
    1e30f,
    -1e30f,
    1e-30f,
    0x1.000002p0f,
    -0x1.000002p0f,
    0x1.fffffep-1f,
    4194303.5f,
    8388606.5f,
    8388607,
    -8388607,
    8388608,
    8388609,
    -8388609,
    16777215,
    -16777215,
    16777216,
    0x1p31f,
    0x1p33f,
    -0x1p33f
  };

  @Test
  void everyPairOfSpecialNumbersGivesWhatMathSays() {
    int count = SPECIAL.length * SPECIAL.length;
    float[] x = new float[(count + 15) / 16 * 16];
    float[] y = x.clone();
    for (int i = 0; i < count; i++) {
      x[i] = SPECIAL[i / SPECIAL.length];
      y[i] = SPECIAL[i % SPECIAL.length];
    }
    for (Lanes lanes : Widths.all()) {
      float[] found = new float[x.length];
      Floats.of(Binary.POWER, lanes).apply(x, y, found, x.length);
      for (int i = 0; i < count; i++) {
        double exact = StrictMath.pow(x[i], y[i]);
        float rounded = (float) exact;
        boolean special = rounded == 0 || Float.isInfinite(rounded) || Float.isNaN(rounded);
        assertThat(special || exact == 1 ? same(found[i], rounded) : Exact.ulps(found[i], exact))
            .as("%s to the power of %s is %s, not %s", x[i], y[i], found[i], exact)
            .isLessThan(3.3);
      }
    }
  }

  private static double same(float found, float expected) {
    return Float.compare(found, expected) == 0 ? 0 : Double.POSITIVE_INFINITY;
  }

  @Test
  void resultsAllOverTheRangeAreWithinThreePointThreeUlps() {
    var random = new SplittableRandom(3);
    float[] x = new float[1 << 17];
    float[] y = x.clone();
    for (int i = 0; i < x.length; i++) {
      x[i] = base(i, random);
      double digits = Math.log(x[i]) / Math.log(2);
      y[i] = (float) (random.nextDouble(-149, 128) / digits);
    }
    float[] found = new float[x.length];
    Floats.of(Binary.POWER, Lanes.ONE).apply(x, y, found, x.length);
    for (int i = 0; i < x.length; i++) {
      assertThat(Exact.ulps(found[i], StrictMath.pow(x[i], y[i])))
          .as("%s to the power of %s is %s", x[i], y[i], found[i])
          .isLessThan(3.3);
    }
  }

  /** Of any size, near 1, or where the logarithm has most to add to the exponent. */
  private static float base(int i, SplittableRandom random) {
    return switch (i % 3) {
      case 0 -> Float.intBitsToFloat(random.nextInt(1, 0x7f800000));
      case 1 -> 1 + Math.scalb(random.nextInt(1, 1000), -random.nextInt(14, 23));
      default -> random.nextFloat(0.7f, 0.99f);
    };
  }
}
