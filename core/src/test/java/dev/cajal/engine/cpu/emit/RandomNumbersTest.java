package dev.cajal.engine.cpu.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.random.RandomStream;
import dev.cajal.tensor.Distribution;
import dev.cajal.testing.Property;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RandomNumbersTest {

  /** Where something is filled in. */
  private record Case(RandomStream stream, long from, int offset, int count) {}

  @Test
  void uniformNumbersAreThoseOfTheStreamToTheBit() {
    for (RandomNumbers numbers : of(Distribution.UNIFORM)) {
      Property.holds(
          100,
          choices -> {
            long position = choices.oneOf(0L, 1L << 34, Long.MAX_VALUE - 50, -5000L);
            var stream = new RandomStream(choices.between(0, 1 << 30), choices.between(0, 9));
            var part =
                new Case(
                    stream,
                    position + choices.between(0, 40),
                    choices.between(0, 20),
                    choices.between(0, 3000));
            float[] out = new float[part.offset + part.count + 20];
            Arrays.fill(out, -1);
            float[] expected = out.clone();
            for (int i = 0; i < part.count; i++) {
              expected[part.offset + i] = (float) stream.uniform(part.from + i);
            }
            numbers.fill(
                stream.seed(),
                stream.stream(),
                part.from,
                out,
                part.offset,
                part.count,
                RandomNumbers.memory());
            assertThat(Arrays.mismatch(out, expected)).as("%s", part).isEqualTo(-1);
          });
    }
  }

  @Test
  void normalNumbersAreCloseToThoseOfTheStream() {
    var stream = new RandomStream(5, 6);
    float[] out = new float[1 << 15];
    RandomNumbers.of(Distribution.NORMAL, Lanes.ONE)
        .fill(stream.seed(), stream.stream(), 3, out, 0, out.length, RandomNumbers.memory());
    for (int i = 0; i < out.length; i++) {
      assertThat(Exact.ulps(out[i], stream.normal(3 + i))).isLessThan(2.3);
    }
  }

  @Test
  void anyNumberOfLanesGivesTheSameNormalNumbers() {
    var stream = new RandomStream(7, 8);
    float[] one = new float[1500];
    RandomNumbers.of(Distribution.NORMAL, Lanes.ONE)
        .fill(stream.seed(), stream.stream(), 1, one, 2, 1495, RandomNumbers.memory());
    for (RandomNumbers numbers : of(Distribution.NORMAL)) {
      float[] out = new float[1500];
      numbers.fill(stream.seed(), stream.stream(), 1, out, 2, 1495, RandomNumbers.memory());
      assertThat(Arrays.mismatch(out, one)).isEqualTo(-1);
    }
  }

  @Test
  void theLastBitsOfATailAreNormalToo() {
    float[] bits = new float[16];
    bits[0] = Float.intBitsToFloat(0);
    bits[1] = Float.intBitsToFloat(1 << 20);
    bits[2] = Float.intBitsToFloat(0x7fffffff);
    bits[3] = Float.intBitsToFloat(0x80000000);
    float[] found = new float[16];
    Floats.of(
            "normal",
            Lanes.ONE,
            (code, x, _) -> new RandomBits(code).number(Distribution.NORMAL, code.toBits(x)))
        .apply(bits, bits, found, 16);
    // Φ⁻¹(2⁻³³), Φ⁻¹(2⁻¹² + 2⁻³³), Φ⁻¹(½ ∓ 2⁻³³), computed with 30 digits
    assertThat(Exact.ulps(found[0], -6.3379577545537895)).isLessThan(2.3);
    assertThat(Exact.ulps(found[1], -3.4871039765916905)).isLessThan(2.3);
    assertThat(Exact.ulps(found[2], -2.918099372916623e-10)).isLessThan(2.3);
    assertThat(Exact.ulps(found[3], 2.918099372916623e-10)).isLessThan(2.3);
  }

  private static List<RandomNumbers> of(Distribution distribution) {
    return Widths.all().stream().map(lanes -> RandomNumbers.of(distribution, lanes)).toList();
  }
}
