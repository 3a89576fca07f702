package dev.cajal.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.math.StandardNormal;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * That the numbers are distributed as they should be.
 *
 * <p>The seeds are fixed, so a test passes always or never. Each threshold is one that a true
 * random source would pass but for about one seed in a million: five standard deviations of what is
 * measured (one in 1.7 million), and for the Kolmogorov-Smirnov distance D of n values √n·D = 2.7
 * (2·exp(−2·2.7²), one in 1.1 million).
 */
class RandomStreamStatisticsTest {

  private static final int N = 1 << 20;
  private static final RandomStream STREAM = RandomStream.of(42, "statistics");

  @Test
  void uniformValuesHaveTheMomentsOfTheUniformDistribution() {
    double[] u = values(STREAM::uniform);

    assertThat(Arrays.stream(u)).allMatch(x -> x >= 0 && x < 1);
    // E xᵏ = 1/(k+1), and the variance of xᵏ is 1/(2k+1) − 1/(k+1)²
    for (int k = 1; k <= 4; k++) {
      double deviation = Math.sqrt(1.0 / (2 * k + 1) - 1.0 / ((k + 1) * (k + 1)));
      assertThat(moment(u, k)).isCloseTo(1.0 / (k + 1), within(fiveErrors(deviation)));
    }
  }

  @Test
  void uniformValuesFillEqualBinsEqually() {
    long[] bins = new long[256];
    for (double x : values(STREAM::uniform)) {
      bins[(int) (x * bins.length)]++;
    }
    assertThat(chiSquare(bins)).isLessThan(fiveDeviationsOfChiSquare(255));
  }

  @Test
  void everyBitIsSetHalfOfTheTime() {
    long[] set = new long[32];
    for (int i = 0; i < N; i++) {
      int bits = STREAM.bits(i);
      for (int bit = 0; bit < 32; bit++) {
        set[bit] += bits >>> bit & 1;
      }
    }
    for (double count : set) {
      assertThat(count / N).isCloseTo(0.5, within(fiveErrors(0.5)));
    }
  }

  @Test
  void normalValuesHaveTheMomentsOfTheNormalDistribution() {
    double[] x = values(STREAM::normal);

    // E xᵏ = 0, 1, 0, 3, and the variance of xᵏ is E x²ᵏ − (E xᵏ)² = 1, 3−1, 15, 105−9
    assertThat(moment(x, 1)).isCloseTo(0, within(fiveErrors(1)));
    assertThat(moment(x, 2)).isCloseTo(1, within(fiveErrors(Math.sqrt(2))));
    assertThat(moment(x, 3)).isCloseTo(0, within(fiveErrors(Math.sqrt(15))));
    assertThat(moment(x, 4)).isCloseTo(3, within(fiveErrors(Math.sqrt(96))));
  }

  @Test
  void normalValuesFollowTheNormalDistribution() {
    double[] x = values(STREAM::normal);
    assertThat(Math.sqrt(N) * kolmogorovSmirnov(x, StandardNormal::cdf)).isLessThan(2.7);
  }

  @ParameterizedTest
  @CsvSource({"-2, 2", "-0.5, 3", "1, 1.5", "-30, -8"})
  void truncatedNormalValuesFollowTheTruncatedDistribution(double low, double high) {
    double[] x = values(i -> STREAM.truncatedNormal(low, high, i));
    double below = StandardNormal.cdf(low);
    double mass = StandardNormal.cdf(high) - below;

    assertThat(Arrays.stream(x)).allMatch(value -> value >= low && value <= high);
    assertThat(Math.sqrt(N) * kolmogorovSmirnov(x, t -> (StandardNormal.cdf(t) - below) / mass))
        .isLessThan(2.7);
  }

  @ParameterizedTest
  @CsvSource({"0", "0.001", "0.5", "0.9", "1"})
  void bernoulliIsTrueAsOftenAsItsProbabilitySays(double p) {
    double share = moment(values(i -> STREAM.bernoulli(p, i) ? 1 : 0), 1);
    // 2⁻²⁴ for the rounding of p to the steps of a uniform value
    assertThat(share).isCloseTo(p, within(fiveErrors(Math.sqrt(p * (1 - p))) + 0x1p-24));
  }

  /**
   * The third bound rejects a quarter of all bits; kept, they would favour two remainders of three.
   */
  @ParameterizedTest
  @CsvSource({"3, 3", "1000, 1000", "1610612736, 3", "2147483647, 7"})
  void boundedIntegersFillEqualBinsEqually(int bound, int bins) {
    long[] counts = new long[bins];
    for (int i = 0; i < N; i++) {
      counts[STREAM.below(bound, i) % bins]++;
    }
    assertThat(chiSquare(counts)).isLessThan(fiveDeviationsOfChiSquare(bins - 1));
  }

  @Test
  void everyOrderOfFourIsAsLikely() {
    long[] orders = new long[256];
    for (int i = 0; i < 240_000; i++) {
      int code = 0;
      for (int number : STREAM.derive(i).permutation(4)) {
        code = 4 * code + number;
      }
      orders[code]++;
    }
    long[] seen = Arrays.stream(orders).filter(count -> count > 0).toArray();
    assertThat(seen).hasSize(24);
    assertThat(chiSquare(seen)).isLessThan(fiveDeviationsOfChiSquare(23));
  }

  @ParameterizedTest
  @CsvSource({"0", "700", "1023"})
  void everyNumberIsAsLikelyInAPlaceOfALongPermutation(int place) {
    long[] bins = new long[16];
    for (int i = 0; i < 10_000; i++) {
      bins[STREAM.derive(i).permutation(1024)[place] / 64]++;
    }
    assertThat(chiSquare(bins)).isLessThan(fiveDeviationsOfChiSquare(15));
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "5", "64", "1024"})
  void positionsAreIndependentOfTheirNeighbours(long distance) {
    assertIndependent(STREAM::uniform, i -> STREAM.uniform(i + distance));
  }

  @Test
  void streamsAreIndependentOfTheirNeighbours() {
    var next = new RandomStream(STREAM.seed(), STREAM.stream() + 1);
    assertIndependent(STREAM::uniform, next::uniform);
    assertIndependent(
        i -> new RandomStream(1, i).uniform(0), i -> new RandomStream(1, i + 1).uniform(0));
  }

  @Test
  void seedsAreIndependentOfTheirNeighbours() {
    var next = new RandomStream(STREAM.seed() + 1, STREAM.stream());
    assertIndependent(STREAM::uniform, next::uniform);
    assertIndependent(
        i -> new RandomStream(i, 1).uniform(0), i -> new RandomStream(i + 1, 1).uniform(0));
  }

  @Test
  void derivedStreamsAndSeedsAreIndependentOfTheirOrigin() {
    var derived = STREAM.derive(0);
    var stepped = new RandomStream(RandomStream.seedAt(STREAM.seed(), 1), STREAM.stream());
    assertIndependent(STREAM::uniform, derived::uniform);
    assertIndependent(STREAM::uniform, stepped::uniform);
  }

  /** The correlation of n independent pairs has the standard deviation 1/√n. */
  private static void assertIndependent(LongToDoubleFunction first, LongToDoubleFunction second) {
    double sum = 0;
    for (long i = 0; i < N; i++) {
      sum += (first.applyAsDouble(i) - 0.5) * (second.applyAsDouble(i) - 0.5);
    }
    assertThat(12 * sum / N).isCloseTo(0, within(fiveErrors(1)));
  }

  private static double[] values(LongToDoubleFunction drawn) {
    return LongStream.range(0, N).mapToDouble(drawn).toArray();
  }

  private static double moment(double[] values, int k) {
    return Arrays.stream(values).map(x -> Math.pow(x, k)).sum() / values.length;
  }

  /** Five standard deviations of the mean of N values. */
  private static double fiveErrors(double deviation) {
    return 5 * deviation / Math.sqrt(N);
  }

  private static double chiSquare(long[] counts) {
    double expected = (double) Arrays.stream(counts).sum() / counts.length;
    return Arrays.stream(counts)
        .mapToDouble(count -> (count - expected) * (count - expected) / expected)
        .sum();
  }

  /** χ² with five standard deviations, by the cube-root approximation of Wilson and Hilferty. */
  private static double fiveDeviationsOfChiSquare(int freedom) {
    double variance = 2.0 / (9 * freedom);
    return freedom * Math.pow(1 - variance + 5 * Math.sqrt(variance), 3);
  }

  private static double kolmogorovSmirnov(double[] values, DoubleUnaryOperator distribution) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double largest = 0;
    for (int i = 0; i < sorted.length; i++) {
      double expected = distribution.applyAsDouble(sorted[i]);
      double step = 1.0 / sorted.length;
      largest = Math.max(largest, Math.max(expected - i * step, (i + 1) * step - expected));
    }
    return largest;
  }
}
